import type {
  DescribeStackDriftDetectionStatusInput,
  DescribeStackDriftDetectionStatusOutput,
  DescribeStackResourceDriftsInput,
  DescribeStackResourceDriftsOutput,
  StackResourceDrift,
} from '@aws-sdk/client-cloudformation';
import type { Call, World } from '../../../world.ts';
import { pageOf } from '../../page.ts';
import { described } from '../describe-stacks.ts';
import { resourcesOfStack, stackResourceKey } from '../stack-resource.ts';
import { constraintError, validationError } from '../validation-error.ts';
import { driftDetections, resourceDrifts } from './drift-state.ts';
import type { ResourceDrift } from './drift-state.ts';

const RESULTS_MAX = 100;

export function describeStackDriftDetectionStatus(
  world: World,
  input: DescribeStackDriftDetectionStatusInput,
  call: Call,
): DescribeStackDriftDetectionStatusOutput {
  const id = input.StackDriftDetectionId ?? '';
  const detection = driftDetections(world, call.realm).get(id);
  if (detection === undefined) throw validationError(`Drift detection with id ${id} does not exist`);
  return {
    StackId: detection.stackId,
    StackDriftDetectionId: id,
    StackDriftStatus: detection.found,
    DetectionStatus: detection.status,
    DetectionStatusReason: detection.reason,
    DriftedStackResourceCount: detection.drifted,
    Timestamp: new Date(detection.at),
  };
}

/** Resources that have been looked at; what was never looked at is not here. */
export function describeStackResourceDrifts(
  world: World,
  input: DescribeStackResourceDriftsInput,
  call: Call,
): DescribeStackResourceDriftsOutput {
  const stack = described(world, call, input.StackName ?? '');
  const { MaxResults: size = RESULTS_MAX, StackResourceDriftStatusFilters: filters = [] } = input;
  if (size < 1) throw constraintError(String(size), 'maxResults', 'have value greater than or equal to 1');
  if (size > RESULTS_MAX) throw constraintError(String(size), 'maxResults', 'have value less than or equal to 100');
  const table = resourceDrifts(world, call.realm);
  const wanted = resourcesOfStack(world, call.realm, stack)
    .flatMap(({ logicalId }) => table.get(stackResourceKey(stack.id, logicalId)) ?? [])
    .filter(({ status }) => filters.length === 0 || filters.includes(status));
  const invalid = () => validationError('The provided NextToken is invalid');
  const { items, nextToken } = pageOf(wanted, size, input.NextToken, invalid);
  return { StackResourceDrifts: items.map((drift) => driftOf(stack.id, drift)), NextToken: nextToken };
}

export function driftOf(stackId: string, drift: ResourceDrift): StackResourceDrift {
  return {
    StackId: stackId,
    LogicalResourceId: drift.logicalId,
    PhysicalResourceId: drift.physicalId,
    ResourceType: drift.type,
    ExpectedProperties: drift.expected,
    ActualProperties: drift.actual,
    PropertyDifferences: drift.differences.map((difference) => ({ ...difference })),
    StackResourceDriftStatus: drift.status,
    Timestamp: new Date(drift.at),
  };
}
