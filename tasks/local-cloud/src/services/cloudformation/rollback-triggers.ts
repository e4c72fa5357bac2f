import { alarmState } from '../../catalog/alarm-state.ts';
import { stopPhase } from './after-phase.ts';
import type { Course } from './course.ts';

/** How often the alarms are looked at. EST. */
const LOOK_MS = 10_000;

/**
 * Why an operation has to go back: an alarm that is not there or that has gone off. Creating and updating only.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-rollback-triggers.html
 */
export function triggered({ world, realm, stack, progress }: Course): string | undefined {
  if (progress.phase !== 'create' && progress.phase !== 'update') return undefined;
  const arns = (stack.rollbackConfiguration?.RollbackTriggers ?? []).map(({ Arn: arn = '' }) => arn);
  const states = arns.map((arn) => ({ arn, state: alarmState(world, realm, arn) }));
  const missing = states.filter(({ state }) => state === undefined).map(({ arn }) => arn);
  if (missing.length > 0) return `The following rollback trigger(s) do not exist: [${missing.join(', ')}]`;
  const fired = states.filter(({ state }) => state === 'ALARM').map(({ arn }) => arn);
  return fired.length === 0 ? undefined : `The following rollback trigger(s) went to ALARM: [${fired.join(', ')}]`;
}

/** The alarms are watched from the first resource until the monitoring time is over. */
export function watchTriggers(course: Course): void {
  const { RollbackTriggers: triggers = [] } = course.stack.rollbackConfiguration ?? {};
  const { phase } = course.progress;
  if (triggers.length > 0 && (phase === 'create' || phase === 'update')) {
    course.later(LOOK_MS, 'cloudformation.triggers');
  }
}

export function lookAtTriggers(course: Course): void {
  const problem = triggered(course);
  if (problem === undefined) watchTriggers(course);
  else stopPhase(course, problem);
}

/** How long a stack that is made or updated is watched before it counts as such, with triggers or without. */
export function monitoringMs({ stack, progress }: Course): number {
  if (progress.phase !== 'create' && progress.phase !== 'update') return 0;
  return (stack.rollbackConfiguration?.MonitoringTimeInMinutes ?? 0) * 60_000;
}
