import { resourceKey } from '../../resource.ts';
import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import { findKey } from '../kms-key.ts';
import { drawSeconds } from '../seconds.ts';
import type { Seconds } from '../seconds.ts';
import { isTrue } from './kind.ts';

interface Step {
  readonly status: string;
  readonly untilMs: number;
}

/** What a database is going through. Nothing has to happen for it to be over: the status is a matter of the time. */
export interface Activity {
  readonly steps: readonly Step[];
  readonly rest: string;
}

const activities = (world: World, realm: Realm) => world.table<Activity>('rds.activity', realm);

/** Begins an activity of one status after the other, each for so many milliseconds. Out: when it is over. */
export function beginActivity(
  world: World,
  realm: Realm,
  { type, id }: Resource,
  { phases, rest = 'available' }: { phases: readonly (readonly [status: string, ms: number])[]; rest?: string },
): number {
  let untilMs = world.now;
  const steps = phases.map(([status, ms]) => ({ status, untilMs: (untilMs += Math.round(ms)) }));
  activities(world, realm).put(resourceKey(type, id), { steps, rest });
  return untilMs;
}

export function forgetActivity(world: World, realm: Realm, { type, id }: Resource): void {
  activities(world, realm).delete(resourceKey(type, id));
}

/** `available`, `creating`, `backing-up`, `deleting`, … */
export function statusOf(world: World, realm: Realm, record: Resource): string {
  const { steps = [], rest = 'available' } = activities(world, realm).get(resourceKey(record.type, record.id)) ?? {};
  const status = steps.find(({ untilMs }) => untilMs > world.now)?.status ?? rest;
  const isIdle = status === 'available' || status === 'stopped';
  return isIdle && hasLostKey(world, realm, record) ? 'inaccessible-encryption-credentials-recoverable' : status;
}

export function drawMs(world: World, seconds: Seconds): number {
  return Math.round(drawSeconds(seconds, world.random()) * 1000);
}

/** Storage whose key is disabled or waits for its deletion cannot be read. */
function hasLostKey(world: World, realm: Realm, { properties }: Resource): boolean {
  const { StorageEncrypted, KmsKeyId } = properties;
  if (!isTrue(StorageEncrypted) || typeof KmsKeyId !== 'string') return false;
  return findKey(world, realm, KmsKeyId)?.state !== 'Enabled';
}
