import type * as Scheduler from '@aws-sdk/client-scheduler';

type Values = Readonly<Record<string, unknown>>;

/** Names inside of a target that the API alone begins with a small letter. */
const SMALL: ReadonlySet<string> = new Set([
  'awsvpcConfiguration',
  'base',
  'capacityProvider',
  'expression',
  'field',
  'type',
  'weight',
]);

/** From the API's words to a template's, which begin with a capital throughout. */
export function targetToTemplate(target: Scheduler.Target | undefined): unknown {
  return target && renamed(target, (name) => (SMALL.has(name) ? name.charAt(0).toUpperCase() + name.slice(1) : name));
}

/** The other way round; numbers and truth may stand in a template as text. */
export function targetFromTemplate(target: unknown): Scheduler.Target | undefined {
  if (typeof target !== 'object' || target === null) return undefined;
  const small = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
  return renamed(target, (name) => (SMALL.has(small(name)) ? small(name) : name)) as Scheduler.Target;
}

const NUMBERS: ReadonlySet<string> = new Set([
  'base',
  'weight',
  'TaskCount',
  'MaximumRetryAttempts',
  'MaximumEventAgeInSeconds',
]);
const TRUTHS: ReadonlySet<string> = new Set(['EnableECSManagedTags', 'EnableExecuteCommand']);

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as Values).map(([name, item]) => {
      const own = rename(name);
      if (NUMBERS.has(own)) return [own, Number(item)];
      return [own, TRUTHS.has(own) ? String(item) === 'true' : renamed(item, rename)];
    }),
  );
}
