import * as v from 'valibot';
import { autoscalingSchema } from './service-file.ts';

const described = <Schema extends v.GenericSchema>(schema: Schema, description: string) =>
  v.pipe(schema, v.metadata({ description }));

const wholeNumber = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

/** The retention periods that CloudWatch Logs knows, in days, up to two years. */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731] as const;

const overrideSchema = v.strictObject({
  count: v.optional(described(wholeNumber(0, 1000), 'number of tasks')),
  autoscaling: v.optional(described(autoscalingSchema, 'bounds and target of the scaling')),
  cpu: v.optional(described(wholeNumber(256, 16384), 'CPU units of a task')),
  memoryMb: v.optional(described(wholeNumber(512, 122880), 'memory of a task')),
});

/**
 * The largest values that a service may have without the section raising them. They hold for the services' files as
 * well as for the section, so `check` applies them and not the general rule for sections.
 */
const limitsSchema = v.strictObject({
  count: v.optional(described(wholeNumber(1, 5000), 'tasks of one service'), 20),
  cpu: v.optional(described(wholeNumber(256, 16384), 'CPU units of a task'), 4096),
  memoryMb: v.optional(described(wholeNumber(512, 122880), 'memory of a task'), 16384),
});

/** The `services:` section of an env file. */
export const configSchema = v.strictObject({
  count: v.optional(described(wholeNumber(0, 1000), 'tasks of a service whose file gives no count'), 1),
  autoscaling: v.optional(
    described(v.boolean(), 'false: services that scale by themselves stay at their minimum here'),
    true,
  ),
  spotPercent: v.optional(
    described(wholeNumber(0, 100), 'share of the tasks that run on Fargate Spot, which may be stopped at any time'),
    0,
  ),
  onDemandBase: v.optional(
    described(wholeNumber(0, 100), 'tasks of each service that run on demand before the share counts'),
    1,
  ),
  deregistrationDelaySeconds: v.optional(
    described(wholeNumber(0, 3600), 'how long a task that goes may finish its requests; every teardown waits for it'),
    60,
  ),
  logRetentionDays: v.optional(described(v.picklist(RETENTION_DAYS), 'how long logs are kept'), 30),
  stableTimeoutSeconds: v.optional(
    described(wholeNumber(30, 7200), 'how long a hook waits for the services to run, or to stop'),
    900,
  ),
  overrides: v.optional(
    described(v.record(v.string(), overrideSchema), 'per service, what is different in this environment'),
    {},
  ),
  limits: v.optional(
    described(limitsSchema, 'raises what a service may have, here and in its file: { count: 40 }'),
    {},
  ),
});

export type ServicesConfig = v.InferOutput<typeof configSchema>;
