import * as v from 'valibot';
import { REGIONS } from './regions.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const described = <Schema extends v.GenericSchema>(schema: Schema, description: string) =>
  v.pipe(schema, v.metadata({ description }));

const timeOfDay = v.pipe(
  v.string(),
  v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'not a time of day as HH:MM, 00:00 to 23:59'),
);

const weeklyTime = v.strictObject({
  day: described(v.picklist(WEEKDAYS), 'day of the week'),
  time: described(timeOfDay, "HH:MM on the clocks of the schedule's timezone, 24 hours, quoted"),
});

const scheduleSchema = v.strictObject({
  timezone: described(v.string(), 'IANA timezone: Europe/Berlin'),
  destroy: described(weeklyTime, 'when the environment is destroyed'),
  rebuild: described(weeklyTime, 'when it is built again'),
});

/**
 * What an env file says beside its layers' sections. The schema knows shapes and what an editor can show; rules with
 * words of their own (account, region, role, tags, timezone) stand in `check-*.ts`.
 */
export const topLevelSchema = v.strictObject({
  cloud: described(
    v.picklist(['local', 'aws']),
    'local: the embedded simulator, no AWS account needed. aws: the real one',
  ),
  account: described(v.pipe(v.string(), v.regex(/^\d{12}$/)), 'the twelve digits of the AWS account, quoted'),
  region: described(v.picklist(REGIONS), 'AWS region: eu-west-1'),
  owner: described(v.pipe(v.string(), v.nonEmpty()), 'who answers for this environment: a team or an address'),
  protect: described(
    v.boolean(),
    'true: every stack has termination protection, and destroying the environment is refused',
  ),
  unprotect: v.optional(
    described(
      v.boolean(),
      'true: destroying the environment switches off the deletion protection of its databases and load balancers; not together with protect: true',
    ),
  ),
  role: v.optional(described(v.string(), 'ARN of the role that a run assumes, in the same account')),
  tags: v.optional(
    described(v.record(v.string(), v.string()), 'tags on every stack and so on every resource that takes tags'),
    {},
  ),
  schedule: v.optional(described(scheduleSchema, 'when the environment is destroyed and rebuilt, every week')),
  mode: v.optional(
    described(
      v.picklist(['standard', 'express']),
      'how CloudFormation deploys; in express mode the run itself waits for what others build on',
    ),
  ),
});

export type TopLevel = v.InferOutput<typeof topLevelSchema>;

/** The keys that no layer may be named after. */
export const TOP_LEVEL_KEYS = Object.keys(topLevelSchema.entries);
