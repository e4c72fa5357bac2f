import type { GatedResource, ResourceState } from '@roundtrip/engine';

/** Knows when resources of some types are ready. Methods reject with what the SDK throws. */
export interface GateKind {
  /** One look at all of them, in as few calls as AWS takes; by physical id. What AWS does not show is left out: it is waited for. */
  look(resources: readonly GatedResource[]): Promise<ReadonlyMap<string, ResourceState>>;
  /** Sends what has to be sent before the state of these can be read. */
  confirm?(resources: readonly GatedResource[]): Promise<void>;
}
