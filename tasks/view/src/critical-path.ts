import { strict as assert } from 'node:assert';

export interface TimedStack {
  readonly name: string;
  /** The stacks that had to be finished before this one; names that are not in the list are passed over. */
  readonly dependsOn: readonly string[];
  readonly startedAt: number;
  readonly finishedAt: number;
}

/**
 * The chain of dependent stacks whose durations add up to the most: no run, however wide, could have been shorter.
 * Names in the order in which they ran, and the sum in milliseconds. Of two equal chains, the one given first.
 */
export function criticalPath(stacks: readonly TimedStack[]): { stacks: string[]; ms: number } {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const chains = new Map<string, Chain>();
  for (const stack of stacks) longestEndingAt(stack, byName, chains, new Set());
  let longest: Chain | undefined;
  for (const chain of chains.values()) if (chain.ms > (longest?.ms ?? -1)) longest = chain;
  const names: string[] = [];
  for (let chain = longest; chain !== undefined; chain = chain.before) names.unshift(chain.name);
  return { stacks: names, ms: longest?.ms ?? 0 };
}

interface Chain {
  readonly name: string;
  readonly ms: number;
  readonly before?: Chain;
}

function longestEndingAt(
  stack: TimedStack,
  byName: ReadonlyMap<string, TimedStack>,
  chains: Map<string, Chain>,
  path: Set<string>,
): Chain {
  const known = chains.get(stack.name);
  if (known !== undefined) return known;
  assert(!path.has(stack.name), `stacks depend on each other in a circle: ${[...path, stack.name].join(' → ')}`);
  path.add(stack.name);
  let before: Chain | undefined;
  for (const name of stack.dependsOn) {
    const dependency = byName.get(name);
    if (dependency === undefined) continue;
    const chain = longestEndingAt(dependency, byName, chains, path);
    if (chain.ms > (before?.ms ?? -1)) before = chain;
  }
  path.delete(stack.name);
  const ms = Math.max(0, stack.finishedAt - stack.startedAt) + (before?.ms ?? 0);
  const chain: Chain = { name: stack.name, ms, ...(before === undefined ? {} : { before }) };
  chains.set(stack.name, chain);
  return chain;
}
