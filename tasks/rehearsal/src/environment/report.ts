import { formatCount, formatDuration, formatNumber } from '@roundtrip/view';
import type { Figures } from './figures.ts';
import type { PlayedSeed } from './play-seed.ts';
import type { Project } from './project.ts';
import { differentBlockers, type Verdict } from './verdict.ts';
import { formatMoment, later, weekendOf, type Weekend } from './weekend.ts';

const READ = /^(?:Describe|Get|Head|List)/;

/** What is printed, line by line: the answer first. */
export function reportLines(project: Project, played: readonly PlayedSeed[], verdict: Verdict): string[] {
  const { up, down } = verdict;
  return [
    ...answer(project, verdict),
    '',
    ...conditions(project, played),
    ...durations(up, down),
    ...chain('up', up),
    ...chain('down', down),
    ...calls(up, down),
    // Nobody has looked where nothing came to stand.
    ...(up === undefined ? [] : inTheWay(played)),
    ...(down === undefined ? [] : leftLines(played)),
  ];
}

function answer({ environment }: Project, { isYes, isProtected, why, up, down }: Verdict): string[] {
  const { name } = environment.facts;
  if (isProtected) return [`no: ${name} is protected and cannot be destroyed`, ...why.map((line) => `  why: ${line}`)];
  const { destroy, rebuild } = weekendOf(environment);
  const moments = `destroyed on ${formatMoment(destroy)} and rebuilt on ${formatMoment(rebuild)}`;
  if (isYes) return [`yes: ${name} can be ${moments}`, ...ends(weekendOf(environment), up, down)];
  return [`no: ${name} cannot be ${moments}`, ...why.map((line) => `  why: ${line}`)];
}

/** When whoever waits for it may look. */
function ends({ destroy, rebuild }: Weekend, up: Figures | undefined, down: Figures | undefined): string[] {
  if (up === undefined || down === undefined) return [];
  return [`  gone by ${formatMoment(later(destroy, down.mostMs))}, back by ${formatMoment(later(rebuild, up.mostMs))}`];
}

function conditions({ environment, layers, desired }: Project, played: readonly PlayedSeed[]): string[] {
  const stacks = [...desired.values()].flat().length;
  const hooks = played.flatMap(({ trips }) => trips).flatMap((trip) => trip.hooks);
  const named = (end: string): string[] => [
    ...new Set(
      hooks
        .filter((hook) => (hook.end === 'left-out') === (end === 'left-out'))
        .map((hook) => `${hook.layer}/${hook.kind}`),
    ),
  ];
  const [ran, leftOut] = [named('ran'), named('left-out')];
  const every = layers.flatMap((layer) => layer.hooks.map((kind) => `${layer.name}/${kind}`));
  const silent = every.filter((name) => !ran.includes(name) && !leftOut.includes(name));
  return [
    `${formatCount(stacks, 'stack')} in ${formatCount(layers.length, 'layer')}, seeds ${played.map(({ seed }) => seed).join(' ')}`,
    ...(environment.schedule === undefined ? [`${environment.file} has no schedule: a weekend is assumed`] : []),
    ...(ran.length === 0 ? [] : [`hooks run: ${ran.join(', ')}`]),
    ...(leftOut.length === 0 ? [] : [`hooks left out, because they start commands: ${leftOut.join(', ')}`]),
    ...(silent.length === 0 ? [] : [`hooks not run: ${silent.join(', ')}`]),
  ];
}

function durations(up: Figures | undefined, down: Figures | undefined): string[] {
  const rows = [
    ['', 'median', '95 %', 'longest', 'of'],
    ...Object.entries({ up, down }).flatMap(([name, figures]) =>
      figures === undefined
        ? []
        : [
            [
              name,
              formatDuration(figures.medianMs),
              formatDuration(figures.mostMs),
              formatDuration(figures.longestMs),
              formatNumber(figures.trips),
            ],
          ],
    ),
  ];
  return rows.length === 1 ? [] : ['', ...table(rows)];
}

function chain(name: string, figures: Figures | undefined): string[] {
  if (figures === undefined) return [];
  const ms = figures.chain.reduce((sum, link) => sum + link.ms, 0);
  const rows = figures.chain.map((link) => [`  ${link.name}`, formatDuration(link.ms)]);
  return ['', `critical path ${name}: ${formatDuration(ms)} of ${formatDuration(figures.medianMs)}`, ...table(rows)];
}

function calls(up: Figures | undefined, down: Figures | undefined): string[] {
  const ways = Object.entries({ up, down }).flatMap(([name, figures]) =>
    figures === undefined ? [] : [{ name, figures }],
  );
  if (ways.length === 0) return [];
  const operations = [...new Set(ways.flatMap(({ figures }) => Object.keys(figures.calls)))].sort();
  const row = (label: string, names: readonly string[]): string[] => [
    label,
    ...ways.map(({ figures }) => formatNumber(names.reduce((sum, one) => sum + (figures.calls[one] ?? 0), 0))),
  ];
  const kinds = (['reads', 'writes'] as const).flatMap((kind) => {
    const own = operations.filter((one) => READ.test(one) === (kind === 'reads'));
    return [row(kind, own), ...own.map((one) => row(`  ${one}`, [one]))];
  });
  const throttled = ['throttled', ...ways.map(({ figures }) => formatNumber(figures.throttled))];
  return ['', ...table([['calls', ...ways.map(({ name }) => name)], ...kinds, throttled])];
}

/** What a run clears away by itself stands here as well: it is gone afterwards. */
function inTheWay(played: readonly PlayedSeed[]): string[] {
  const lines = differentBlockers(played).map(({ stack, what, remedy }) =>
    'clear' in remedy ? `  ${stack}: ${what}, which the teardown clears away` : `  ${stack}: ${what}; ${remedy.next}`,
  );
  return [
    '',
    'in the way of a teardown',
    ...(lines.length === 0 ? ['  nothing'] : lines),
    '  not seen from here: what others import from, or put into, the real account',
  ];
}

function leftLines(played: readonly PlayedSeed[]): string[] {
  const texts = played.flatMap(({ left }) =>
    left.map(({ leftover: { type, logicalId, id, arn }, why }) => `  ${type ?? ''} ${logicalId ?? id ?? arn}: ${why}`),
  );
  return ['', 'left after a teardown', ...(texts.length === 0 ? ['  nothing'] : new Set(texts))];
}

/** Columns two spaces apart; the first to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
