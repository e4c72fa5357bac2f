import { playScenario } from './play-seed.ts';
import type { Scenario } from './scenario.ts';

/** Attempts; a scenario that cannot be made smaller in so many is small enough. */
const ATTEMPTS_MAX = 150;

/**
 * Makes a scenario that fails smaller while the same checker still complains: fewer acts, faults, deaths and stacks.
 * @returns the smallest that was found
 */
export async function shrink(failing: Scenario, checker: string): Promise<Scenario> {
  let smallest = failing;
  let attempts = 0;
  const stillFails = async (candidate: Scenario): Promise<boolean> => {
    attempts += 1;
    const { violations } = await playScenario(candidate);
    return violations.some((violation) => violation.checker === checker);
  };
  for (let isSmaller = true; isSmaller && attempts < ATTEMPTS_MAX;) {
    isSmaller = false;
    for (const candidate of smallerOnes(smallest)) {
      if (attempts >= ATTEMPTS_MAX) break;
      if (!(await stillFails(candidate))) continue;
      smallest = candidate;
      isSmaller = true;
      break;
    }
  }
  return smallest;
}

/** One step smaller in each direction, the largest steps first. */
function* smallerOnes(scenario: Scenario): Iterable<Scenario> {
  const { acts, stacks } = scenario;
  if (stacks.length > 3) yield withoutStacks(scenario, (index) => index >= stacks.length / 2);
  for (const [index] of acts.entries()) yield { ...scenario, acts: acts.filter((_, at) => at !== index) };
  for (const [index, act] of acts.entries()) {
    const change = (more: Partial<typeof act>): Scenario => ({
      ...scenario,
      acts: acts.map((one, at) => (at === index ? { ...one, ...more } : one)),
    });
    if (act.faults.length > 0) yield change({ faults: [] });
    for (const [at] of act.faults.entries()) yield change({ faults: act.faults.filter((_, one) => one !== at) });
    if (act.diesAtCalls.length > 0) yield change({ diesAtCalls: act.diesAtCalls.slice(1) });
    if (act.changes.length > 0) yield change({ changes: [] });
    if (act.second !== undefined) {
      const { second: _second, ...alone } = act;
      yield { ...scenario, acts: acts.map((one, at) => (at === index ? alone : one)) };
    }
  }
  for (const [index] of stacks.entries()) yield withoutStacks(scenario, (at) => at === index);
}

function withoutStacks(scenario: Scenario, isGone: (index: number) => boolean): Scenario {
  const stays = scenario.stacks.map((_, index) => !isGone(index));
  const stacks = scenario.stacks.filter((_, index) => stays[index]);
  const isThere = (layer: string, name: string): boolean =>
    stacks.some((stack) => stack.layer === layer && stack.name === name);
  const newIndex = (index: number): number => stays.slice(0, index).filter(Boolean).length;
  return {
    ...scenario,
    stacks: stacks.map((stack) => ({
      ...stack,
      dependsOn: stack.dependsOn.filter((name) => isThere(stack.layer, name)),
    })),
    acts: scenario.acts.map((act) => ({
      ...act,
      changes: act.changes.filter((index) => stays[index]).map(newIndex),
    })),
  };
}
