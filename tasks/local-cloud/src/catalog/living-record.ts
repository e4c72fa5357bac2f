import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import { behaviourOf } from './catalog.ts';
import { findRecord } from './stored-record.ts';

/** The record as a handler of CloudFormation sees it: what its service only keeps until it may forget it is gone. */
export function livingRecord(world: World, realm: Realm, type: string, id: string): Resource | undefined {
  const record = findRecord(world, realm, type, id);
  return record !== undefined && isLiving(world, realm, record) ? record : undefined;
}

export function isLiving(world: World, realm: Realm, record: Resource): boolean {
  return behaviourOf(record.type).isGone?.(world, realm, record) !== true;
}
