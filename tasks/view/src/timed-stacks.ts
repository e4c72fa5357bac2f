import type { TimedStack } from './critical-path.ts';
import type { RunView } from './run-view.ts';

/** The stacks of a run that took time, as `criticalPath` wants them: from their start to their end. */
export function timedStacks(view: RunView): TimedStack[] {
  return [...view.stacks.values()].flatMap(({ name, dependsOn, startedAt, finishedAt, kind }) =>
    startedAt === undefined || finishedAt === undefined || kind === 'skip' || kind === 'refuse'
      ? []
      : [{ name, dependsOn, startedAt, finishedAt }],
  );
}
