import type { JournalEvent, StepOutcome } from '@roundtrip/engine';
import { failureSpans, failureTitle } from './failure-lines.ts';
import { formatClock, formatCount, formatDuration, formatOffset } from './format.ts';
import { insideGroup, withCommands } from './github-lines.ts';
import { disarm } from './github.ts';
import { outcomeCounts } from './outcome-counts.ts';
import { runTitle, type RunView } from './run-view.ts';
import { isTrouble, phaseOf } from './stack-status.ts';
import { clean, line, type Span, type Style } from './text.ts';

export interface PlainOptions {
  readonly color?: boolean;
  readonly github?: boolean;
}

type EventOf<Type extends JournalEvent['type']> = Extract<JournalEvent, { type: Type }>;

/**
 * The lines that a reader of a log needs of one event, with the time since the start of the run in front; none where
 * the event matters little (a stack that stays as it is, a state that was to be expected).
 *
 * @param event the event that came last
 * @param view the run after that event
 */
export function plainLines(event: JournalEvent, view: RunView, options: PlainOptions = {}): string[] {
  const stamp: Span = [`${formatOffset(event.at - (view.startedAt ?? event.at))} `, 'dim'];
  const color = options.color ?? false;
  const safe = options.github === true ? disarm : clean;
  const body = bodyOf(event, view, safe, options).map((spans) => line([stamp, ...spans], { color }));
  return options.github === true ? withCommands(event, view, body) : body;
}

function bodyOf(event: JournalEvent, view: RunView, safe: (text: string) => string, options: PlainOptions): Span[][] {
  switch (event.type) {
    case 'run-started':
      return [[[`${runTitle(event)}: `, 'bold'], runText(event)]];
    case 'guard-passed':
      return [[['✓ ', 'green'], safe(`${event.guard}: ${event.detail}`)]];
    case 'layer-started':
      return [
        [
          ['▶ ', 'blue'],
          [event.layer, 'bold'],
        ],
      ];
    case 'layer-finished':
      return [layerFinished(event, view)];
    case 'step-started':
      return stepStarted(event, view);
    case 'state':
      return isTrouble(event.status) && phaseOf(event.status) !== undefined
        ? [
            [
              '  ',
              `${event.stack}: `,
              [event.status, 'red'],
              event.reason === undefined ? '' : `: ${safe(event.reason)}`,
            ],
          ]
        : [];
    case 'step-finished':
      return stepFinished(event, view);
    case 'failure':
      return [
        [
          ['✗ ', 'red'],
          [failureTitle(event), 'red'],
        ],
        ...failureSpans(event).map((spans): Span[] => ['  ', ...spans]),
      ];
    case 'hook-started':
      return [['  ', `${event.layer} ${event.hook}: started`]];
    case 'hook-output':
      return options.github === true && !insideGroup(event.layer, view)
        ? []
        : [['  ', [`${event.layer} ${event.hook} | `, 'dim'], safe(event.line)]];
    case 'hook-finished':
      return [hookFinished(event, view, safe)];
    case 'notice':
      return [[['! ', 'yellow'], event.layer === undefined ? '' : `${event.layer}: `, safe(event.text)]];
    case 'readiness':
      return event.what === 'waiting'
        ? [['  ', `${event.stack}: complete, waits until ready: ${safe(event.detail)}`]]
        : [];
    case 'lease':
      return [leaseSpans(event, safe)];
    case 'retry':
    case 'cleared':
    case 'orphaned':
      return [recoverySpans(event, safe)];
    case 'stopped':
    case 'interrupted':
      return [endSpans(event, safe)];
    default:
      return [];
  }
}

/** What ends a run before its time. */
function endSpans(event: EventOf<'stopped'> | EventOf<'interrupted'>, safe: (text: string) => string): Span[] {
  if (event.type === 'stopped') {
    return [
      ['✗ ', 'red'],
      [`stopped: ${safe(event.what)}: ${safe(event.reason)}`, 'red'],
    ];
  }
  return [
    ['! ', 'yellow'],
    [`interrupted by ${event.signal}: nothing new is started`, 'yellow'],
  ];
}

/** What a run does about trouble by itself. What stays in the account stands in the ledger for the next run. */
function recoverySpans(
  event: EventOf<'retry'> | EventOf<'cleared'> | EventOf<'orphaned'>,
  safe: (text: string) => string,
): Span[] {
  const { stack } = event;
  switch (event.type) {
    case 'retry':
      return [
        ['! ', 'yellow'],
        `${stack}: ${event.operation} again in ${formatDuration(event.pauseMs)}, ${safe(event.reason)}`,
      ];
    case 'cleared':
      return ['  ', `${stack}: cleared away: ${safe(event.what)}`];
    case 'orphaned': {
      const thing = `${event.resourceType} ${safe(event.physicalId)} (${event.resource})`;
      return [['! ', 'yellow'], `${stack}: left in the account: ${thing}, ${safe(event.reason)}`];
    }
  }
}

