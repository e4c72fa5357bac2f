import type {
  DescribeEventsInput,
  DescribeEventsOutput,
  OperationEvent,
  ResourceStatus,
} from '@aws-sdk/client-cloudformation';
import type { Call, World } from '../../world.ts';
import { namedChangeSet } from './change-set/change-set.ts';
import { operationStacks } from './operation.ts';
import { pageOf } from './page.ts';
import { STACK_TYPE, readEvents } from './stack-event.ts';
import type { StackEvent } from './stack-event.ts';
import { findStack } from './stack.ts';
import type { Stack } from './stack.ts';
import { validationError } from './validation-error.ts';

/** Events of a stack, of one of its operations or of what a change set led to; newest first, or those that failed. */
export function describeEvents(world: World, input: DescribeEventsInput, call: Call): DescribeEventsOutput {
  const stack = subjectOf(world, input, call);
  const operationId = input.OperationId ?? executionOf(world, input, call);
  const { events, total } = readEvents(world, call.realm, stack.id, { skip: 0, limit: Infinity });
  const wanted = events
    // Counted from the oldest, so that new ones do not shift the next page.
    .map((event, at) => ({ event, rank: at - total }))
    .filter(({ event }) => operationId === undefined || event.operationId === operationId)
    .filter(({ event }) => input.Filters?.FailedEvents !== true || hasFailed(event));
  const { items, nextToken } = pageOf(wanted, input.NextToken, ({ rank }) => rank);
  return { OperationEvents: items.map(({ event }) => eventOf(stack, event)), NextToken: nextToken };
}

/** What the execution of a change set is; no event is of one that was not executed. */
function executionOf(world: World, input: DescribeEventsInput, call: Call): string | undefined {
  return input.ChangeSetName === undefined ? undefined : (namedChangeSet(world, call, input).operationId ?? '');
}

function subjectOf(world: World, input: DescribeEventsInput, call: Call): Stack {
  const { StackName: name, ChangeSetName: changeSet, OperationId: operation } = input;
  if (changeSet !== undefined) {
    const { stackId } = namedChangeSet(world, call, input);
    return existing(findStack(world, call.realm, stackId), stackId);
  }
  if (name !== undefined) return existing(findStack(world, call.realm, name), name);
  if (operation === undefined) {
    throw validationError('At least one of StackName, ChangeSetName or OperationId must be specified.');
  }
  const stackId = operationStacks(world, call.realm).get(operation)?.stackId;
  return existing(stackId === undefined ? undefined : findStack(world, call.realm, stackId), operation);
}

function existing(stack: Stack | undefined, name: string): Stack {
  if (stack === undefined) throw validationError(`Stack [${name}] does not exist`);
  return stack;
}

function hasFailed({ status }: StackEvent): boolean {
  return status.endsWith('_FAILED');
}

function eventOf(stack: Stack, event: StackEvent): OperationEvent {
  const isStack = event.type === STACK_TYPE && event.physicalId === stack.id;
  return {
    EventId: event.id,
    StackId: stack.id,
    OperationId: event.operationId,
    EventType: hasFailed(event) && !isStack ? 'PROVISIONING_ERROR' : isStack ? 'STACK_EVENT' : 'PROGRESS_EVENT',
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: new Date(event.at),
    ResourceStatus: event.status as ResourceStatus,
    ResourceStatusReason: event.reason,
    ClientRequestToken: event.token,
  };
}
