import { alignColumns } from './columns.ts';
import { formatCount, formatDuration } from './format.ts';
import type { ListOptions } from './plan-lines.ts';
import { isTrouble } from './stack-status.ts';
import type { StatusEnvironmentView, StatusStackView, StatusView } from './status-view.ts';
import { clean, line, type Span } from './text.ts';

/** Every environment with its stacks: their states, their ages, and the last run. */
export function statusLines(status: StatusView, options: ListOptions): string[] {
  if (status.environments.length === 0) return ['no environments: there is no file in envs/'];
  return status.environments
    .flatMap((environment, index): Span[][] => [
      ...(index === 0 ? [] : [['']]),
      ...environmentLines(environment, status.nowMs),
    ])
    .map((spans) => line(spans, options));
}

function environmentLines(environment: StatusEnvironmentView, nowMs: number): Span[][] {
  const { name, account, region, cloud, protect, stacks } = environment;
  // Of an env file that cannot be read only the name is known.
  const where = account === '' ? '' : `  ${account} ${region}${cloud === 'local' ? ', local cloud' : ''}`;
  const head: Span[] = [[name, 'bold'], where, protect ? [', protected', 'magenta'] : ''];
  const reached = environment.reachable === true;
  return [
    reached ? [...head, `, ${stacks.length === 0 ? 'no stacks' : formatCount(stacks.length, 'stack')}`] : head,
    ...(reached ? [] : [[['  not reachable: ', 'red'] as const, clean(String(environment.reachable))]]),
    [['  last run  ', 'dim'], lastRunText(environment.lastRun, nowMs)],
    ...stackTable(stacks, environment.cloudNowMs ?? nowMs),
  ];
}

function lastRunText(run: StatusEnvironmentView['lastRun'], nowMs: number): string {
  if (run === undefined) return 'none';
  const ago = formatDuration(nowMs - run.startedAt);
  return `${run.verb} ${ago} ago, ${clean(run.result)} after ${formatDuration(run.wallMs)} (${run.run})`;
}

function stackTable(stacks: readonly StatusStackView[], nowMs: number): Span[][] {
  if (stacks.length === 0) return [];
  const head: Span[] = ['  STACK', 'LAYER', 'STATE', 'AGE', 'CHANGED', ''].map((text) => [text, 'dim'] as const);
  const rows = stacks.map((stack): Span[] => [
    `  ${stack.name}`,
    stack.layer,
    [stack.status, isTrouble(stack.status) ? 'red' : stack.status.endsWith('_IN_PROGRESS') ? 'yellow' : 'green'],
    stack.createdAt === undefined ? '-' : formatDuration(nowMs - stack.createdAt),
    stack.updatedAt === undefined ? '-' : `${formatDuration(nowMs - stack.updatedAt)} ago`,
    [remarks(stack), stack.ours ? 'magenta' : 'red'],
  ]);
  return alignColumns([head, ...rows]);
}

function remarks(stack: StatusStackView): string {
  return [stack.protected ? 'protected' : '', stack.ours ? '' : 'not ours'].filter((text) => text !== '').join(', ');
}
