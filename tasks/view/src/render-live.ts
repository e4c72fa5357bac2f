import { formatClock, formatNumber } from './format.ts';
import { progress, type Progress } from './progress.ts';
import { stacksInFlight, type HookView, type RunView, type StackView } from './run-view.ts';
import { isTrouble } from './stack-status.ts';
import { clean, line, padEnd, padStart, width, type Span } from './text.ts';

export interface LiveOptions {
  /** The time now, in milliseconds since the epoch. */
  readonly nowMs: number;
  /** The size of the terminal. The frame stays below `rows`, because the cursor stands on the line after it. */
  readonly columns: number;
  readonly rows: number;
  readonly color: boolean;
}

const STACK_BAR_COLUMNS = 12;
const RUN_BAR_COLUMNS_MAX = 40;

/**
 * The frame of a run in progress: a line for each stack and hook in flight, one of counts, and one bar for the whole.
 * Where the terminal is too low for all, those started last give way to `… and 12 more`.
 */
export function renderLive(view: RunView, options: LiveOptions): string[] {
  const state = progress(view, options.nowMs);
  const foot = [countsLine(state), runLine(view, state, options)];
  const rowsLeft = Math.max(0, options.rows - 1 - foot.length);
  const work = workLines(view, options);
  const shown = work.length <= rowsLeft ? work : work.slice(0, Math.max(0, rowsLeft - 1));
  const more: Span[][] =
    shown.length < work.length && rowsLeft > 0 ? [[['  … and ' + (work.length - shown.length) + ' more', 'dim']]] : [];
  const lines = [...shown, ...more, ...foot].slice(-Math.max(1, options.rows - 1));
  return lines.map((spans) => line(spans, options));
}

function workLines(view: RunView, options: LiveOptions): Span[][] {
  const stacks = stacksInFlight(view);
  const hooks = view.hooks.filter((hook) => hook.outcome === undefined);
  const planned = new Set([...view.stacks.values()].map((stack) => stack.layer));
  const busy = new Set([...planned, ...hooks.map((hook) => hook.layer)]);
  const planning = [...view.layers.values()]
    .filter((layer) => layer.startedAt !== undefined && layer.outcome === undefined && !busy.has(layer.name))
    .map((layer) => layer.name);
  const names = [...stacks.map((stack) => stack.name), ...hooks.map(hookName), ...planning];
  const nameColumns = Math.min(Math.max(0, ...names.map(width)), Math.floor(options.columns / 2));
  const statusColumns = Math.max(0, ...stacks.map((stack) => statusOf(stack).length));
  return [
    ...stacks.map((stack) => stackLine(stack, nameColumns, statusColumns, options.nowMs)),
    ...hooks.map((hook) => hookLine(hook, nameColumns, options.nowMs)),
    ...planning.map((name): Span[] => ['  ', padEnd(name, nameColumns), ['  planning', 'dim']]),
  ];
}

function stackLine(stack: StackView, nameColumns: number, statusColumns: number, nowMs: number): Span[] {
  const elapsed = nowMs - (stack.startedAt ?? nowMs);
  const status = padEnd(statusOf(stack), statusColumns);
  const spans: Span[] = ['  ', padEnd(stack.name, nameColumns), '  '];
  spans.push([status, isTrouble(stack.status ?? '') ? 'red' : 'cyan'], '  ', padStart(formatClock(elapsed), 5));
  if (stack.expectedMs === undefined) return spans;
  const late = elapsed > stack.expectedMs;
  spans.push([` of ~${padEnd(formatClock(stack.expectedMs), 5)}`, late ? 'yellow' : 'dim'], '  ');
  return [...spans, ...bar(elapsed / Math.max(1, stack.expectedMs), STACK_BAR_COLUMNS)];
}

function statusOf(stack: StackView): string {
  return stack.status ?? `${stack.kind} asked for`;
}

function hookName(hook: HookView): string {
  return `${hook.layer} ${hook.hook}`;
}

function hookLine(hook: HookView, nameColumns: number, nowMs: number): Span[] {
  const head: Span[] = ['  ', padEnd(hookName(hook), nameColumns), '  ', ['hook', 'magenta'], '  '];
  return [...head, padStart(formatClock(nowMs - hook.startedAt), 5), ['  ' + clean(hook.lines.at(-1) ?? ''), 'dim']];
}

function countsLine(state: Progress): Span[] {
  const spans: Span[] = [
    `${state.inFlight} in flight, ${state.waiting} waiting, ${formatNumber(state.finished)} finished`,
  ];
  if (state.failed > 0) spans.push(', ', [`${state.failed} failed`, 'red']);
  return spans;
}

function runLine(view: RunView, state: Progress, options: LiveOptions): Span[] {
  const elapsed = formatClock(options.nowMs - (view.startedAt ?? options.nowMs));
  const tail = `  ${String(Math.floor(state.fraction * 100)).padStart(3)} %  ${elapsed}${remainingText(state)}`;
  const name = view.head === undefined ? '' : `${view.head.environment}  `;
  const room = options.columns - width(name) - width(tail);
  const bars = room < 5 ? [] : bar(state.fraction, Math.min(RUN_BAR_COLUMNS_MAX, room));
  const interrupted: Span[] = view.interrupted === undefined ? [] : [['  stopping', 'yellow']];
  return [[name, 'bold'], ...bars, tail, ...interrupted];
}

function remainingText(state: Progress): string {
  if (state.remainingMs === undefined) return '';
  if (state.remainingMs < 1000) return state.atLeast ? '' : ', longer than expected';
  return `, ${state.atLeast ? 'at least' : 'about'} ${formatClock(state.remainingMs)} left`;
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

function bar(fraction: number, columns: number): Span[] {
  const eighths = Math.round(Math.min(1, Math.max(0, fraction)) * columns * 8);
  const filled = '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
  return [
    [filled, 'green'],
    ['░'.repeat(columns - width(filled)), 'dim'],
  ];
}
