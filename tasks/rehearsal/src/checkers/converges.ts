import { fingerprint, resolveStack } from '@roundtrip/engine';
import type { ObservedStack } from '@roundtrip/engine';
import { desiredOf, ENVIRONMENT } from '../desired.ts';
import type { Checker, Observation, Sight } from '../record.ts';

/** The acts of the healing after which the environment has to stand: all but its teardown. */
const UPS = [0, 1, 3];

/** When the faults are over, every run ends well, and what stands is what is wanted: no more, no less. */
export const converges: Checker = (observation) => {
  const { scenario, runs, sights } = observation;
  const healing = scenario.acts.length;
  const problems: string[] = [];
  for (const { act, run, outcome } of runs) {
    if (act < healing || act > healing + 3 || outcome.kind === 'done') continue;
    problems.push(`${run} ends ${JSON.stringify(outcome)} although nothing goes wrong`);
  }
  for (const up of UPS) {
    const sight = sights.get(healing + up);
    if (sight === undefined) problems.push(`nobody looked after act ${healing + up}`);
    else problems.push(...differences(observation, sight, healing + up));
  }
  return problems;
};

/** Between what is wanted and what stands. */
function differences({ scenario, generations }: Observation, sight: Sight, act: number): readonly string[] {
  const problems: string[] = [];
  const standing = new Map(sight.stacks.map((stack) => [stack.name, stack]));
  for (const stack of [...desiredOf(scenario, generations).values()].flat()) {
    const found = standing.get(stack.name);
    const resolved = resolveStack(stack, observedOf(sight));
    if (found === undefined) problems.push(`${stack.name} is not there after act ${act}`);
    else if (!/^(?:CREATE|UPDATE)_COMPLETE$/.test(found.status))
      problems.push(`${stack.name} is ${found.status} after act ${act}`);
    else if (!('stack' in resolved) || found.fingerprint !== fingerprint(resolved.stack)) {
      problems.push(`${stack.name} is not as it is wanted after act ${act}`);
    }
    standing.delete(stack.name);
  }
  for (const { name, environment } of standing.values()) {
    if (environment === ENVIRONMENT) problems.push(`${name} is there after act ${act}, and nobody wants it`);
  }
  return problems;
}

function observedOf({ stacks }: Sight): ReadonlyMap<string, ObservedStack> {
  return new Map(
    stacks.map(({ id, name, status, outputs }) => [
      name,
      { id, name, status, outputs, parameters: {}, tags: {}, terminationProtection: false, createdAt: 0 },
    ]),
  );
}
