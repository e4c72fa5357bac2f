import type { Realm, Table, World } from '../../world.ts';
import { operationStacks } from './operation.ts';

export interface StackEvent {
  readonly id: string;
  readonly at: number;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string | undefined;
  readonly token?: string | undefined;
  readonly operationId?: string | undefined;
}

/** As it is kept: of two events that would be called the same one has an identifier of its own, and those of stacks. */
type StoredEvent = Omit<StackEvent, 'id'> & { readonly id?: string };

export const STACK_TYPE = 'AWS::CloudFormation::Stack';

/** Events are numbered from 0 in each stack, so that a page is read without looking at the others. */
export function addEvent(world: World, realm: Realm, stackId: string, event: Omit<StackEvent, 'id' | 'at'>): void {
  const counts = countsOf(world, realm);
  const count = counts.get(stackId)?.count ?? 0;
  const next = { ...event, at: world.now };
  eventsOf(world, realm).put(eventKey(stackId, count), { ...next, ...ownId(world, realm, { stackId, count, next }) });
  counts.put(stackId, { count: count + 1 });
}

interface Added {
  readonly stackId: string;
  readonly count: number;
  readonly next: StoredEvent;
}

/** A logical id may stand for several things that go at the same moment, after more than one replacement. */
function ownId(world: World, realm: Realm, { stackId, count, next }: Added): { readonly id?: string } {
  if (next.type === STACK_TYPE) return { id: world.uuid() };
  for (let n = count - 1; n >= 0; n--) {
    const before = eventsOf(world, realm).get(eventKey(stackId, n));
    if (before?.at !== next.at) return {};
    if (before.logicalId === next.logicalId && before.status === next.status) {
      return { id: `${next.logicalId}-${world.uuid()}` };
    }
  }
  return {};
}

/** Newest first. In: how many of the newest to pass over. Out: at most `limit` events, and how many came before. */
export function readEvents(
  world: World,
  realm: Realm,
  stackId: string,
  page: { readonly skip: number; readonly limit: number },
): { readonly events: StackEvent[]; readonly total: number } {
  const total = countsOf(world, realm).get(stackId)?.count ?? 0;
  const events: StackEvent[] = [];
  for (let n = total - 1 - page.skip; n >= 0 && events.length < page.limit; n--) {
    const event = eventsOf(world, realm).get(eventKey(stackId, n));
    if (event) events.push({ ...event, id: event.id ?? resourceEventId(event) });
  }
  return { events, total };
}

export function forgetEvents(world: World, realm: Realm, stackId: string): void {
  const count = countsOf(world, realm).get(stackId)?.count ?? 0;
  const events = eventsOf(world, realm);
  for (let n = 0; n < count; n++) {
    const { operationId } = events.get(eventKey(stackId, n)) ?? {};
    if (operationId !== undefined) operationStacks(world, realm).delete(operationId);
    events.delete(eventKey(stackId, n));
  }
  countsOf(world, realm).delete(stackId);
}

/** Made when it is read: it is half of what an event weighs. */
function resourceEventId({ logicalId, status, at }: StoredEvent): string {
  return `${logicalId}-${status}-${new Date(at).toISOString()}`;
}

function eventsOf(world: World, realm: Realm): Table<StoredEvent> {
  return world.table('cloudformation.event', realm);
}

function countsOf(world: World, realm: Realm): Table<{ readonly count: number }> {
  return world.table('cloudformation.event-count', realm);
}

function eventKey(stackId: string, n: number): string {
  return `${stackId}#${n}`;
}
