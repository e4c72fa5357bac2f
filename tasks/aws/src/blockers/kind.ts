import type { Blocker, MayWrite } from '@roundtrip/engine';

/** A resource that a stack holds at this moment. */
export interface HeldResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
}

/** Something in the way; with `next`, what a person has to type, since no run may clear it. */
export interface Finding {
  readonly what: string;
  readonly next?: string;
}

/** What a person may write in place of the command that lifts a deletion protection. */
export const OR_ALLOW = '; or write "unprotect: true" in the env file';

export interface Surroundings {
  /** The stack that holds the resource, by name or ARN. */
  readonly stack: string;
  /** Whether a delete has failed on the resource already. */
  readonly isStuck: boolean;
}

/** Knows what keeps resources of some types from being deleted. Methods reject with a CloudError. */
export interface BlockerKind {
  /** Reads only; a resource that is gone has nothing in its way. */
  look(resource: HeldResource, surroundings: Surroundings): Promise<readonly Finding[]>;
  /** Looks again by itself, so that it may be done twice. Asks before each call that changes something. */
  clear(blocker: Pick<Blocker, 'stack' | 'resourceType' | 'physicalId'>, mayWrite: MayWrite): Promise<void>;
}
