import type { RollbackConfiguration } from '@aws-sdk/client-cloudformation';
import { constraintError } from './validation-error.ts';

const TRIGGERS_MAX = 5;
const MINUTES_MAX = 180;
const TYPES = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];

/** Throws ValidationError where AWS would not take it. */
export function checkRollbackConfiguration(config: RollbackConfiguration | undefined): void {
  const { RollbackTriggers: triggers = [], MonitoringTimeInMinutes: minutes = 0 } = config ?? {};
  const where = 'rollbackConfiguration';
  if (triggers.length > TRIGGERS_MAX) {
    const shown = `[${triggers.map(({ Arn: arn }) => arn).join(', ')}]`;
    throw constraintError(shown, `${where}.rollbackTriggers`, `have length less than or equal to ${TRIGGERS_MAX}`);
  }
  const monitoring = `${where}.monitoringTimeInMinutes`;
  if (minutes < 0) throw constraintError(String(minutes), monitoring, 'have value greater than or equal to 0');
  if (minutes > MINUTES_MAX) {
    throw constraintError(String(minutes), monitoring, `have value less than or equal to ${MINUTES_MAX}`);
  }
  triggers.forEach(({ Type: type = '' }, at) => {
    if (TYPES.includes(type)) return;
    const member = `${where}.rollbackTriggers.${at + 1}.member.type`;
    throw constraintError(type, member, `satisfy enum value set: [${TYPES.join(', ')}]`);
  });
}

/** What was asked for now; what it leaves out stays as it was asked for before. */
export function keptRollbackConfiguration(
  asked: RollbackConfiguration | undefined,
  before: RollbackConfiguration | undefined,
): RollbackConfiguration | undefined {
  return asked === undefined ? before : { ...before, ...asked };
}
