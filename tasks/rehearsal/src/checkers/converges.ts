import { fingerprint, resolveStack } from '@roundtrip/engine';
import type { ObservedStack } from '@roundtrip/engine';
import { desiredOf, ENVIRONMENT } from '../desired.ts';
import type { Checker, Sight } from '../record.ts';

/** When the faults are over, every run ends well, and what stands is what is wanted: no more, no less. */
export const converges: Checker = ({ scenario, runs, sights, generations }) => {
  const problems: string[] = [];
  const healing = scenario.acts.length;
  for (const { act, run, outcome } of runs) {
    if (act < healing || act > healing + 3 || outcome.kind === 'done') continue;
    problems.push(`${run} ends ${JSON.stringify(outcome)} although nothing goes wrong`);
  }
  const last = sights.get(healing + 3);
  if (last === undefined) return [...problems, 'the last act was never seen'];
  const standing = new Map(last.stacks.map((stack) => [stack.name, stack]));
  for (const stack of [...desiredOf(scenario, generations).values()].flat()) {
    const found = standing.get(stack.name);
    const resolved = resolveStack(stack, observedOf(last));
    if (found === undefined) problems.push(`${stack.name} is not there after up`);
    else if (!/^(?:CREATE|UPDATE)_COMPLETE$/.test(found.status))
      problems.push(`${stack.name} is ${found.status} after up`);
    else if (!('stack' in resolved) || found.fingerprint !== fingerprint(resolved.stack)) {
      problems.push(`${stack.name} is not as it is wanted after up`);
    }
    standing.delete(stack.name);
  }
  for (const { name, environment } of standing.values()) {
    if (environment === ENVIRONMENT) problems.push(`${name} is there after up, and nobody wants it`);
  }
  return problems;
};

function observedOf({ stacks }: Sight): ReadonlyMap<string, ObservedStack> {
  return new Map(
    stacks.map(({ id, name, status, outputs }) => [
      name,
      { id, name, status, outputs, parameters: {}, tags: {}, terminationProtection: false, createdAt: 0 },
    ]),
  );
}
