import type { Resource } from '../../resource.ts';
import type { Due, Realm, Table, World } from '../../world.ts';

/** The state of a thing that EC2 or EFS makes and takes away over minutes, by the thing's id. */
export interface Lifecycle {
  readonly state: string;
  /** Why it failed, or is going to. */
  readonly failure?: { readonly code: string; readonly message: string };
  readonly endedAt?: number;
  /** The request that an instance was run by. */
  readonly reservationId?: string;
  /** The record as it was last: what has ended is shown for another hour. */
  readonly remains?: Resource;
}

export const LIFECYCLE_TURN = 'ec2.lifecycle-turn';

const FORGOTTEN = 'forgotten';
const SHOWN_MS = 3_600_000;

export function lifecycles(world: World, realm: Realm): Table<Lifecycle> {
  return world.table<Lifecycle>('ec2.lifecycle', realm);
}

export function enter(world: World, realm: Realm, id: string, state: string, more: Partial<Lifecycle> = {}): void {
  lifecycles(world, realm).put(id, { ...lifecycles(world, realm).get(id), ...more, state });
}

/** Lets it go over from one state to another by itself, unless it has gone elsewhere by then. */
export function turnLater(
  world: World,
  realm: Realm,
  turn: { readonly id: string; readonly from: string; readonly to: string; readonly afterMs: number },
): void {
  const { afterMs, ...payload } = turn;
  world.later(Math.round(afterMs), { kind: LIFECYCLE_TURN, realm, payload });
}

/** Keeps what is left of a thing to be shown for an hour. */
export function end(world: World, realm: Realm, record: Resource, state: string): void {
  enter(world, realm, record.id, state, { endedAt: world.now, remains: record });
  turnLater(world, realm, { id: record.id, from: state, to: FORGOTTEN, afterMs: SHOWN_MS });
}

/** Handles a turn whose time has come. */
export function takeTurn(world: World, { realm, payload }: Due): void {
  const [id, from, to] = [String(payload['id']), payload['from'], String(payload['to'])];
  if (lifecycles(world, realm).get(id)?.state !== from) return;
  if (to === FORGOTTEN) lifecycles(world, realm).delete(id);
  else enter(world, realm, id, to);
}
