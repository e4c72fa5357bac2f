import type { JournalEvent, StepKind } from './journal-event.ts';

/** How long operations took before, in milliseconds; undefined where nothing is known. */
export interface Expectations {
  /** What this very stack took: good enough to time the next look at it. */
  own(stack: string, kind: StepKind): number | undefined;
  /** The same, or what other stacks of its layer took: good enough to show to a person. */
  of(stack: string, kind: StepKind): number | undefined;
  /** Takes in one more event, so that stacks of this run teach their siblings. */
  learn(event: JournalEvent): void;
}

const GOOD: readonly string[] = ['created', 'updated', 'recreated', 'deleted'];

const SPAN_SHARE = 0.3;

/** Samples kept of each series: the latest say most about the next. */
const SAMPLES_MAX = 5;

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
  const own = (stack: string, kind: StepKind): number | undefined => median(samples.get(`stack ${stack} ${kind}`));
  return {
    own,
    of(stack, kind) {
      const layer = steps.get(stack)?.layer;
      return own(stack, kind) ?? (layer === undefined ? undefined : median(samples.get(`layer ${layer} ${kind}`)));
    },
    learn(event) {
      if (event.type === 'step-planned') steps.set(event.stack, { layer: event.layer, kind: event.kind });
      if (event.type !== 'step-finished' || !GOOD.includes(event.outcome)) return;
      const step = steps.get(event.stack);
      if (step === undefined) return;
      const ms = endOf(event.inFlightMs ?? 0, event.elapsedMs);
      add(`stack ${event.stack} ${step.kind}`, ms);
      add(`layer ${step.layer} ${step.kind}`, ms);
    },
  };
}

/** The end lay between two looks; the next run looks early in that span and so narrows it. */
function endOf(inFlightMs: number, elapsedMs: number): number {
  return inFlightMs + (elapsedMs - inFlightMs) * SPAN_SHARE;
}

function median(values: readonly number[] | undefined): number | undefined {
  if (values === undefined || values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
