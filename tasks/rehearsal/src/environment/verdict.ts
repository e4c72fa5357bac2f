import type { Blocker } from '@roundtrip/engine';
import { formatCount, formatDuration } from '@roundtrip/view';
import { figuresOf, type Figures } from './figures.ts';
import type { PlayedSeed } from './play-seed.ts';
import type { Project } from './project.ts';
import type { Trip } from './trip.ts';
import { weekendOf } from './weekend.ts';

/** Whether the environment can be destroyed on Friday and rebuilt on Monday. */
export interface Verdict {
  readonly isYes: boolean;
  readonly isProtected: boolean;
  /** Why not, one sentence each. */
  readonly why: readonly string[];
  readonly up: Figures | undefined;
  readonly down: Figures | undefined;
}

export function judge(project: Project, played: readonly PlayedSeed[]): Verdict {
  const { protect } = project.environment.facts;
  const [up, down] = [figuresOf(project, played, 'up'), figuresOf(project, played, 'down')];
  const why = protect
    ? [`${project.environment.file} says protect: true, so its teardown is refused`, ...failures(played, ['up'])]
    : [...failures(played, ['up', 'down']), ...obstacles(played), ...tooLong(project, up, down)];
  for (const { seed, defects } of played)
    why.push(...defects.map((defect) => `the simulation broke down (${seed}): ${defect}`));
  return { isYes: why.length === 0, isProtected: protect, why, up, down };
}

/** What only a person may clear away. */
function obstacles(played: readonly PlayedSeed[]): string[] {
  return differentBlockers(played).flatMap(({ stack, what, remedy }) =>
    'next' in remedy ? [`${stack}: ${what}; ${remedy.next}`] : [],
  );
}

/** Each thing once: its physical id is another one under each seed. */
export function differentBlockers(played: readonly PlayedSeed[]): readonly Blocker[] {
  const found = played.flatMap(({ blockers }) => blockers);
  return [...new Map(found.toReversed().map((one) => [`${one.stack} ${one.logicalId}`, one])).values()].toReversed();
}

function failures(played: readonly PlayedSeed[], directions: readonly Trip['direction'][]): string[] {
  const times = new Map<string, number>();
  for (const trip of played.flatMap(({ trips }) => trips)) {
    if (trip.outcome.kind === 'done' || !directions.includes(trip.direction)) continue;
    for (const reason of reasonsOf(trip)) times.set(reason, (times.get(reason) ?? 0) + 1);
  }
  return [...times].map(([reason, count]) => `${reason} (${formatCount(count, 'time')})`);
}

/** The first failures explain the others. */
function reasonsOf({ direction, journal, hooks, outcome }: Trip): string[] {
  const ofStacks = journal.flatMap((event) => (event.type === 'failure' ? [`${event.stack}: ${event.reason}`] : []));
  const ofHooks = hooks.flatMap(({ layer, kind, why }) => (why === undefined ? [] : [`${layer}/${kind}: ${why}`]));
  const reasons = [...ofStacks, ...ofHooks];
  if (reasons.length === 0) reasons.push('why' in outcome ? outcome.why : outcome.kind);
  return reasons.map((reason) => `${direction} failed, ${reason}`);
}

function tooLong({ environment }: Project, up: Figures | undefined, down: Figures | undefined): string[] {
  const { awayMs, standsMs } = weekendOf(environment);
  const late: string[] = [];
  if ((down?.mostMs ?? 0) > awayMs)
    late.push(
      `the teardown takes ${formatDuration(down?.mostMs ?? 0)}, and the rebuild begins ${formatDuration(awayMs)} after it`,
    );
  if ((up?.mostMs ?? 0) > standsMs)
    late.push(
      `the rebuild takes ${formatDuration(up?.mostMs ?? 0)}, and the teardown begins ${formatDuration(standsMs)} after it`,
    );
  return late;
}
