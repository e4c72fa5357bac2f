import type { StepKind } from '@roundtrip/engine';
import { formatCount, formatNumber } from './format.ts';
import type { PlanPropertyView, PlanResourceView, PlanStackView, PlanView } from './plan-view.ts';
import { runTitle } from './run-view.ts';
import { clean, line, padEnd, width, type Span, type Style } from './text.ts';

export interface ListOptions {
  readonly color: boolean;
  /** Columns of the terminal; lines are cut to them. Left out for a file or a pipe. */
  readonly columns?: number;
}

interface Mark {
  readonly mark: string;
  readonly style: Style;
  readonly words: string;
  /** For the totals: `3 to create`. */
  readonly total: string;
}

const STEPS: Record<StepKind, Mark> = {
  create: { mark: '+', style: 'green', words: 'create', total: 'to create' },
  update: { mark: '~', style: 'yellow', words: 'update', total: 'to update' },
  recreate: { mark: '±', style: 'red', words: 'delete and create', total: 'to recreate' },
  'continue-rollback': { mark: '↻', style: 'yellow', words: 'continue rollback', total: 'to roll back further' },
  wait: { mark: '…', style: 'blue', words: 'wait', total: 'to wait for' },
  delete: { mark: '-', style: 'red', words: 'delete', total: 'to delete' },
  refuse: { mark: '!', style: 'red', words: 'refuse', total: 'refused' },
  skip: { mark: '=', style: 'dim', words: 'unchanged', total: 'unchanged' },
};

const VALUE_COLUMNS_MAX = 60;

/** What would be done, layer by layer: each stack, its resources with what is replaced or deleted, and the totals. */
export function planLines(plan: PlanView, options: ListOptions): string[] {
  const lines: Span[][] = [[[`${runTitle(plan)}: what would be done`, 'bold']]];
  const layers = new Set(plan.stacks.map((stack) => stack.layer));
  for (const layer of layers) {
    lines.push(
      [''],
      ...layerLines(
        layer,
        plan.stacks.filter((stack) => stack.layer === layer),
      ),
    );
  }
  lines.push(...blockerLines(plan), [''], totals(plan), ...warning(plan), ...noticeLines(plan));
  return lines.map((spans) => line(spans, options));
}

/** Of a teardown alone: an empty list is worth a line. */
function blockerLines({ blockers, unseen = [] }: PlanView): Span[][] {
  if (blockers === undefined) return [];
  const all = blockers.map(({ stack, what, next }): Span[] => {
    const words: Span = next === undefined ? ['cleared by the run', 'yellow'] : ['only a person may clear it', 'red'];
    return ['  ', `${stack}: ${clean(what)}: `, words];
  });
  const blind = unseen.map((one): Span[] => [`  not looked into: ${clean(one)}`]);
  const head: Span[] = all.length === 0 ? ['nothing is in the way'] : [['in the way', 'bold']];
  return [[''], head, ...all, ...blind];
}

function layerLines(layer: string, stacks: readonly PlanStackView[]): Span[][] {
  const changed = stacks.filter((stack) => stack.kind !== 'skip');
  const columns = Math.max(0, ...changed.map((stack) => width(stack.name)));
  const unchanged = stacks.length - changed.length;
  const lines: Span[][] = [[[layer, 'bold']], ...changed.flatMap((stack) => stackLines(stack, columns))];
  if (unchanged > 0) lines.push([[`  = ${formatCount(unchanged, 'stack')} unchanged`, 'dim']]);
  return lines;
}

function stackLines(stack: PlanStackView, nameColumns: number): Span[][] {
  const { mark, style, words } = STEPS[stack.kind];
  const head: Span[] = [[`  ${mark} `, style], padEnd(stack.name, nameColumns), '  ', [words, style]];
  const resources = stack.resources ?? [];
  const idColumns = Math.max(0, ...resources.map((resource) => width(resource.logicalId)));
  const typeColumns = Math.max(0, ...resources.map((resource) => width(resource.type)));
  return [
    [...head, `: ${clean(stack.reason)}`],
    ...resources.flatMap((resource) => resourceLines(resource, idColumns, typeColumns)),
  ];
}

function resourceLines(resource: PlanResourceView, idColumns: number, typeColumns: number): Span[][] {
  const { mark, style, words } = resourceMark(resource);
  const type: Span = words === '' ? resource.type : padEnd(resource.type, typeColumns) + '  ';
  return [
    [[`      ${mark} `, style], padEnd(resource.logicalId, idColumns), '  ', type, [words, style]],
    ...resource.properties.map(propertyLine),
  ];
}

