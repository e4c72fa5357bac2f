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
