import type {
  DetectStackDriftInput,
  DetectStackDriftOutput,
  DetectStackResourceDriftInput,
  DetectStackResourceDriftOutput,
} from '@aws-sdk/client-cloudformation';
import type { Call, Due, World } from '../../../world.ts';
import { resourcesOfStack } from '../stack-resource.ts';
import type { StackResource } from '../stack-resource.ts';
import { stacks } from '../stack.ts';
import type { Stack } from '../stack.ts';
import { livingStack } from '../living-stack.ts';
import { validationError } from '../validation-error.ts';
import { driftOf } from './describe-drift.ts';
import { detectResource, supportsDrift } from './detect-resource.ts';
import { driftDetections, stackDrifts } from './drift-state.ts';
import type { DriftDetection } from './drift-state.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html names the states. */
const DETECTABLE: ReadonlySet<string> = new Set([
  ...['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED'],
  ...['IMPORT_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE'],
]);

/** EST: a few seconds, and a little for each resource. */
const DETECTION_MS = 2000;
const DETECTION_MS_PER_RESOURCE = 300;

/** Answers at once; `cloudformation.drift` looks when its time has come. */
export function detectStackDrift(world: World, input: DetectStackDriftInput, call: Call): DetectStackDriftOutput {
  const stack = detectable(world, call, input.StackName ?? '');
  const known = stackDrifts(world, call.realm).get(stack.id);
  if (known?.running !== undefined) {
    throw validationError(`Drift detection is already in progress for stack [${stack.id}]`);
  }
  const logicalIds = input.LogicalResourceIds ?? [];
  logicalIds.forEach((logicalId) => resourceNamed(world, call, stack, logicalId));
  const id = world.uuid();
  const detection: DriftDetection = { id, stackId: stack.id, status: 'DETECTION_IN_PROGRESS', at: world.now };
  driftDetections(world, call.realm).put(id, detection);
  stackDrifts(world, call.realm).put(stack.id, { ...known, running: id });
  const count = logicalIds.length === 0 ? stack.logicalIds.length : logicalIds.length;
  world.later(DETECTION_MS + count * DETECTION_MS_PER_RESOURCE, {
    kind: 'cloudformation.drift',
    realm: call.realm,
    payload: { id, logicalIds },
  });
  return { StackDriftDetectionId: id };
}

/** The handler of `cloudformation.drift`. */
export function finishDetection(world: World, { realm, payload }: Due): void {
  const { id, logicalIds } = payload as { id: string; logicalIds: readonly string[] };
  const detection = driftDetections(world, realm).get(id);
  if (detection === undefined) return;
  const stack = stacks(world, realm).get(detection.stackId);
  if (stack === undefined || !DETECTABLE.has(stack.status)) {
    const reason = `Stack ${detection.stackId} is in ${stack?.status ?? 'DELETE_COMPLETE'} state`;
    driftDetections(world, realm).put(id, { ...detection, status: 'DETECTION_FAILED', reason });
    stackDrifts(world, realm).put(detection.stackId, { found: 'UNKNOWN', at: world.now });
    return;
  }
  const drifted = checkedResources(world, realm, stack, logicalIds)
    .map((resource) => detectResource(world, realm, stack, resource))
    .filter(({ status }) => status !== 'IN_SYNC').length;
  const found = drifted === 0 ? 'IN_SYNC' : 'DRIFTED';
  driftDetections(world, realm).put(id, { ...detection, status: 'DETECTION_COMPLETE', found, drifted });
  stackDrifts(world, realm).put(stack.id, { found, at: world.now });
}

/** Synchronous: the answer is what was found. */
export function detectStackResourceDrift(
  world: World,
  input: DetectStackResourceDriftInput,
  call: Call,
): DetectStackResourceDriftOutput {
  const stack = detectable(world, call, input.StackName ?? '');
  const resource = resourceNamed(world, call, stack, input.LogicalResourceId ?? '');
  if (!supportsDrift(resource.type) || resource.resourceId === undefined) {
    throw validationError(`Drift detection is not supported for resource type ${resource.type}`);
  }
  return { StackResourceDrift: driftOf(stack.id, detectResource(world, call.realm, stack, resource)) };
}

function detectable(world: World, call: Call, name: string): Stack {
  const stack = livingStack(world, call, name);
  if (DETECTABLE.has(stack.status)) return stack;
  throw validationError(`Drift detection cannot be performed on stack [${stack.id}] in ${stack.status} state.`);
}

function resourceNamed(world: World, { realm }: Call, stack: Stack, logicalId: string): StackResource {
  const resource = resourcesOfStack(world, realm, stack).find((one) => one.logicalId === logicalId);
  if (resource !== undefined) return resource;
  throw validationError(`Resource ${logicalId} does not exist for stack ${stack.name}`);
}

function checkedResources(world: World, realm: Call['realm'], stack: Stack, only: readonly string[]): StackResource[] {
  return resourcesOfStack(world, realm, stack).filter(
    ({ logicalId, type, resourceId }) =>
      resourceId !== undefined && supportsDrift(type) && (only.length === 0 || only.includes(logicalId)),
  );
}
