import type { Problem } from '@roundtrip/problem';
import { findRing } from './layer-graph.ts';
import type { LayerStack } from './layer-stacks.ts';
import { nearest } from './nearest.ts';
import { stackNameFault } from './stack-name.ts';
import { list } from './words.ts';

/** Names of a layer's stacks: usable, each only once, and an order among them that exists. */
export function checkStackNames(stacks: readonly LayerStack[]): Problem[] {
  const [first] = stacks;
  if (!first) return [];
  const place = { file: first.section.context.pathOf('layer.ts') };
  const names = stacks.map(({ definition }) => definition.name ?? '');
  const problems: Problem[] = [];
  for (const [index, { fullName, definition }] of stacks.entries()) {
    const fault = stackNameFault(fullName);
    if (fault) problems.push({ code: 'bad-stack-name', place, what: fault, next: 'give the stack another name' });
    if (names.indexOf(definition.name ?? '') < index) {
      const what = `two stacks are called "${fullName}"`;
      problems.push({ code: 'duplicate-stack', place, what, next: 'give one of them another name' });
    }
    for (const name of definition.dependsOn ?? []) {
      if (!names.includes(name)) problems.push({ place, ...unknownDependency(fullName, name, names) });
    }
  }
  const ring = findRing(stacks.map(graphNode));
  if (ring) problems.push({ place, ...ringProblem(ring, first.section.layer.name) });
  return problems;
}

type Words = Pick<Problem, 'code' | 'what' | 'why' | 'next'>;

function unknownDependency(fullName: string, name: string, names: readonly string[]): Words {
  const others = names.filter((other) => other !== '');
  const near = nearest(name, others);
  const accepted = others.length === 0 ? 'take it out; the layer has no named stack' : `its stacks are ${list(others)}`;
  return {
    code: 'unknown-stack',
    what: `stack "${fullName}" depends on stack "${name}", which this layer does not have`,
    next: near ? `did you mean "${near}"?` : accepted,
  };
}

function ringProblem(ring: readonly string[], layer: string): Words {
  return {
    code: 'stack-ring',
    what: `stacks depend on each other in a ring: ${ring.map((name) => name || layer).join(' → ')}`,
    why: 'none of them can be built first',
    next: 'take out one of these dependencies, or one of the outputs read',
  };
}

function graphNode({ definition, section }: LayerStack) {
  const read = Object.values(definition.parameters).flatMap((value) =>
    typeof value !== 'string' && value.layer === section.layer.name ? [value.stack ?? ''] : [],
  );
  return { name: definition.name ?? '', dependsOn: [...(definition.dependsOn ?? []), ...read] };
}