const LEASE_WORDS: Record<EventOf<'lease'>['what'], { mark: string; style: Style; words: string }> = {
  waiting: { mark: '!', style: 'yellow', words: 'waiting for' },
  taken: { mark: '✓', style: 'green', words: 'taken,' },
  'taken-over': { mark: '!', style: 'yellow', words: 'taken over' },
  lost: { mark: '✗', style: 'red', words: 'lost:' },
  released: { mark: '✓', style: 'green', words: 'given back,' },
};

function leaseSpans(event: EventOf<'lease'>, safe: (text: string) => string): Span[] {
  const { mark, style, words } = LEASE_WORDS[event.what];
  return [[`${mark} `, style], `lease: ${words} ${safe(event.detail)}`];
}

function runText(event: EventOf<'run-started'>): string {
  const cloud = event.cloud === 'local' ? ', local cloud' : '';
  const layers = formatCount(event.layers.length, 'layer');
  return `${event.direction} in ${event.account} ${event.region}${cloud}, ${layers}, run ${event.run}`;
}

const LAYER_MARKS: Record<EventOf<'layer-finished'>['outcome'], { mark: string; style: Style; words: string }> = {
  done: { mark: '✓', style: 'green', words: 'done' },
  failed: { mark: '✗', style: 'red', words: 'failed' },
  'not-started': { mark: '-', style: 'yellow', words: 'not started' },
  interrupted: { mark: '!', style: 'yellow', words: 'interrupted' },
};

function layerFinished(event: EventOf<'layer-finished'>, view: RunView): Span[] {
  const { mark, style, words } = LAYER_MARKS[event.outcome];
  const startedAt = view.layers.get(event.layer)?.startedAt;
  const time = startedAt === undefined ? '' : ` in ${formatDuration(event.at - startedAt)}`;
  const stacks = [...view.stacks.values()].filter((stack) => stack.layer === event.layer);
  const counts = outcomeCounts(stacks).map(({ text }) => text);
  return [
    [`${mark} `, style],
    [event.layer, 'bold'],
    ` ${words}${time}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}`,
  ];
}

function stepStarted(event: EventOf<'step-started'>, view: RunView): Span[][] {
  const stack = view.stacks.get(event.stack);
  if (stack === undefined || stack.kind === 'skip' || stack.kind === 'refuse') return [];
  const expected = stack.expectedMs === undefined ? '' : `, expected ${formatClock(stack.expectedMs)}`;
  return [['  ', `${event.stack}: ${stack.kind}, ${clean(stack.reason)}${expected}`]];
}

const STEP_WORDS: Record<StepOutcome, { words: string; style: Style } | undefined> = {
  created: { words: 'created in', style: 'green' },
  updated: { words: 'updated in', style: 'green' },
  recreated: { words: 'recreated in', style: 'green' },
  deleted: { words: 'deleted in', style: 'green' },
  failed: { words: 'failed after', style: 'red' },
  refused: { words: 'refused', style: 'red' },
  // Stacks that stay as they are, or were never reached, stand as counts in the line of their layer.
  unchanged: undefined,
  'not-started': undefined,
};

function stepFinished(event: EventOf<'step-finished'>, view: RunView): Span[][] {
  const shown = STEP_WORDS[event.outcome];
  if (shown === undefined) return [];
  const name: Span = ['  ' + event.stack + ': ', 'plain'];
  if (event.outcome === 'refused')
    return [[name, ['refused', 'red'], `, ${clean(view.stacks.get(event.stack)?.reason ?? '')}`]];
  const status = event.outcome === 'failed' && event.status !== undefined ? ` (${event.status})` : '';
  return [[name, [shown.words, shown.style], ` ${formatDuration(event.elapsedMs)}${status}`]];
}

function hookFinished(event: EventOf<'hook-finished'>, view: RunView, safe: (text: string) => string): Span[] {
  const hook = view.hooks.findLast((one) => one.layer === event.layer && one.hook === event.hook);
  const time = hook === undefined ? '' : formatDuration(event.at - hook.startedAt);
  const detail = event.detail === undefined ? '' : `: ${safe(event.detail)}`;
  const name: Span = `${event.layer} ${event.hook}: `;
  return event.outcome === 'done'
    ? ['  ', name, ['done in', 'green'], ` ${time}${detail}`]
    : [['✗ ', 'red'], name, ['failed after', 'red'], ` ${time}${detail}`];
}