function resourceMark(resource: PlanResourceView): { mark: string; style: Style; words: string } {
  const kept = KEPT[resource.deletionPolicy ?? ''];
  if (resource.action === 'add') return { mark: '+', style: 'green', words: '' };
  if (resource.action === 'remove') return { mark: '-', style: kept ? 'yellow' : 'red', words: kept ?? 'deleted' };
  if (resource.replacement === 'no') return { mark: '~', style: 'yellow', words: '' };
  const words = resource.replacement === 'yes' ? 'replaced' : 'may be replaced';
  return { mark: '±', style: 'red', words: kept === undefined ? words : `${words}, the old one ${kept}` };
}

/** Deletion policies under which something is left of a resource. */
const KEPT: Readonly<Record<string, string>> = {
  Retain: 'retained outside the stack',
  RetainExceptOnCreate: 'retained outside the stack',
  Snapshot: 'deleted after a snapshot',
};

function propertyLine(property: PlanPropertyView): Span[] {
  const path: Span = `          ${property.path}: `;
  if (property.before === undefined) return [path, [valueText(property.after), 'green'], [' (new)', 'dim']];
  if (property.after === undefined) return [path, [valueText(property.before), 'red'], [' (removed)', 'dim']];
  return [path, [valueText(property.before), 'red'], ' → ', [valueText(property.after), 'green']];
}

/** A value on one line, quoted where it is a text, so that 1 and "1" differ; long ones are cut. */
function valueText(value: unknown): string {
  return line([clean(JSON.stringify(value) ?? 'nothing')], { color: false, columns: VALUE_COLUMNS_MAX });
}

function totals(plan: PlanView): Span[] {
  const spans = Object.entries(STEPS).flatMap(([kind, { total, style }]): Span[] => {
    const count = plan.stacks.filter((stack) => stack.kind === kind).length;
    return count === 0 ? [] : [', ', [`${formatNumber(count)} ${total}`, style]];
  });
  if (plan.stacks.every((stack) => stack.kind === 'skip')) {
    const all = formatCount(plan.stacks.length, 'stack');
    return [['nothing to do', 'green'], `: ${all} ${plan.stacks.length === 1 ? 'is as it' : 'are as they'} should be`];
  }
  return spans.slice(1);
}

function warning(plan: PlanView): Span[][] {
  const named = (wanted: (resource: PlanResourceView) => boolean) =>
    plan.stacks.flatMap((stack) =>
      (stack.resources ?? []).filter(wanted).map((resource) => `${stack.name}/${resource.logicalId}`),
    );
  const stacks = (kind: StepKind) => plan.stacks.filter((stack) => stack.kind === kind).map((stack) => stack.name);
  const groups: [noun: string, words: string, names: string[]][] = [
    ['stack', `deleted with all in ${goneWith(plan)}`, [...stacks('delete'), ...stacks('recreate')]],
    ['resource', 'replaced', named(({ action, replacement }) => action === 'modify' && replacement === 'yes')],
    [
      'resource',
      'perhaps replaced',
      named(({ action, replacement }) => action === 'modify' && replacement === 'maybe'),
    ],
    [
      'resource',
      'deleted',
      named((resource) => resource.action === 'remove' && KEPT[resource.deletionPolicy ?? ''] === undefined),
    ],
  ];
  return groups
    .filter(([, , names]) => names.length > 0)
    .map(([noun, words, names]): Span[] => [[`! ${formatCount(names.length, noun)} ${words}: `, 'red'], listed(names)]);
}

function noticeLines({ notices = [] }: PlanView): Span[][] {
  return notices.map((text): Span[] => [['! ', 'yellow'], clean(text)]);
}

/** `it`, or the number of resources where a plan only deletes. */
function goneWith({ stacks }: PlanView): string {
  const deleted = stacks.filter(({ kind }) => kind === 'delete');
  const counts = deleted.map(({ resources }) => resources?.length);
  const isKnown = deleted.length === stacks.filter(({ kind }) => kind === 'delete' || kind === 'recreate').length;
  if (!isKnown || deleted.length === 0 || counts.includes(undefined)) return 'it';
  return `it, ${formatCount(
    counts.reduce<number>((sum, count = 0) => sum + count, 0),
    'resource',
  )}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${formatNumber(names.length - 5)} more` : shown;
}
