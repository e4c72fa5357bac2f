type Values = Readonly<Record<string, unknown>>;

const AT = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/;
const RATE = /^rate\((\d+) (minutes?|hours?|days?)\)$/;
const CRON = /^cron\((.+)\)$/;
const NUMBERED = '(?:\\d+|\\*)(?:-\\d+)?(?:/\\d+)?';
const FIELDS: readonly RegExp[] = [
  field(NUMBERED),
  field(NUMBERED),
  field(`${NUMBERED}|\\?|L|LW|\\d+W`),
  field(`${NUMBERED}|(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)(?:-[A-Z]{3})?`),
  field(`${NUMBERED}|\\?|L|\\d?L|(?:SUN|MON|TUE|WED|THU|FRI|SAT)(?:-[A-Z]{3})?|(?:\\d|[A-Z]{3})#\\d`),
  field(NUMBERED),
];

/**
 * What EventBridge Scheduler says against a schedule's expression, time zone or window.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function scheduleExpressionProblem(properties: Values): string | undefined {
  const { ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow } = properties;
  // What is missing is for whoever checks properties to say.
  if (typeof ScheduleExpression === 'string' && !isExpression(ScheduleExpression)) {
    return `Invalid Schedule Expression ${ScheduleExpression}.`;
  }
  if (typeof ScheduleExpressionTimezone === 'string' && !isTimezone(ScheduleExpressionTimezone)) {
    return `Invalid ScheduleExpressionTimezone ${ScheduleExpressionTimezone}.`;
  }
  const { Mode, MaximumWindowInMinutes: window } = (FlexibleTimeWindow ?? {}) as Values;
  if (Mode === 'FLEXIBLE' && window === undefined) return 'MaximumWindowInMinutes must be provided for FLEXIBLE Mode.';
  if (Mode === 'OFF' && window !== undefined) return 'MaximumWindowInMinutes must not be provided for OFF Mode.';
  return undefined;
}

function isExpression(text: string): boolean {
  const at = AT.exec(text)?.[1];
  if (at !== undefined) return !Number.isNaN(Date.parse(`${at}Z`));
  const [, count, unit] = RATE.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) return Number(count) > 0;
  const fields = CRON.exec(text)?.[1]?.trim().split(/\s+/) ?? [];
  if (fields.length !== FIELDS.length) return false;
  // One of the two days has to be left open.
  const isDayOpen = fields[2] === '?' || fields[4] === '?';
  return isDayOpen && fields.every((each, index) => FIELDS[index]?.test(each.toUpperCase()));
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function field(one: string): RegExp {
  return new RegExp(`^(?:${one})(?:,(?:${one}))*$`);
}
