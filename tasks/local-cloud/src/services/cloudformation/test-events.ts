import type { DescribeStackEventsOutput, ListStacksOutput, StackEvent } from '@aws-sdk/client-cloudformation';
import type { TestCloud } from './test-cloud.ts';

/** Every event of a stack as DescribeStackEvents gives it, oldest first. */
export function eventsOf(cloud: TestCloud, stackId: string): StackEvent[] {
  const events: StackEvent[] = [];
  let NextToken: string | undefined;
  do {
    const page = cloud.call<DescribeStackEventsOutput>('DescribeStackEvents', { StackName: stackId, NextToken });
    events.push(...(page.StackEvents ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return events.reverse();
}

/** The ARN and status of each stack, deleted ones too. */
export function stacksOf(cloud: TestCloud): { id: string; status: string }[] {
  const { StackSummaries = [] } = cloud.call<ListStacksOutput>('ListStacks', {});
  return StackSummaries.map(({ StackId, StackStatus }) => ({ id: StackId ?? '', status: StackStatus ?? '' }));
}

/** An event of the stack itself, not of one of its resources. */
export function isOwn({ PhysicalResourceId, StackId }: StackEvent): boolean {
  return PhysicalResourceId === StackId;
}
