import type { Schedule, WeeklyTime } from '@roundtrip/environment';

/** An environment that has a schedule. */
export interface ScheduledEnvironment {
  readonly name: string;
  readonly schedule: Schedule;
}

/** Something that Jenkins or GitHub does to an environment, by its clock or on demand. */
export interface Job {
  /** `destroy-stage`. */
  readonly name: string;
  readonly environment: string;
  /** What `make` is given: `destroy-stage`, `down ENV=demo`. */
  readonly target: string;
  readonly timezone: string;
  /** Absent for what is done on demand only. */
  readonly at?: WeeklyTime;
}

/** For every environment with a schedule: destroy, rebuild, and converge on demand. Sorted by environment. */
export function jobsOf(environments: readonly ScheduledEnvironment[]): Job[] {
  return [...environments]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, schedule }) => {
      const { timezone, destroy, rebuild } = schedule;
      const common = { environment: name, timezone };
      return [
        { ...common, name: `destroy-${name}`, target: downTarget(name), at: destroy },
        { ...common, name: `rebuild-${name}`, target: upTarget(name), at: rebuild },
        { ...common, name: `converge-${name}`, target: upTarget(name) },
      ];
    });
}

/** Environments with a make target of their own: a pattern target would do, but these are what people type. */
const upTarget = (name: string) => (name === 'stage' || name === 'prod' ? name : `up ENV=${name}`);
const downTarget = (name: string) => (name === 'stage' ? 'destroy-stage' : `down ENV=${name}`);

/** `Friday 19:00 Europe/Berlin`, or that nobody but a person starts it. */
export function whenOf({ at, timezone }: Job): string {
  return at === undefined
    ? 'on demand'
    : `${at.day.slice(0, 1).toUpperCase()}${at.day.slice(1)} ${at.time} ${timezone}`;
}
