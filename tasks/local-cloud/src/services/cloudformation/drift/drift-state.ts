import type {
  PropertyDifference,
  StackDriftDetectionStatus,
  StackDriftInformation,
  StackDriftStatus,
  StackResourceDriftInformation,
  StackResourceDriftStatus,
} from '@aws-sdk/client-cloudformation';
import type { Realm, Table, World } from '../../../world.ts';
import { stackResourceKey } from '../stack-resource.ts';

/** What the last look at a resource found, in `cloudformation.resource-drift` under `<stack ARN>|<logical id>`. */
export interface ResourceDrift {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string | undefined;
  readonly status: StackResourceDriftStatus;
  /** Both as JSON, without what nobody may see. */
  readonly expected: string;
  readonly actual?: string | undefined;
  readonly differences: readonly PropertyDifference[];
  readonly at: number;
}

/** One DetectStackDrift, under the id that it answered with. */
export interface DriftDetection {
  readonly id: string;
  readonly stackId: string;
  readonly status: StackDriftDetectionStatus;
  readonly reason?: string | undefined;
  readonly found?: StackDriftStatus | undefined;
  readonly drifted?: number | undefined;
  readonly at: number;
}

export function resourceDrifts(world: World, realm: Realm): Table<ResourceDrift> {
  return world.table('cloudformation.resource-drift', realm);
}

export function driftDetections(world: World, realm: Realm): Table<DriftDetection> {
  return world.table('cloudformation.drift-detection', realm);
}

/** Under the stack's ARN: what its last detection found, and the one that is under way. */
export function stackDrifts(
  world: World,
  realm: Realm,
): Table<{ readonly found?: StackDriftStatus; readonly at?: number; readonly running?: string }> {
  return world.table('cloudformation.stack-drift', realm);
}

/** DriftInformation of a stack, as every operation that shows one has it. */
export function stackDriftInformation(world: World, realm: Realm, stackId: string): StackDriftInformation {
  const { found, at } = stackDrifts(world, realm).get(stackId) ?? {};
  if (found === undefined || at === undefined) return { StackDriftStatus: 'NOT_CHECKED' };
  return { StackDriftStatus: found, LastCheckTimestamp: new Date(at) };
}

/** DriftInformation of a resource. */
export function resourceDriftInformation(
  world: World,
  realm: Realm,
  stackId: string,
  logicalId: string,
): StackResourceDriftInformation {
  const drift = resourceDrifts(world, realm).get(stackResourceKey(stackId, logicalId));
  if (drift === undefined) return { StackResourceDriftStatus: 'NOT_CHECKED' };
  return { StackResourceDriftStatus: drift.status, LastCheckTimestamp: new Date(drift.at) };
}

/** With the stack, what was found out about it is forgotten. */
export function forgetDrift(world: World, realm: Realm, stackId: string, logicalIds: readonly string[]): void {
  for (const logicalId of logicalIds) resourceDrifts(world, realm).delete(stackResourceKey(stackId, logicalId));
  stackDrifts(world, realm).delete(stackId);
  for (const { id, stackId: owner } of [...driftDetections(world, realm).values()]) {
    if (owner === stackId) driftDetections(world, realm).delete(id);
  }
}
