import type {
  DescribeStackResourceInput,
  DescribeStackResourceOutput,
  DescribeStackResourcesInput,
  DescribeStackResourcesOutput,
  ListStackResourcesInput,
  ListStackResourcesOutput,
  ResourceStatus,
} from '@aws-sdk/client-cloudformation';
import type { Call, World } from '../../world.ts';
import { described } from './describe-stacks.ts';
import { resourceDriftInformation } from './drift/drift-state.ts';
import { pageOf } from './page.ts';
import { resourcesOfStack, stackResourceKey, stackResources } from './stack-resource.ts';
import type { StackResource } from './stack-resource.ts';
import { stacks } from './stack.ts';
import type { Stack } from './stack.ts';
import { validationError } from './validation-error.ts';

/** Of a stack with more only the first ones are described; ListStackResources has them all. */
const DESCRIBED_MAX = 100;

export function describeStackResources(
  world: World,
  input: DescribeStackResourcesInput,
  call: Call,
): DescribeStackResourcesOutput {
  const stack = input.StackName === undefined ? ownerOf(world, call, input) : described(world, call, input.StackName);
  const wanted = input.LogicalResourceId;
  const all = resourcesOfStack(world, call.realm, stack);
  const found = wanted === undefined ? all : all.filter(({ logicalId }) => logicalId === wanted);
  return {
    StackResources: found.slice(0, DESCRIBED_MAX).map((resource) => ({
      ...identityOf(stack),
      ...stateOf(world, call, stack, resource),
      Timestamp: new Date(resource.updatedAt),
    })),
  };
}

export function describeStackResource(
  world: World,
  input: DescribeStackResourceInput,
  call: Call,
): DescribeStackResourceOutput {
  const name = input.StackName ?? '';
  const stack = described(world, call, name);
  const logicalId = input.LogicalResourceId ?? '';
  const resource = stackResources(world, call.realm).get(stackResourceKey(stack.id, logicalId));
  if (!resource) throw validationError(`Resource ${logicalId} does not exist for stack ${stack.name}`);
  return {
    StackResourceDetail: {
      ...identityOf(stack),
      ...stateOf(world, call, stack, resource),
      LastUpdatedTimestamp: new Date(resource.updatedAt),
      Metadata: JSON.stringify(resource.metadata ?? {}),
    },
  };
}

export function listStackResources(world: World, input: ListStackResourcesInput, call: Call): ListStackResourcesOutput {
  const stack = described(world, call, input.StackName ?? '');
  const ranked = resourcesOfStack(world, call.realm, stack).map((resource, rank) => ({ resource, rank }));
  const { items, nextToken } = pageOf(ranked, input.NextToken, ({ rank }) => rank);
  return {
    StackResourceSummaries: items.map(({ resource }) => ({
      ...stateOf(world, call, stack, resource),
      LastUpdatedTimestamp: new Date(resource.updatedAt),
    })),
    NextToken: nextToken,
  };
}

/** The stack that a physical resource belongs to. */
function ownerOf(world: World, call: Call, { PhysicalResourceId: wanted }: DescribeStackResourcesInput): Stack {
  if (wanted === undefined) {
    throw validationError('StackName or PhysicalResourceId must be specified.');
  }
  for (const stack of stacks(world, call.realm).values()) {
    if (stack.status === 'DELETE_COMPLETE') continue;
    if (resourcesOfStack(world, call.realm, stack).some(({ physicalId }) => physicalId === wanted)) return stack;
  }
  throw validationError(`Stack for ${wanted} does not exist`);
}

function identityOf(stack: Stack) {
  return { StackId: stack.id, StackName: stack.name };
}

function stateOf(world: World, { realm }: Call, stack: Stack, resource: StackResource) {
  return {
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    ResourceStatus: resource.status as ResourceStatus,
    ResourceStatusReason: resource.reason,
    DriftInformation: resourceDriftInformation(world, realm, stack.id, resource.logicalId),
  };
}
