import { SWEEPING_LAYER, teardownEdges } from '@roundtrip/environment';
import { criticalPath, type TimedStack } from '@roundtrip/view';
import type { Project } from './project.ts';
import type { Trip } from './trip.ts';

/** A stack or a hook of the chain that a trip could not be shorter than. */
export interface Link {
  readonly name: string;
  readonly ms: number;
}

/** The critical path of a trip, its hooks included, in the order in which it ran. */
export function longestChain({ layers }: Project, trip: Trip): readonly Link[] {
  const before = layersBefore(layers, trip.direction);
  const parts = partsOf(trip);
  const timed = parts.map((part): TimedStack => {
    const own = parts.filter(({ layer }) => layer === part.layer);
    const earlier = parts.filter(({ layer }) => before[part.layer]?.includes(layer) === true);
    const { name, startedAt, finishedAt } = part;
    return { name, startedAt, finishedAt, dependsOn: [...earlier, ...waitsFor(part, own)].map((one) => one.name) };
  });
  const byName = new Map(timed.map((one) => [one.name, one]));
  const links = criticalPath(timed).stacks.map((name): Link => {
    const { startedAt = 0, finishedAt = 0 } = byName.get(name) ?? {};
    return { name, ms: finishedAt - startedAt };
  });
  return links.filter(({ ms }) => ms > 0);
}

interface Part {
  readonly name: string;
  readonly layer: string;
  readonly when: 'before' | 'stack' | 'after';
  /** Stacks of its layer. */
  readonly dependsOn: readonly string[];
  readonly startedAt: number;
  readonly finishedAt: number;
}

function partsOf({ journal, hooks }: Trip): Part[] {
  const planned = journal.flatMap((event) => (event.type === 'step-planned' ? [event] : []));
  const times = new Map<string, Partial<Record<'step-started' | 'step-finished', number>>>();
  for (const event of journal) {
    if (event.type !== 'step-started' && event.type !== 'step-finished') continue;
    times.set(event.stack, { ...times.get(event.stack), [event.type]: event.at });
  }
  const stacks = planned.flatMap(({ stack: name, layer, dependsOn }): Part[] => {
    const { 'step-started': startedAt, 'step-finished': finishedAt } = times.get(name) ?? {};
    if (startedAt === undefined || finishedAt === undefined) return [];
    return [{ name, layer, when: 'stack', dependsOn, startedAt, finishedAt }];
  });
  const ofHooks = hooks.map(({ layer, kind, startedAt, finishedAt }): Part => {
    const when = kind.startsWith('before') ? 'before' : 'after';
    return { name: `${layer}/${kind}`, layer, when, dependsOn: [], startedAt, finishedAt };
  });
  return [...stacks, ...ofHooks];
}

/** Within a layer: a hook before its stacks, the stacks by their own graph, a hook after them. */
function waitsFor(part: Part, own: readonly Part[]): readonly Part[] {
  if (part.when === 'before') return [];
  if (part.when === 'after') return own.filter(({ when }) => when !== 'after');
  return own.filter(({ name, when }) => when === 'before' || part.dependsOn.includes(name));
}

/** For each layer all that come before it: one without stacks of its own hands on what it waited for. */
function layersBefore(layers: Project['layers'], direction: Trip['direction']): Record<string, readonly string[]> {
  const direct: Record<string, readonly string[]> =
    direction === 'up' ? Object.fromEntries(layers.map(({ name, dependsOn }) => [name, dependsOn])) : backwards(layers);
  const all = (name: string): string[] => (direct[name] ?? []).flatMap((one) => [one, ...all(one)]);
  return Object.fromEntries(layers.map(({ name }) => [name, [...new Set(all(name))]]));
}

/** The layer that sweeps comes last both ways. */
function backwards(layers: Project['layers']): Record<string, readonly string[]> {
  const own = layers.filter(({ name }) => name === SWEEPING_LAYER).map(({ name, dependsOn }) => [name, dependsOn]);
  return { ...teardownEdges(layers), ...(Object.fromEntries(own) as Record<string, readonly string[]>) };
}
