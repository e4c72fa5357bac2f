import { criticalPath } from './critical-path.ts';
import { formatCount } from './format.ts';
import type { HookView, LayerView, RunView, StackView } from './run-view.ts';
import { firstPhase, phaseOf, type Phase } from './stack-status.ts';
import { timedStacks } from './timed-stacks.ts';

export interface Segment {
  readonly phase: Phase | 'hook';
  /** Milliseconds since the start of the run, as all times here. */
  readonly fromMs: number;
  readonly toMs: number;
}

export type TimelineRow =
  | { readonly kind: 'layer'; readonly layer: LayerView; readonly fromMs?: number; readonly toMs?: number }
  | {
      readonly kind: 'stack';
      readonly stack: StackView;
      readonly segments: readonly Segment[];
      readonly critical: boolean;
    }
  | { readonly kind: 'hook'; readonly hook: HookView; readonly segments: readonly Segment[] }
  | { readonly kind: 'rest'; readonly text: string; readonly names: readonly string[] };

export interface TimelineLayout {
  readonly rows: readonly TimelineRow[];
  readonly wallMs: number;
  readonly critical: { readonly stacks: readonly string[]; readonly ms: number };
}

/** What the picture of a run shows, from top to bottom: its layers as they began, in each its stacks and hooks. */
export function timelineLayout(view: RunView): TimelineLayout {
  const startedAt = view.startedAt ?? 0;
  const latestMs = (view.latestAt ?? startedAt) - startedAt;
  const wallMs = Math.max(1, view.result?.wallMs ?? 0, latestMs);
  const critical = criticalPath(timedStacks(view));
  const names = new Set(critical.stacks);
  const rows = layersByStart(view).flatMap((layer) => layerRows(layer, view, startedAt, names));
  return { rows, wallMs, critical };
}

function layersByStart(view: RunView): LayerView[] {
  return [...view.layers.values()].sort((a, b) => (a.startedAt ?? Infinity) - (b.startedAt ?? Infinity) || 0);
}

function layerRows(layer: LayerView, view: RunView, startedAt: number, critical: ReadonlySet<string>): TimelineRow[] {
  const stacks = [...view.stacks.values()].filter((stack) => stack.layer === layer.name);
  const shown = stacks
    .filter((stack) => stack.startedAt !== undefined && stack.kind !== 'skip')
    .sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
  const span =
    layer.startedAt === undefined ? {} : { fromMs: layer.startedAt - startedAt, toMs: endOf(layer, view) - startedAt };
  return [
    { kind: 'layer', layer, ...span },
    ...view.hooks
      .filter((hook) => hook.layer === layer.name && hook.hook.startsWith('before'))
      .map((hook) => hookRow(hook, view, startedAt)),
    ...shown.map((stack): TimelineRow => {
      return { kind: 'stack', stack, segments: segmentsOf(stack, view, startedAt), critical: critical.has(stack.name) };
    }),
    ...view.hooks
      .filter((hook) => hook.layer === layer.name && hook.hook.startsWith('after'))
      .map((hook) => hookRow(hook, view, startedAt)),
    ...restRows(stacks),
  ];
}

/** Stacks without a bar: those that stayed as they are, were refused or were never reached, a line for each kind. */
function restRows(stacks: readonly StackView[]): TimelineRow[] {
  const still = stacks.filter((stack) => stack.startedAt === undefined || stack.kind === 'skip');
  const groups: [string, (stack: StackView) => boolean][] = [
    ['unchanged', (stack) => stack.outcome === 'unchanged'],
    ['refused', (stack) => stack.outcome === 'refused'],
    ['not started', (stack) => stack.outcome !== 'unchanged' && stack.outcome !== 'refused'],
  ];
  return groups.flatMap(([words, belongs]): TimelineRow[] => {
    const names = still.filter(belongs).map((stack) => stack.name);
    return names.length === 0 ? [] : [{ kind: 'rest', text: `${formatCount(names.length, 'stack')} ${words}`, names }];
  });
}

function hookRow(hook: HookView, view: RunView, startedAt: number): TimelineRow {
  const toMs = endOf(hook, view) - startedAt;
  return { kind: 'hook', hook, segments: [{ phase: 'hook', fromMs: hook.startedAt - startedAt, toMs }] };
}

/** The bar of a stack, cut where what CloudFormation does changes; a status that lasts changes nothing. */
function segmentsOf(stack: StackView, view: RunView, startedAt: number): Segment[] {
  const segments: Segment[] = [];
  let phase = firstPhase(stack.kind);
  let fromMs = (stack.startedAt ?? startedAt) - startedAt;
  for (const { at, status } of stack.statuses) {
    const next = phaseOf(status) ?? phase;
    if (next === phase) continue;
    const toMs = at - startedAt;
    if (segments.length > 0 || !isFirstSight(stack, at)) segments.push({ phase, fromMs, toMs });
    if (segments.length > 0) fromMs = toMs;
    phase = next;
  }
  return [...segments, { phase, fromMs, toMs: endOf(stack, view) - startedAt }];
}

/** The first status seen tells better than the plan what went on from the start of the step. */
function isFirstSight(stack: StackView, at: number): boolean {
  return stack.statuses[0]?.at === at;
}

function endOf(part: { readonly finishedAt?: number }, view: RunView): number {
  return part.finishedAt ?? view.latestAt ?? 0;
}
