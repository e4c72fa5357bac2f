import type { StepOutcome } from '@roundtrip/engine';
import { formatNumber } from './format.ts';
import type { StackView } from './run-view.ts';
import type { Style } from './text.ts';

const SHOWN: readonly { outcome: StepOutcome; words: string; style: Style }[] = [
  { outcome: 'created', words: 'created', style: 'green' },
  { outcome: 'updated', words: 'updated', style: 'green' },
  { outcome: 'recreated', words: 'recreated', style: 'green' },
  { outcome: 'deleted', words: 'deleted', style: 'green' },
  { outcome: 'unchanged', words: 'unchanged', style: 'plain' },
  { outcome: 'failed', words: 'failed', style: 'red' },
  { outcome: 'refused', words: 'refused', style: 'red' },
  { outcome: 'not-started', words: 'not started', style: 'yellow' },
];

/** How many stacks ended how, without the ways in which none did: `12 created`, `1 failed`. */
export function outcomeCounts(stacks: Iterable<StackView>): { text: string; style: Style }[] {
  const counts = new Map<StepOutcome | 'in-flight', number>();
  for (const stack of stacks) {
    const outcome = stack.outcome ?? (stack.startedAt === undefined ? 'not-started' : 'in-flight');
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  const shown = SHOWN.flatMap(({ outcome, words, style }) => {
    const count = counts.get(outcome) ?? 0;
    return count === 0 ? [] : [{ text: `${formatNumber(count)} ${words}`, style }];
  });
  const inFlight = counts.get('in-flight') ?? 0;
  return inFlight === 0 ? shown : [...shown, { text: `${formatNumber(inFlight)} still in flight`, style: 'yellow' }];
}
