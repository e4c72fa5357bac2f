import type {
  DescribeStacksInput,
  DescribeStacksOutput,
  ListStacksInput,
  ListStacksOutput,
  Stack as StackOutputShape,
  StackStatus,
  StackSummary,
} from '@aws-sdk/client-cloudformation';
import type { Call, World } from '../../world.ts';
import { share } from '../../copy.ts';
import { stackDriftInformation } from './drift/drift-state.ts';
import { pageOf } from './page.ts';
import type { Page } from './page.ts';
import { shownParameters } from './stack-parameters.ts';
import { findStack, livingStacks, stacks } from './stack.ts';
import type { Stack } from './stack.ts';
import { validationError } from './validation-error.ts';

/** Without a name every stack that is not deleted, newest first: one call serves all that is in flight. */
export function describeStacks(world: World, input: DescribeStacksInput, call: Call): DescribeStacksOutput {
  if (input.StackName !== undefined) return { Stacks: [stackOf(world, call, described(world, call, input.StackName))] };
  const { items, nextToken } = pageOfStacks(livingStacks(world, call.realm), input.NextToken);
  return { Stacks: items.map((stack) => stackOf(world, call, stack)), NextToken: nextToken };
}

/** Deleted stacks too, for 90 days; they are forgotten after that. */
export function listStacks(world: World, input: ListStacksInput, call: Call): ListStacksOutput {
  const wanted: ReadonlySet<string> | undefined = input.StackStatusFilter?.length
    ? new Set(input.StackStatusFilter)
    : undefined;
  const all = [...stacks(world, call.realm).values()]
    .filter(({ status }) => wanted?.has(status) ?? true)
    .sort((a, b) => b.sequence - a.sequence);
  const { items, nextToken } = pageOfStacks(all, input.NextToken);
  return { StackSummaries: items.map((stack) => summaryOf(world, call, stack)), NextToken: nextToken };
}

/** In: newest first. */
function pageOfStacks(all: readonly Stack[], token: string | undefined): Page<Stack> {
  return pageOf(all, token, ({ sequence }) => -sequence);
}

/** Throws ValidationError; by ARN a deleted stack is found too. */
export function described(world: World, call: Call, name: string): Stack {
  const stack = findStack(world, call.realm, name);
  if (stack) return stack;
  throw validationError(`Stack with id ${name} does not exist`);
}

/** What a record shows by itself, made once: stacks are described far more often than they change. */
const shown = new WeakMap<Stack, StackOutputShape>();

function stackOf(world: World, call: Call, stack: Stack): StackOutputShape {
  let known = shown.get(stack);
  if (known === undefined) shown.set(stack, (known = share(shownOf(stack))));
  const drift = stackDriftInformation(world, call.realm, stack.id);
  return drift.LastCheckTimestamp === undefined ? known : { ...known, DriftInformation: drift };
}

function shownOf(stack: Stack): StackOutputShape {
  return {
    ...basicsOf(stack),
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
    Description: stack.description,
    ChangeSetId: stack.changeSetId,
    Parameters: shownParameters(stack.parameters),
    Capabilities: [...stack.capabilities] as StackOutputShape['Capabilities'],
    Outputs: stack.outputs.map((output) => ({ ...output })),
    Tags: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })),
    DisableRollback: stack.disableRollback,
    EnableTerminationProtection: stack.terminationProtection,
    NotificationARNs: [...stack.notificationArns],
    RoleARN: stack.roleArn,
    TimeoutInMinutes: stack.timeoutMinutes,
    RollbackConfiguration: stack.rollbackConfiguration ?? {},
    DeploymentConfig: stack.deploymentConfig,
    LastOperations: lastOperations(stack),
  };
}

function summaryOf(world: World, call: Call, stack: Stack): StackSummary {
  return {
    ...basicsOf(stack),
    DriftInformation: stackDriftInformation(world, call.realm, stack.id),
    TemplateDescription: stack.description,
    LastOperations: lastOperations(stack),
  };
}

/** What both a description and a summary have. */
function basicsOf(stack: Stack) {
  return {
    StackId: stack.id,
    StackName: stack.name,
    StackStatus: stack.status as StackStatus,
    StackStatusReason: stack.reason,
    ParentId: stack.parentId,
    RootId: stack.rootId,
    CreationTime: new Date(stack.createdAt),
    LastUpdatedTime: stack.updatedAt === undefined ? undefined : new Date(stack.updatedAt),
    DeletionTime: stack.deletedAt === undefined ? undefined : new Date(stack.deletedAt),
  };
}

function lastOperations({ lastOperation }: Stack) {
  return lastOperation && [{ OperationType: lastOperation.type, OperationId: lastOperation.id }];
}
