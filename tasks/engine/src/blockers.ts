import type { ObservedStack } from './stack.ts';

/** A resource of a stack that its delete could not remove. */
export interface StuckResource {
  readonly logicalId: string;
  readonly resourceType: string;
  readonly physicalId: string;
  /** AWS's own words. */
  readonly reason: string;
}

/** One thing that is in the way of a stack's delete. */
export interface Blocker {
  readonly stack: string;
  readonly logicalId: string;
  readonly resourceType: string;
  readonly physicalId: string;
  /** What is there, in plain words: `bucket x holds 12 objects`. */
  readonly what: string;
  /** Cleared by a run; or left to a person, with what to type. */
  readonly remedy: { readonly clear: string } | { readonly next: string };
}

/** Resolves where the run may go on writing, and rejects where it was interrupted or has lost its lease. */
export type MayWrite = () => Promise<void>;

/** Looks into a stack for what would make its delete fail, and clears that away. Methods reject with a CloudError. */
export interface Blockers {
  /** Reads only. `stuck`: what a delete that failed has named. */
  find(stack: ObservedStack, stuck?: readonly StuckResource[]): Promise<readonly Blocker[]>;
  /**
   * What the template wants of a delete, by logical id: the DeletionPolicy, or AWS's default. Left out is what cannot be
   * read.
   */
  policies(stack: ObservedStack): Promise<ReadonlyMap<string, string>>;
  /**
   * Clears one away; may be done twice.
   * @param mayWrite asked before each call that changes something; rejects where the run may not write any more
   */
  clear(blocker: Blocker, mayWrite: MayWrite): Promise<void>;
}
