import type { Direction, LayerNode } from './journal-event.ts';
import type { Step } from './plan.ts';

/** True for the step that deletes, in an up, a stack that is no longer wanted. */
export function isRemoval({ kind, desired }: Step): boolean {
  return kind === 'delete' && desired === undefined;
}

/** What of a layer's plan is done in its turn: all of it but what an up deletes. */
export function inTurn(direction: Direction, steps: readonly Step[]): readonly Step[] {
  return direction === 'up' ? steps.filter((step) => !isRemoval(step)) : steps;
}

/**
 * What an up deletes comes after everything else: stacks of other layers may use it until they have been updated
 * themselves. Dependents go first, as in a teardown.
 * @param steps the plan, by layer; what else is in it is left out
 */
export function removalsLast(
  layers: readonly LayerNode[],
  steps: ReadonlyMap<string, readonly Step[]>,
): readonly Step[] {
  const removals = new Map([...steps].map(([layer, ofLayer]) => [layer, ofLayer.filter(isRemoval)]));
  return layers.flatMap(({ name }) => {
    const above = dependentsOf(name, layers).flatMap((layer) => removals.get(layer) ?? []);
    const dependsOn = above.map(({ stack }) => stack);
    return (removals.get(name) ?? []).map((step) => ({ ...step, dependsOn }));
  });
}

/** The layers that depend on one, directly or by others. */
function dependentsOf(layer: string, layers: readonly LayerNode[]): readonly string[] {
  const found = new Set<string>([layer]);
  // A set that grows while it is gone through: those that are found are looked at as well.
  for (const known of found) for (const { name, dependsOn } of layers) if (dependsOn.includes(known)) found.add(name);
  found.delete(layer);
  return [...found];
}
