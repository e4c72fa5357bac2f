import type { StackEvent } from '@aws-sdk/client-cloudformation';

type Needs = ReadonlyMap<string, ReadonlySet<string>>;

/** Breaches of "nothing is begun before what it needs is made" in the events of a create. None where all is well. */
export function createdTooEarly(events: readonly StackEvent[], needs: Needs): string[] {
  return breaches(events, needs, (resource, need) => ({
    begun: first(events, resource, 'CREATE_IN_PROGRESS'),
    done: first(events, need, 'CREATE_COMPLETE'),
    text: `${resource} was begun before ${need} was made`,
  }));
}

/** Breaches of "nothing is deleted before what needs it is gone" in the events of a delete. */
export function deletedTooEarly(events: readonly StackEvent[], needs: Needs): string[] {
  return breaches(events, needs, (resource, need) => ({
    begun: first(events, need, 'DELETE_IN_PROGRESS'),
    done: first(events, resource, 'DELETE_COMPLETE'),
    text: `${need} was deleted before ${resource} was gone`,
  }));
}

interface Pair {
  readonly begun: number;
  readonly done: number;
  readonly text: string;
}

function breaches(
  events: readonly StackEvent[],
  needs: Needs,
  pairOf: (resource: string, need: string) => Pair,
): string[] {
  const there = new Set(events.map(({ LogicalResourceId }) => LogicalResourceId));
  return [...needs].flatMap(([resource, needed]) =>
    [...needed]
      .filter((need) => there.has(resource) && there.has(need))
      .map((need) => pairOf(resource, need))
      .filter(({ begun, done }) => begun >= 0 && (done < 0 || begun < done))
      .map(({ text }) => text),
  );
}

function first(events: readonly StackEvent[], logicalId: string, status: string): number {
  return events.findIndex((event) => event.LogicalResourceId === logicalId && event.ResourceStatus === status);
}
