import type { Step, StepKind } from '@roundtrip/engine';

/** Kinds after which a stack's outputs may be others than now. */
const CHANGING: readonly StepKind[] = ['create', 'update', 'recreate', 'continue-rollback', 'wait'];

/**
 * A plan in which a stack that reads outputs of one that will change is no longer called unchanged: whether it changes
 * too is known only when the other one is done, which is when the run looks again. Pure.
 * @param steps in the order of the run
 * @param outputMayChange whether an output of a stack whose step was planned may have another value afterwards
 */
export function withMayChange(
  steps: readonly Step[],
  outputMayChange: (stack: string, output: string) => boolean,
): readonly Step[] {
  const planned = new Map(steps.map((step) => [step.stack, step]));
  const seen = new Map<string, Step>();
  const judge = (step: Step): Step => {
    const known = seen.get(step.stack);
    if (known !== undefined) return known;
    seen.set(step.stack, step);
    const cause = step.kind === 'skip' ? changedSource(step, planned, judge, outputMayChange) : undefined;
    const judged: Step = cause === undefined ? step : { ...step, kind: 'update', reason: cause };
    seen.set(step.stack, judged);
    return judged;
  };
  return steps.map(judge);
}

function changedSource(
  step: Step,
  planned: ReadonlyMap<string, Step>,
  judge: (step: Step) => Step,
  outputMayChange: (stack: string, output: string) => boolean,
): string | undefined {
  for (const value of Object.values(step.desired?.parameters ?? {})) {
    if (typeof value === 'string') continue;
    const source = planned.get(value.stack);
    if (source !== undefined && CHANGING.includes(judge(source).kind) && outputMayChange(value.stack, value.output)) {
      return `may change: reads ${value.output} of ${value.stack}, which changes first`;
    }
  }
  return undefined;
}
