import type { Direction, Expectations, Journal, Step } from '@roundtrip/engine';
import type { Layer } from '@roundtrip/environment';
import type { PassedGuard } from './guards.ts';
import { layersBefore } from './layers-before.ts';
import type { RunState } from './run-state.ts';
import { noteUnknownLayers } from './unknown-layers.ts';

/** The head of a journal: what runs where, which guards passed, and the plan of every layer. */
export function announceRun(
  state: RunState,
  { passed, who, host }: { readonly passed: readonly PassedGuard[]; readonly who: string; readonly host: string },
  steps: ReadonlyMap<string, readonly Step[]>,
): void {
  const { command, open, journal, context } = state;
  const { account, region, cloud } = open.environment.facts;
  journal.write({
    type: 'run-started',
    run: context.run,
    verb: command.task,
    direction: command.direction,
    environment: command.environment,
    account,
    region,
    cloud,
    layers: open.layers.map(({ name, dependsOn }) => ({ name, dependsOn })),
    who,
    host,
  });
  for (const guard of passed) journal.write({ type: 'guard-passed', ...guard });
  const notices = [...open.notices, ...noteUnknownLayers(command, open, context.poller.latest)];
  for (const text of notices) journal.write({ type: 'notice', text });
  for (const [layer, ofLayer] of steps) state.announce(layer, ofLayer);
}

/**
 * Journals the steps of a plan with what they wait for: stacks of their own layer, and all stacks of the layers
 * before it (turbo starts a layer when those are done). A step is written again only when it has changed.
 */
export function createAnnounce(
  journal: Journal,
  layers: readonly Layer[],
  direction: Direction,
  expectations: Expectations,
): (layer: string, steps: readonly Step[]) => void {
  const stacksOf = new Map<string, readonly string[]>();
  const written = new Map<string, string>();
  const before = layersBefore(direction, layers);
  return (layer, steps) => {
    stacksOf.set(
      layer,
      steps.map((step) => step.stack),
    );
    const earlier = (before[layer] ?? []).flatMap((name) => stacksOf.get(name) ?? []);
    for (const step of steps) {
      const dependsOn = [...earlier, ...step.dependsOn];
      const key = JSON.stringify([step.kind, step.reason, dependsOn]);
      if (written.get(step.stack) === key) continue;
      written.set(step.stack, key);
      const expected = step.kind === 'skip' ? undefined : expectations.of(step.stack, step.kind);
      journal.write({
        type: 'step-planned',
        layer,
        stack: step.stack,
        kind: step.kind,
        reason: step.reason,
        dependsOn,
        ...(expected === undefined ? {} : { expectedMs: expected }),
      });
    }
  };
}
