import { execute, isGood, isRemoval, removalsLast } from '@roundtrip/engine';
import { planLayer } from './layer-run.ts';
import type { RunState } from './run-state.ts';

/**
 * Deletes, at the end of an up, the stacks that are no longer wanted; where the layers were not all done, it journals
 * that they were not begun.
 * @param isBuilt whether every layer is done
 * @returns whether everything is as it is wanted now
 */
export async function removeUnwanted(state: RunState, isBuilt: boolean): Promise<boolean> {
  const { command, open, context, journal } = state;
  if (command.direction === 'down') return isBuilt;
  const { layers } = open;
  const steps = new Map(layers.map(({ name }) => [name, planLayer(command, open, context.poller.latest, name)]));
  if (isBuilt && !context.signal.aborted) {
    const results = await execute(context, removalsLast(layers, steps));
    return [...results.values()].every(isGood);
  }
  const ended = new Set(journal.events.flatMap((event) => (event.type === 'step-finished' ? [event.stack] : [])));
  for (const { stack } of [...steps.values()].flat().filter(isRemoval)) {
    if (!ended.has(stack)) journal.write({ type: 'step-finished', stack, outcome: 'not-started', elapsedMs: 0 });
  }
  return false;
}
