import { criticalPath } from './critical-path.ts';
import { failureSpans, failureTitle } from './failure-lines.ts';
import { formatCount, formatDuration, formatNumber } from './format.ts';
import { outcomeCounts } from './outcome-counts.ts';
import { runTitle, type HookView, type RunResult, type RunView, type StackView } from './run-view.ts';
import { clean, line, type Span, type Style } from './text.ts';
import { timedStacks } from './timed-stacks.ts';

export interface SummaryOptions {
  readonly color?: boolean;
  /** Where the journal and the timeline are, as a person would open them. */
  readonly journalFile?: string;
  readonly timelineFile?: string;
  /** What became of the journal's copy in the account's bucket, in words. */
  readonly copy?: string;
}

/**
 * What a person reads when a run is over: how it ended, what became of the stacks, where the time and the calls went,
 * and for each failure its reason, its likely cause and the command to type next.
 */
export function summary(view: RunView, options: SummaryOptions = {}): string[] {
  const lines: Span[][] = [
    headSpans(view),
    ...stackLines(view),
    ...timeLines(view),
    ...slowerLines(view),
    ...callLines(view),
  ];
  if (options.journalFile !== undefined) lines.push(field('journal', options.journalFile));
  if (options.copy !== undefined) lines.push(field('copy', options.copy));
  if (options.timelineFile !== undefined) lines.push(field('timeline', options.timelineFile));
  if (view.lease?.what === 'lost')
    lines.push([''], ...endLines('the lease was lost', view.lease.detail, view.lease.next));
  if (view.interrupted?.next !== undefined) {
    const { signal, next } = view.interrupted;
    lines.push([''], ...endLines(`interrupted by ${signal}`, 'what AWS has accepted goes on there', next));
  }
  if (view.stopped !== undefined) {
    const { what, reason, next } = view.stopped;
    lines.push([''], ...endLines(what, reason, next));
  }
  for (const failure of view.failures) {
    lines.push(
      [''],
      [
        ['✗ ', 'red'],
        [failureTitle(failure), 'bold'],
      ],
      ...failureSpans(failure),
    );
  }
  for (const hook of view.hooks) if (hook.outcome === 'failed') lines.push([''], ...hookLines(hook));
  return lines.map((spans) => line(spans, { color: options.color ?? false }));
}

/** How a run ended, in words: `done in 8:12 min`, `failed after 1:05 min`, `did not finish`. */
export function resultText(view: RunView): { text: string; style: Style } {
  const { result, interrupted } = view;
  if (result === undefined) return { text: 'did not finish', style: 'yellow' };
  const time = formatDuration(result.wallMs);
  if (interrupted !== undefined) return { text: `interrupted by ${interrupted.signal} after ${time}`, style: 'yellow' };
  if (result.exitCode === 0) return { text: `done in ${time}`, style: 'green' };
  const words: Record<number, string> = { 2: 'stopped by bad input', 3: 'refused by a guard' };
  return { text: `${words[result.exitCode] ?? 'failed'} after ${time}`, style: 'red' };
}

function headSpans(view: RunView): Span[] {
  const { text, style } = resultText(view);
  return [[view.head === undefined ? 'run' : runTitle(view.head), 'bold'], ' ', [text, style]];
}

function field(label: string, ...spans: Span[]): Span[] {
  return [[`  ${label.padEnd(15)}`, 'dim'], ...spans];
}

function stackLines(view: RunView): Span[][] {
  const spans = outcomeCounts(view.stacks.values()).flatMap(({ text, style }, index): Span[] => [
    index === 0 ? '' : ', ',
    [text, style],
  ]);
  // A run with nothing to change ends its layers without starting them.
  const missed = [...view.layers.values()]
    .filter((layer) => layer.startedAt === undefined && layer.outcome !== 'done')
    .map((layer) => layer.name);
  return [
    field('stacks', ...(spans.length === 0 ? ['none'] : spans)),
    ...(missed.length === 0 ? [] : [field('not reached', `${missed.join(', ')}`)]),
  ];
}

function timeLines(view: RunView): Span[][] {
  const path = criticalPath(timedStacks(view));
  if (path.stacks.length === 0) return [];
  const expected = path.stacks.map((name) => view.stacks.get(name)?.expectedMs);
  const expectedMs = expected.reduce<number | undefined>(
    (sum, ms) => (sum === undefined || ms === undefined ? undefined : sum + ms),
    0,
  );
  const compared = expectedMs === undefined ? '' : ` (expected ${formatDuration(expectedMs)})`;
  return [field('critical path', `${formatDuration(path.ms)}${compared}: ${path.stacks.join(' → ')}`)];
}

/** Which stacks made the run slower than the last ones, where it was by a quarter. */
function slowerLines({ slower }: RunView): Span[][] {
  if (slower === undefined) return [];
  const { ms, usualMs, runs, stacks } = slower;
  const share = `${Math.round((ms / usualMs - 1) * 100)} %`;
  const which = stacks.map(
    (one) => `${one.stack} took ${formatDuration(one.ms)}, usually ${formatDuration(one.usualMs)}`,
  );
  const why = which.length === 0 ? 'no stack of the critical path, but what is between them' : which.join('; ');
  return [
    field('slower', [`by ${share} than the last ${runs} runs (${formatDuration(usualMs)})`, 'yellow'], `: ${why}`),
  ];
}

function callLines(view: RunView): Span[][] {
  if (view.result === undefined) return [];
  const total = totalCalls(view.result);
  const stacks: readonly StackView[] = [...view.stacks.values()];
  const each = stacks.length === 0 ? '' : `, ${(total / stacks.length).toFixed(1)} per stack`;
  const byOperation = Object.entries(view.result.calls)
    .sort(([nameA, a], [nameB, b]) => b - a || (nameA < nameB ? -1 : 1))
    .map(([name, count]) => `${name} ${formatNumber(count)}`);
  const throttled: Span = [
    `${formatNumber(view.result.throttled)} throttled`,
    view.result.throttled === 0 ? 'plain' : 'yellow',
  ];
  return [
    field('API calls', `${formatNumber(total)}${each}, `, throttled),
    ...(byOperation.length === 0 ? [] : [field('', byOperation.join(', '))]),
  ];
}

/** Every API call of a run. */
export function totalCalls(result: RunResult): number {
  return Object.values(result.calls).reduce((sum, count) => sum + count, 0);
}

/** A run that was interrupted, stopped, or lost its lease, has ended early for no stack's fault. */
function endLines(what: string, reason: string, next: string | undefined): Span[][] {
  return [
    [
      ['✗ ', 'red'],
      [clean(what), 'bold'],
    ],
    [['  reason  ', 'dim'], clean(reason)],
    ...(next === undefined ? [] : [[['  next    ', 'dim'] as const, [clean(next), 'cyan'] as const]]),
  ];
}

function hookLines(hook: HookView): Span[][] {
  const last = hook.lines.slice(-5).map((text): Span[] => [['  | ', 'dim'], clean(text)]);
  const more = hook.lines.length + hook.linesDropped - last.length;
  return [
    [
      ['✗ ', 'red'],
      [`${hook.layer}: hook ${hook.hook} failed`, 'bold'],
    ],
    ...(hook.detail === undefined ? [] : [[['  reason  ', 'dim'] as const, clean(hook.detail)]]),
    ...(more > 0 ? [[[`  | … ${formatCount(more, 'earlier line')}`, 'dim'] as const]] : []),
    ...last,
  ];
}
