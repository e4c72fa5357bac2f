import type { Realm, Table, World } from '../world.ts';

/** A stream of a log group: writers make them by the thousand, so they are no resource records. */
export interface LogStream {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly firstEventAt?: number;
  readonly lastEventAt?: number;
  readonly lastIngestedAt?: number;
}

export interface LogEvent {
  readonly id: string;
  readonly stream: string;
  readonly timestamp: number;
  readonly ingestedAt: number;
  readonly message: string;
}

/** By name. A table per group, so that a group goes without a look at all the others. */
export function streamsOf(world: World, realm: Realm, group: string): Table<LogStream> {
  return world.table<LogStream>(`logs.stream/${group}`, realm);
}

/** By id, in the order in which they came in. */
export function eventsOf(world: World, realm: Realm, group: string): Table<LogEvent> {
  return world.table<LogEvent>(`logs.event/${group}`, realm);
}

export function putStream(world: World, realm: Realm, group: string, name: string): void {
  const { region, account } = realm;
  const arn = `arn:aws:logs:${region}:${account}:log-group:${group}:log-stream:${name}`;
  streamsOf(world, realm, group).put(name, { name, arn, createdAt: world.now });
}

/** Events of a stream that is there, oldest first. */
export function addEvents(
  world: World,
  realm: Realm,
  group: string,
  name: string,
  given: readonly Pick<LogEvent, 'timestamp' | 'message'>[],
): void {
  const stream = streamsOf(world, realm, group).get(name);
  const [first, last] = [given[0]?.timestamp, given.at(-1)?.timestamp];
  if (stream === undefined || first === undefined || last === undefined) return;
  const events = eventsOf(world, realm, group);
  for (const { timestamp, message } of given) {
    const id = `${String(timestamp).padStart(14, '0')}${world.hex(40)}`;
    events.put(id, { id, stream: name, timestamp, ingestedAt: world.now, message });
  }
  streamsOf(world, realm, group).put(name, {
    ...stream,
    firstEventAt: Math.min(stream.firstEventAt ?? first, first),
    lastEventAt: Math.max(stream.lastEventAt ?? last, last),
    lastIngestedAt: world.now,
  });
}

export function dropStream(world: World, realm: Realm, group: string, name: string): void {
  streamsOf(world, realm, group).delete(name);
  const events = eventsOf(world, realm, group);
  for (const { id, stream } of [...events.values()]) if (stream === name) events.delete(id);
}

/** Everything that is in a group. */
export function forgetGroup(world: World, realm: Realm, group: string): void {
  const streams = streamsOf(world, realm, group);
  const events = eventsOf(world, realm, group);
  for (const { name } of [...streams.values()]) streams.delete(name);
  for (const { id } of [...events.values()]) events.delete(id);
}
