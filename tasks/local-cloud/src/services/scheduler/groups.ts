import type * as Scheduler from '@aws-sdk/client-scheduler';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { DEFAULT_GROUP, SCHEDULE_GROUP } from '../../catalog/scheduler.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Due, Realm, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { tagMap } from '../tag-list.ts';

const PAGE_SIZE = 100;
/** How long a group takes to go with its schedules: AWS gives no figure. EST. */
const DELETE_MS = { min: 10_000, more: 50_000 };
export const FINISH_DELETE = 'scheduler.finish-delete';

/** Groups that are being deleted, by name. */
const deleting = (world: World, realm: Realm) => world.table<true>('scheduler.deleting-group', realm);

export function createScheduleGroup(
  world: World,
  input: Scheduler.CreateScheduleGroupInput,
  call: Call,
): Scheduler.CreateScheduleGroupOutput {
  const Name = input.Name ?? '';
  if (Name === DEFAULT_GROUP) throw conflict(`Schedule group ${Name} already exists.`);
  const group = createRecord(world, call.realm, {
    type: SCHEDULE_GROUP,
    properties: { Name },
    tags: tagMap(input.Tags),
  });
  return { ScheduleGroupArn: group.arn };
}

export function getScheduleGroup(
  world: World,
  input: Scheduler.GetScheduleGroupInput,
  call: Call,
): Scheduler.GetScheduleGroupOutput {
  if (input.Name === DEFAULT_GROUP) return defaultGroup(call.realm);
  return describe(world, call.realm, groupOf(world, call.realm, input.Name));
}

export function listScheduleGroups(
  world: World,
  input: Scheduler.ListScheduleGroupsInput,
  call: Call,
): Scheduler.ListScheduleGroupsOutput {
  const own = [...resourcesOf(world, call.realm, SCHEDULE_GROUP)].map((group) => describe(world, call.realm, group));
  const all = [defaultGroup(call.realm), ...own]
    .filter(({ Name = '' }) => Name.startsWith(input.NamePrefix ?? ''))
    .sort((left, right) => ((left.Name ?? '') < (right.Name ?? '') ? -1 : 1));
  const { items, nextToken } = pageOf(all, input.MaxResults ?? PAGE_SIZE, input.NextToken, invalidToken);
  return { ScheduleGroups: [...items], ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
}

/** The group is DELETING until its schedules are gone. */
export function deleteScheduleGroup(world: World, input: Scheduler.DeleteScheduleGroupInput, call: Call): object {
  if (input.Name === DEFAULT_GROUP) {
    throw new ServiceError('ValidationException', 'The default schedule group cannot be deleted.');
  }
  const { id } = groupOf(world, call.realm, input.Name);
  if (deleting(world, call.realm).get(id) !== undefined) return {};
  deleting(world, call.realm).put(id, true);
  const afterMs = DELETE_MS.min + Math.floor(world.random() * DELETE_MS.more);
  world.later(afterMs, { kind: FINISH_DELETE, realm: call.realm, payload: { id } });
  return {};
}

export function finishDelete(world: World, { realm, payload }: Due): void {
  const id = String(payload['id']);
  deleting(world, realm).delete(id);
  deleteRecord({ world, realm, type: SCHEDULE_GROUP, id });
}

/** @throws ServiceError where schedules cannot be put into a group */
export function checkGroup(world: World, realm: Realm, name: string): void {
  if (name === DEFAULT_GROUP) return;
  groupOf(world, realm, name);
  if (deleting(world, realm).get(name) !== undefined) throw conflict(`Schedule group ${name} is being deleted.`);
}

/** @throws ServiceError ResourceNotFoundException */
export function groupOf(world: World, realm: Realm, name: string | undefined): Resource {
  const group = findRecord(world, realm, SCHEDULE_GROUP, name ?? '');
  if (group !== undefined) return group;
  throw new ServiceError('ResourceNotFoundException', `Schedule group ${name ?? ''} does not exist.`, 404);
}

export function conflict(text: string): ServiceError {
  return new ServiceError('ConflictException', text, 409);
}

export function invalidToken(): ServiceError {
  return new ServiceError('ValidationException', 'Invalid NextToken.');
}

function describe(world: World, realm: Realm, group: Resource): Scheduler.ScheduleGroupSummary {
  return {
    Arn: group.arn,
    Name: group.id,
    State: deleting(world, realm).get(group.id) === undefined ? 'ACTIVE' : 'DELETING',
    CreationDate: new Date(group.createdAt),
    LastModificationDate: new Date(group.createdAt),
  };
}

/** Every account has it. */
function defaultGroup({ region, account }: Realm): Scheduler.ScheduleGroupSummary {
  const Arn = `arn:aws:scheduler:${region}:${account}:schedule-group/${DEFAULT_GROUP}`;
  return { Arn, Name: DEFAULT_GROUP, State: 'ACTIVE' };
}
