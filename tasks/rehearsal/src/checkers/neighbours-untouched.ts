import { NEIGHBOUR_GROUPS, NEIGHBOUR_STACKS, NEIGHBOUR_TOPICS } from '../neighbours.ts';
import type { Checker } from '../record.ts';

/** Production and an environment of a similar name stand as they stood, with all that they hold, whatever was done to ours. */
export const neighboursUntouched: Checker = ({ sights, operations }) => {
  const problems: string[] = [];
  for (const [act, { stacks, groups, topics }] of sights) {
    for (const name of NEIGHBOUR_STACKS) {
      const found = stacks.find((stack) => stack.name === name);
      if (found?.status !== 'CREATE_COMPLETE') problems.push(`${name} is ${found?.status ?? 'gone'} after act ${act}`);
    }
    for (const name of NEIGHBOUR_GROUPS) {
      if (!groups.includes(name)) problems.push(`log group ${name} is gone after act ${act}`);
    }
    for (const arn of NEIGHBOUR_TOPICS) {
      if (!topics.some((topic) => topic.startsWith(arn))) problems.push(`topic ${arn}… is gone after act ${act}`);
    }
  }
  const touched = operations.filter(({ stack, kind }) => NEIGHBOUR_STACKS.includes(stack) && kind !== 'create');
  return [...problems, ...touched.map(({ stack, kind }) => `somebody began to ${kind} ${stack}`)];
};
