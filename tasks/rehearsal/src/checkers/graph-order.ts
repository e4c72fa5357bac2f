import { stackName } from '../desired.ts';
import type { Checker, OperationRecord } from '../record.ts';
import type { Scenario } from '../scenario.ts';

/**
 * No stack is begun before those that it depends on stand, and none is taken away while one that depends on it stands:
 * by the stacks' own events.
 */
export const graphOrder: Checker = ({ scenario, operations }) => {
  const needs = needsOf(scenario);
  const byStack = new Map<string, OperationRecord[]>();
  for (const one of operations) byStack.set(one.stack, [...(byStack.get(one.stack) ?? []), one]);
  const problems: string[] = [];
  for (const { stack, kind, beganAt } of operations) {
    if (kind === 'create') {
      for (const need of needs.get(stack) ?? []) {
        if (!standsAt(byStack.get(need), beganAt))
          problems.push(`${stack} was created at ${beganAt} before ${need} stood`);
      }
    }
    if (kind !== 'delete') continue;
    for (const [other, others] of needs) {
      if (!others.includes(stack) || !standsAt(byStack.get(other), beganAt)) continue;
      problems.push(`${stack} was deleted at ${beganAt} while ${other} stood`);
    }
  }
  return problems;
};

/** Made whole, and not begun to be deleted since. */
function standsAt(operations: readonly OperationRecord[] | undefined, at: number): boolean {
  const before = (operations ?? []).filter(({ beganAt }) => beganAt < at).sort((a, b) => a.beganAt - b.beganAt);
  const last = before.findLast(({ kind }) => kind !== 'update');
  return last !== undefined && last.kind === 'create' && last.end === 'CREATE_COMPLETE' && last.endedAt <= at;
}

function needsOf({ stacks, layers }: Scenario): ReadonlyMap<string, readonly string[]> {
  const layersOf = new Map(layers.map(({ name, dependsOn }) => [name, dependsOn]));
  return new Map(
    stacks.map((stack) => {
      const own = stack.dependsOn.map((name) => stackName({ layer: stack.layer, name }));
      const above = stacks.filter(({ layer }) => layersOf.get(stack.layer)?.includes(layer)).map(stackName);
      return [stackName(stack), [...own, ...above]];
    }),
  );
}
