import type { Realm, World } from '../world.ts';
import { ROLE } from './iam-policies.ts';
import type { Making, Refusal } from './behaviour.ts';
import { globalRealm } from './realm-of.ts';
import { findRecord } from './stored-record.ts';

/** How long after its creation a role is not known everywhere: AWS gives no figure, most see 5 to 15 s. EST. */
const SPREADING_MS = { min: 5000, more: 10_000 };
/** How long handlers go on asking for a role that cannot be assumed yet. EST. */
const RETRY_SECONDS = 120;

const usableAt = (world: World, realm: Realm) => world.table<number>('iam.usable-at', globalRealm(realm));
const deleted = (world: World, realm: Realm) => world.table<true>('iam.deleted-role', globalRealm(realm));

export function roleMade(world: World, realm: Realm, name: string): void {
  usableAt(world, realm).put(name, world.now + SPREADING_MS.min + Math.floor(world.random() * SPREADING_MS.more));
  deleted(world, realm).delete(name);
}

export function roleGone(world: World, realm: Realm, name: string): void {
  usableAt(world, realm).delete(name);
  deleted(world, realm).put(name, true);
}

/**
 * `usable`; `fresh` where it is too young to be known everywhere; `deleted`; `unknown` where nobody here ever made it:
 * accounts of the local cloud begin empty, and roles for people and pipelines are made outside of it.
 */
export type RoleUse = 'usable' | 'fresh' | 'deleted' | 'unknown';

/** In: the role's name, or its ARN with any path. */
export function roleUse(world: World, realm: Realm, nameOrArn: string): RoleUse {
  const name = nameOrArn.split('/').at(-1) ?? nameOrArn;
  const account = /^arn:[^:]*:iam::(\d{12}):/.exec(nameOrArn)?.[1] ?? realm.account;
  const own = { ...realm, account };
  if (findRecord(world, own, ROLE, name) === undefined) {
    return deleted(world, own).get(name) === undefined ? 'unknown' : 'deleted';
  }
  return (usableAt(world, own).get(name) ?? 0) > world.now ? 'fresh' : 'usable';
}

/** For types whose service assumes a role at once: refused, and asked for again, while the role is fresh. */
export function refuseRole(
  making: Making,
  role: unknown,
  refusal: Pick<Refusal, 'text' | 'code'>,
): Refusal | undefined {
  if (typeof role !== 'string') return undefined;
  const use = roleUse(making.world, making.realm, role);
  if (use === 'usable' || use === 'unknown') return undefined;
  return {
    ...refusal,
    handlerErrorCode: 'InvalidRequest',
    ...(use === 'fresh' ? { retrySeconds: RETRY_SECONDS } : {}),
  };
}
