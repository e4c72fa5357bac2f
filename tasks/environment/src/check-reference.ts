import type { Problem } from '@roundtrip/problem';
import type { StackOutput } from './desired-stack.ts';
import type { Environment } from './environment.ts';
import type { LayerStack, LayerStacks } from './layer-stacks.ts';
import type { OutputReference } from './layer.ts';
import { nearest } from './nearest.ts';
import { list } from './words.ts';

/**
 * Finds the stack that a reference means. It may only look at layers that the package.json of its own layer depends on:
 * nothing else says that they are built first.
 */
export function checkReference(
  environment: Environment,
  stacks: LayerStacks,
  from: LayerStack,
  reference: OutputReference,
): { readonly value: StackOutput } | { readonly problem?: Problem } {
  const { layer, context } = from.section;
  const place = { file: context.pathOf('layer.ts') };
  const reads = `stack "${from.fullName}" reads output "${reference.output}" of`;
  if (reference.layer !== layer.name && !layer.dependsOn.includes(reference.layer)) {
    return { problem: { place, ...noDependency(environment, from, reference, reads) } };
  }
  const candidates = stacks.of(reference.layer) ?? [];
  const target = candidates.find(({ definition }) => (definition.name ?? '') === (reference.stack ?? ''));
  if (!target) return { problem: { place, ...noStack(candidates, reference, reads) } };
  const { file, facts } = stacks.template(target);
  // A template that cannot be read has been reported by itself; it would be wrong to miss its outputs too.
  if (!facts) return {};
  const { outputs } = facts;
  if (outputs.includes(reference.output)) return { value: { stack: target.fullName, output: reference.output } };
  const near = nearest(reference.output, outputs);
  const accepted = outputs.length === 0 ? `add it to ${file}` : `its outputs are ${list(outputs)}`;
  return {
    problem: {
      code: 'unknown-output',
      place,
      what: `${reads} stack "${target.fullName}", whose template has no such output`,
      why: `the template is ${file}`,
      next: near ? `did you mean "${near}"?` : accepted,
    },
  };
}

type Words = Pick<Problem, 'code' | 'what' | 'why' | 'next'>;

function noDependency(environment: Environment, from: LayerStack, reference: OutputReference, reads: string): Words {
  const target = environment.sections.get(reference.layer)?.layer;
  const { layer } = from.section;
  if (!target) {
    const near = nearest(reference.layer, environment.sections.keys());
    return {
      code: 'unknown-layer',
      what: `${reads} layer "${reference.layer}", which does not exist`,
      next: near ? `did you mean "${near}"?` : `the layers are ${list([...environment.sections.keys()])}`,
    };
  }
  const manifest = `${layer.folder}/package.json`;
  return {
    code: 'no-dependency',
    what: `${reads} layer "${target.name}", but ${manifest} does not depend on ${target.packageName}`,
    why: `without the dependency nothing says that "${target.name}" is built first`,
    next: `add "${target.packageName}": "*" to the dependencies in ${manifest}, then type: npm install && make sync`,
  };
}

function noStack(candidates: readonly LayerStack[], reference: OutputReference, reads: string): Words {
  const names = candidates.flatMap(({ definition }) => definition.name ?? []);
  const what = reference.stack
    ? `${reads} stack "${reference.stack}" of layer "${reference.layer}", which has no such stack`
    : `${reads} layer "${reference.layer}", which has no unnamed stack`;
  const near = reference.stack && nearest(reference.stack, names);
  const unnamed = candidates.length > names.length ? 'its stack has no name' : 'it has no stacks';
  const accepted = names.length === 0 ? unnamed : `its stacks are ${list(names)}`;
  return { code: 'unknown-stack', what, next: near ? `did you mean "${near}"?` : accepted };
}
