import type { Problem } from '@roundtrip/problem';
import * as v from 'valibot';
import { checkAccount } from './check-account.ts';
import { checkRegion } from './check-region.ts';
import { checkRole } from './check-role.ts';
import { checkSchedule } from './check-schedule.ts';
import { checkTags } from './check-tags.ts';
import { checkUnprotect } from './check-unprotect.ts';
import type { Environment, Schedule } from './environment.ts';
import type { EnvironmentFacts } from './layer.ts';
import { judge } from './schema-problems.ts';
import { TOP_LEVEL_KEYS, topLevelSchema } from './top-level-schema.ts';
import type { TopLevel } from './top-level-schema.ts';
import type { YamlSource } from './yaml-source.ts';

/** Keys with rules and words of their own, so that the schema does not complain of them a second time. */
const anything = v.optional(v.unknown());
const shape = v.strictObject({
  ...topLevelSchema.entries,
  account: anything,
  region: anything,
  role: anything,
  tags: anything,
});

export interface TopLevelResult {
  /** Present as soon as every fact has the right type, so that the layers' own rules can be asked as well. */
  readonly facts?: EnvironmentFacts;
  readonly rest: Pick<Environment, 'role' | 'schedule' | 'mode' | 'unprotect'>;
  readonly problems: Problem[];
}

/** Judges the keys of an env file that belong to the environment itself. */
export function readTopLevel(
  source: YamlSource,
  value: Readonly<Record<string, unknown>>,
  name: string,
): TopLevelResult {
  const own = Object.fromEntries(TOP_LEVEL_KEYS.filter((key) => key in value).map((key) => [key, value[key]]));
  const { problems } = judge({ schema: shape, source, at: [] }, own);
  problems.push(
    ...checkAccount(source, own.account),
    ...checkRegion(source, own.region),
    ...checkRole(source, own.role, own.account),
    ...checkTags(source, own.tags),
    ...checkUnprotect(source, own.unprotect, own.protect),
  );
  const schedule = v.safeParse(topLevelSchema.entries.schedule, own.schedule);
  if (schedule.success && schedule.output) problems.push(...checkSchedule(source, schedule.output, own.protect));
  const { role, mode, unprotect } = own as Partial<TopLevel>;
  const rest = {
    ...(role !== undefined && { role }),
    ...(mode !== undefined && { mode }),
    ...(unprotect !== undefined && { unprotect }),
    ...(schedule.success && schedule.output && { schedule: schedule.output as Schedule }),
  };
  const facts = factsOf(name, own);
  return { ...(facts && { facts }), rest, problems };
}

const typed = v.object({
  cloud: v.picklist(['local', 'aws']),
  account: v.string(),
  region: v.string(),
  owner: v.string(),
  protect: v.boolean(),
  tags: v.optional(v.record(v.string(), v.string()), {}),
});

function factsOf(name: string, own: Readonly<Record<string, unknown>>): EnvironmentFacts | undefined {
  const result = v.safeParse(typed, own);
  return result.success ? { name, ...result.output } : undefined;
}
