import { judge, readYaml } from '@roundtrip/environment';
import { ProblemError } from '@roundtrip/problem';
import { faultPlanSchema } from './fault-plan.ts';
import type { FaultPlan } from './fault-plan.ts';

/**
 * Reads a plan of faults, YAML or JSON.
 *
 * @param file for the places of its problems
 * @throws ProblemError with every problem at once, each with file:line:column
 */
export function readFaultPlan(text: string, file: string): FaultPlan {
  const { source, problems } = readYaml(text, file);
  if (source === undefined) throw new ProblemError(problems);
  const judged = judge({ schema: faultPlanSchema, source, at: [] }, source.value);
  const all = [...problems, ...judged.problems];
  if (all.length > 0) throw new ProblemError(all);
  return judged.output as FaultPlan;
}
