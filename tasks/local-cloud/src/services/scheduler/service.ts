import type { Service } from '../../world.ts';
import * as groups from './groups.ts';
import * as schedules from './schedules.ts';
import * as tags from './tags.ts';

/** Schedules and their groups; see SPEC.md beside this file. */
export const scheduler: Service = {
  client: 'client-scheduler',
  operations: {
    CreateSchedule: schedules.createSchedule,
    GetSchedule: schedules.getSchedule,
    UpdateSchedule: schedules.updateSchedule,
    DeleteSchedule: schedules.deleteSchedule,
    ListSchedules: schedules.listSchedules,
    CreateScheduleGroup: groups.createScheduleGroup,
    GetScheduleGroup: groups.getScheduleGroup,
    DeleteScheduleGroup: groups.deleteScheduleGroup,
    ListScheduleGroups: groups.listScheduleGroups,
    TagResource: tags.tagResource,
    UntagResource: tags.untagResource,
    ListTagsForResource: tags.listTagsForResource,
  },
  handlers: { [groups.FINISH_DELETE]: groups.finishDelete },
  limitOf: (operation) => ({ bucket: `scheduler.${operation}`, burst: PER_SECOND, perSecond: PER_SECOND }),
};

/** For each operation in the large regions. https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html */
const PER_SECOND = 50;
