import type { ObservedStack } from './stack.ts';

/** A resource that may still be on its way to what it was made for when CloudFormation calls it complete. */
export interface GatedResource {
  readonly stack: string;
  readonly logicalId: string;
  readonly resourceType: string;
  readonly physicalId: string;
  /** When the operation began that made or changed its stack, in milliseconds since the epoch. */
  readonly since: number;
  /** A write that has to be sent once before its state can be read; its name as AWS calls it. */
  readonly confirmedBy?: string;
}

/** How far a resource is; the texts are in plain words: `service api runs 1 of 2 tasks`. */
export type ResourceState = 'ready' | { readonly waits: string } | { readonly fails: string; readonly next?: string };

/** Says whether what stacks hold is ready for those that build on it. Methods reject with a CloudError. */
export interface ReadinessProbe {
  /** Whether a stack of that template may hold anything to wait for; asks nobody. */
  mayWait(templateBody: string): boolean;
  /** What of a stack has to be waited for. */
  list(stack: ObservedStack, templateBody: string): Promise<readonly GatedResource[]>;
  /** Sends what has to be sent before the state of resources with `confirmedBy` can be read; may be done twice. */
  confirm(resources: readonly GatedResource[]): Promise<void>;
  /** One look at all of them, in as few calls as AWS takes; the states in the order of the resources. */
  look(resources: readonly GatedResource[]): Promise<readonly ResourceState[]>;
}

/** Which stacks were seen ready as they are. Lost memory only means that they are looked at once more. */
export interface ReadyMemory {
  has(stack: ObservedStack): boolean;
  record(stack: ObservedStack): void;
}
