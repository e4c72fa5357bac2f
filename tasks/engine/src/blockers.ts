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

/** Looks into a stack for what would make its delete fail, and clears that away. Methods reject with a CloudError. */
export interface Blockers {
  /** Reads only. `stuck`: what a delete that failed has named. */
  find(stack: ObservedStack, stuck?: readonly StuckResource[]): Promise<readonly Blocker[]>;
  /** Clears one away; may be done twice. */
  clear(blocker: Blocker): Promise<void>;
}
