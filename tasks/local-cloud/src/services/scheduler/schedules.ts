import type * as Scheduler from '@aws-sdk/client-scheduler';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { scheduleExpressionProblem } from '../../catalog/schedule-expression.ts';
import { DEFAULT_GROUP, SCHEDULE, scheduleId } from '../../catalog/scheduler.ts';
import { findRecord, putRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { checkGroup, invalidToken } from './groups.ts';
import { targetFromTemplate, targetToTemplate } from './target.ts';

const PAGE_SIZE = 100;

interface Beside {
  readonly changedAt: number;
  readonly afterCompletion?: string;
}

/** What templates have no word for. */
const beside = (world: World, realm: Realm) => world.table<Beside>('scheduler.beside', realm);

export function createSchedule(
  world: World,
  input: Scheduler.CreateScheduleInput,
  call: Call,
): Scheduler.CreateScheduleOutput {
  checkGroup(world, call.realm, input.GroupName ?? DEFAULT_GROUP);
  const schedule = createRecord(world, call.realm, { type: SCHEDULE, properties: propertiesOf(input) });
  keepBeside(world, call.realm, schedule.id, input);
  return { ScheduleArn: schedule.arn };
}

/** What is not given is not kept: an update says the whole schedule. */
export function updateSchedule(
  world: World,
  input: Scheduler.UpdateScheduleInput,
  call: Call,
): Scheduler.UpdateScheduleOutput {
  const schedule = scheduleOf(world, call.realm, input.GroupName, input.Name);
  const properties = propertiesOf(input);
  const problem = scheduleExpressionProblem(properties);
  if (problem !== undefined) throw new ServiceError('ValidationException', problem);
  putRecord(world, call.realm, { ...schedule, properties });
  keepBeside(world, call.realm, schedule.id, input);
  return { ScheduleArn: schedule.arn };
}

export function getSchedule(world: World, input: Scheduler.GetScheduleInput, call: Call): Scheduler.GetScheduleOutput {
  const schedule = scheduleOf(world, call.realm, input.GroupName, input.Name);
  const { properties } = schedule;
  const window = (properties['FlexibleTimeWindow'] ?? { Mode: 'OFF' }) as Scheduler.FlexibleTimeWindow;
  const minutes = window.MaximumWindowInMinutes;
  const { afterCompletion } = beside(world, call.realm).get(schedule.id) ?? {};
  return {
    ...summaryOf(world, call.realm, schedule),
    ScheduleExpression: String(properties['ScheduleExpression']),
    ScheduleExpressionTimezone: String(properties['ScheduleExpressionTimezone'] ?? 'UTC'),
    FlexibleTimeWindow: {
      Mode: window.Mode,
      ...(minutes === undefined ? {} : { MaximumWindowInMinutes: Number(minutes) }),
    },
    Target: targetFromTemplate(properties['Target']),
    ActionAfterCompletion: (afterCompletion ?? 'NONE') as Scheduler.ActionAfterCompletion,
    ...(properties['Description'] === undefined ? {} : { Description: String(properties['Description']) }),
    ...(properties['KmsKeyArn'] === undefined ? {} : { KmsKeyArn: String(properties['KmsKeyArn']) }),
    ...(properties['StartDate'] === undefined ? {} : { StartDate: new Date(String(properties['StartDate'])) }),
    ...(properties['EndDate'] === undefined ? {} : { EndDate: new Date(String(properties['EndDate'])) }),
  };
}

export function deleteSchedule(world: World, input: Scheduler.DeleteScheduleInput, call: Call): object {
  const { id } = scheduleOf(world, call.realm, input.GroupName, input.Name);
  deleteRecord({ world, realm: call.realm, type: SCHEDULE, id });
  beside(world, call.realm).delete(id);
  return {};
}

export function listSchedules(
  world: World,
  input: Scheduler.ListSchedulesInput,
  call: Call,
): Scheduler.ListSchedulesOutput {
  const { GroupName, NamePrefix = '', State, MaxResults = PAGE_SIZE, NextToken } = input;
  const all = [...resourcesOf(world, call.realm, SCHEDULE)]
    .map((schedule) => ({ schedule, summary: summaryOf(world, call.realm, schedule) }))
    .filter(
      ({ summary }) =>
        (GroupName === undefined || summary.GroupName === GroupName) &&
        (State === undefined || summary.State === State) &&
        summary.Name.startsWith(NamePrefix),
    )
    .sort((left, right) => (left.summary.Name < right.summary.Name ? -1 : 1));
  const { items, nextToken } = pageOf(all, MaxResults, NextToken, invalidToken);
  return {
    Schedules: items.map(({ schedule, summary }) => ({
      ...summary,
      Target: { Arn: targetFromTemplate(schedule.properties['Target'])?.Arn },
    })),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

function scheduleOf(world: World, realm: Realm, group: string | undefined, name: string | undefined): Resource {
  const schedule = findRecord(world, realm, SCHEDULE, scheduleId(group ?? DEFAULT_GROUP, name ?? ''));
  if (schedule !== undefined) return schedule;
  throw new ServiceError('ResourceNotFoundException', `Schedule ${name ?? ''} does not exist.`, 404);
}

function propertiesOf(input: Scheduler.CreateScheduleInput): Record<string, unknown> {
  const { Name, GroupName, ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow } = input;
  const { Description, KmsKeyArn, State, StartDate, EndDate, Target } = input;
  const all = {
    Name,
    GroupName: GroupName ?? DEFAULT_GROUP,
    ...{ ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow, Description, KmsKeyArn, State },
    StartDate: StartDate?.toISOString(),
    EndDate: EndDate?.toISOString(),
    Target: targetToTemplate(Target),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function keepBeside(world: World, realm: Realm, id: string, input: Scheduler.CreateScheduleInput): void {
  const { ActionAfterCompletion: action } = input;
  beside(world, realm).put(id, { changedAt: world.now, ...(action === undefined ? {} : { afterCompletion: action }) });
}

function summaryOf(world: World, realm: Realm, { id, arn, ref, properties, createdAt }: Resource) {
  return {
    Arn: arn,
    Name: String(properties['Name'] ?? ref),
    GroupName: String(properties['GroupName'] ?? DEFAULT_GROUP),
    State: (properties['State'] ?? 'ENABLED') as Scheduler.ScheduleState,
    CreationDate: new Date(createdAt),
    LastModificationDate: new Date(beside(world, realm).get(id)?.changedAt ?? createdAt),
  };
}
