import { check } from './check.ts';
import type { Violation } from './check.ts';
import { generate } from './generate.ts';
import { rehearse } from './rehearse.ts';
import { weeksOf } from './scenario.ts';
import type { Scenario } from './scenario.ts';

export interface Played {
  readonly seed: string;
  readonly weeks: number;
  readonly violations: readonly Violation[];
  /** Faults that have struck, by kind. */
  readonly faults: Readonly<Record<string, number>>;
  readonly deaths: number;
}

export async function playSeed(seed: string): Promise<Played> {
  return await playScenario(generate(seed));
}

/** Plays a scenario and judges it; a rehearsal that breaks down itself is a violation too. */
export async function playScenario(scenario: Scenario): Promise<Played> {
  const { seed } = scenario;
  const weeks = weeksOf(scenario);
  try {
    const observation = await rehearse(scenario);
    const deaths = observation.runs.filter(({ outcome }) => outcome.kind === 'died').length;
    return { seed, weeks, violations: check(observation), faults: observation.faults, deaths };
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { seed, weeks, violations: [{ checker: 'plays-to-its-end', what }], faults: {}, deaths: 0 };
  }
}
