import type {
  DescribeStackEventsInput,
  DescribeStackEventsOutput,
  ResourceStatus,
  StackEvent as StackEventOutput,
} from '@aws-sdk/client-cloudformation';
import type { Call, World } from '../../world.ts';
import { rankIn, tokenOf } from './page.ts';
import { readEvents } from './stack-event.ts';
import type { StackEvent } from './stack-event.ts';
import { findStack } from './stack.ts';
import type { Stack } from './stack.ts';
import { validationError } from './validation-error.ts';

const PAGE_SIZE = 100;

/** Newest first. The token counts events from the oldest, so that new ones do not shift the next page. */
export function describeStackEvents(
  world: World,
  input: DescribeStackEventsInput,
  call: Call,
): DescribeStackEventsOutput {
  const name = input.StackName ?? '';
  const stack = findStack(world, call.realm, name);
  if (!stack) throw validationError(`Stack [${name}] does not exist`);
  const { total } = readEvents(world, call.realm, stack.id, { skip: 0, limit: 0 });
  const left = input.NextToken === undefined ? total : Math.min(total, rankIn(input.NextToken));
  const { events } = readEvents(world, call.realm, stack.id, { skip: total - left, limit: PAGE_SIZE });
  return {
    StackEvents: events.map((event) => eventOf(stack, event)),
    NextToken: left > PAGE_SIZE ? tokenOf(left - PAGE_SIZE) : undefined,
  };
}

function eventOf(stack: Stack, event: StackEvent): StackEventOutput {
  return {
    StackId: stack.id,
    StackName: stack.name,
    EventId: event.id,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: new Date(event.at),
    ResourceStatus: event.status as ResourceStatus,
    ResourceStatusReason: event.reason,
    ClientRequestToken: event.token,
    OperationId: event.operationId,
  };
}
