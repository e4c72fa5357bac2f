import type { Behaviours } from './behaviour.ts';
import { resourcesOf } from './resources-of.ts';
import { refuseRole } from './role-use.ts';
import { scheduleExpressionProblem } from './schedule-expression.ts';
import { dropRecord } from './stored-record.ts';

export const SCHEDULE = 'AWS::Scheduler::Schedule';
export const SCHEDULE_GROUP = 'AWS::Scheduler::ScheduleGroup';
export const DEFAULT_GROUP = 'default';

/** Names are unique in their group; in the default one the name alone is the id, as Cloud Control has it. */
export function scheduleId(group: string, name: string): string {
  return group === DEFAULT_GROUP ? name : `${group}|${name}`;
}

export const scheduler: Behaviours = {
  [SCHEDULE]: {
    make(making) {
      const name = making.name('Name');
      const group = making.text('GroupName') ?? DEFAULT_GROUP;
      const arn = making.arn('scheduler', `schedule/${group}/${name}`);
      const properties = { Name: name, GroupName: group };
      return { id: scheduleId(group, name), ref: name, arn, attributes: { Arn: arn }, properties };
    },
    taken: (id) => ({
      text: `Schedule ${id.split('|').at(-1)} already exists.`,
      code: 'ConflictException',
      status: 409,
    }),
    refuseCreate(making) {
      const problem = scheduleExpressionProblem(making.properties);
      if (problem !== undefined) {
        return { text: problem, handlerErrorCode: 'InvalidRequest', code: 'ValidationException' };
      }
      const target = making.properties['Target'] as Readonly<Record<string, unknown>> | undefined;
      return refuseRole(making, target?.['RoleArn'], {
        text: 'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
        code: 'ValidationException',
      });
    },
  },
  [SCHEDULE_GROUP]: {
    make(making) {
      const name = making.name('Name');
      const at = new Date(making.world.now).toISOString();
      const arn = making.arn('scheduler', `schedule-group/${name}`);
      const attributes = { Arn: arn, State: 'ACTIVE', CreationDate: at, LastModificationDate: at };
      return { id: name, arn, attributes };
    },
    taken: (id) => ({ text: `Schedule group ${id} already exists.`, code: 'ConflictException', status: 409 }),
    /** A group takes its schedules along. */
    gone(world, realm, group) {
      for (const schedule of [...resourcesOf(world, realm, SCHEDULE)]) {
        if (schedule.properties['GroupName'] === group.id) dropRecord(world, realm, schedule);
      }
    },
  },
};
