import { fingerprint, resolveStack } from '@roundtrip/engine';
import type { ObservedStack } from '@roundtrip/engine';
import { desiredOf, ENVIRONMENT, wantedValues } from '../desired.ts';
import type { Checker, Observation, Sight } from '../record.ts';
import type { Scenario } from '../scenario.ts';

/** The acts of the healing after which the environment has to stand: all but its teardown. */
const UPS = [0, 1, 3];

/**
 * When the faults are over, every run ends well, and what stands is what is wanted: no more, no less. After every up
 * that says that it is done, what the stacks hold is what the templates want, and what they read is what it is by then.
 */
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
  return [...problems, ...[...sights].flatMap(([act, sight]) => stale(observation, act, sight))];
};

/** What the parameters themselves say after an up that is done, against what they should. */
function stale({ scenario, runs }: Observation, act: number, { values }: Sight): readonly string[] {
  const ofAct = runs.filter((run) => run.act === act).sort((a, b) => a.endedAt - b.endedAt);
  const last = ofAct.at(-1);
  if (last?.outcome.kind !== 'done' || !ofAct.every(({ verb }) => verb === 'up')) return [];
  const wanted = wantedValues(scenario, generationsAt(scenario, act));
  return [...wanted]
    .filter(([name, value]) => values[name] !== value)
    .map(([name, value]) => `${name} says "${values[name]}" and not "${value}" after ${last.run} was done`);
}

/** How often each stack's template has changed when an act begins. */
function generationsAt({ acts, stacks }: Scenario, act: number): readonly number[] {
  const changes = acts.slice(0, act + 1).flatMap((one) => one.changes);
  return stacks.map((_, index) => changes.filter((changed) => changed === index).length);
}

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
