import type { JournalEvent, StepKind } from './journal-event.ts';

/** How long operations took before: by stack and kind, and by layer and kind for stacks never seen. */
export interface Expectations {
  /** Milliseconds; undefined where nothing is known. */
  of(stack: string, kind: StepKind): number | undefined;
  /** Takes in one more event, so that stacks of this run teach their siblings. */
  learn(event: JournalEvent): void;
}

const GOOD: readonly string[] = ['created', 'updated', 'recreated', 'deleted'];

/** Samples kept of each series: the latest say most about the next. */
const SAMPLES_MAX = 9;

/** Learns expected durations from journal events, the oldest first; the median of the last samples counts. */
export function createExpectations(): Expectations {
  const samples = new Map<string, number[]>();
  const steps = new Map<string, { layer: string; kind: StepKind }>();
  const add = (key: string, ms: number): void => {
    const series = samples.get(key) ?? [];
    series.push(ms);
    if (series.length > SAMPLES_MAX) series.shift();
    samples.set(key, series);
  };
  return {
    of(stack, kind) {
      const own = samples.get(`${stack} ${kind}`);
      const layer = steps.get(stack)?.layer;
      const siblings = layer === undefined ? undefined : samples.get(`${layer} ${kind}`);
      return median(own ?? siblings);
    },
    learn(event) {
      if (event.type === 'step-planned') steps.set(event.stack, { layer: event.layer, kind: event.kind });
      if (event.type !== 'step-finished' || !GOOD.includes(event.outcome)) return;
      const step = steps.get(event.stack);
      if (step === undefined) return;
      add(`${event.stack} ${step.kind}`, event.elapsedMs);
      add(`${step.layer} ${step.kind}`, event.elapsedMs);
    },
  };
}

function median(values: readonly number[] | undefined): number | undefined {
  if (values === undefined || values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
