import { strict as assert } from 'node:assert';
import { ProblemError, formatProblem } from '@roundtrip/problem';
import type { Problem } from '@roundtrip/problem';
import { checkParameters } from './check-parameters.ts';
import { checkReference } from './check-reference.ts';
import { checkStackNames } from './check-stack-names.ts';
import type { DesiredStack, StackOutput } from './desired-stack.ts';
import type { Environment } from './environment.ts';
import { LayerStacks } from './layer-stacks.ts';
import type { LayerStack, StackTemplate } from './layer-stacks.ts';
import { stackName } from './stack-name.ts';
import { stackTags } from './stack-tags.ts';

/** Rule: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const TEMPLATE_BYTES_MAX = 1_000_000;

/**
 * The stacks that a layer wants in an environment, checked against their templates and against the stacks whose outputs
 * they read. Reads the layer's files and those of its dependencies; calls nothing.
 *
 * @param layer name of one of the environment's layers
 * @throws ProblemError with every problem at once
 */
export function desiredStacks(environment: Environment, layer: string): DesiredStack[] {
  const stacks = new LayerStacks(environment);
  const own = stacks.of(layer);
  assert(own, `the environment has no layer "${layer}"`);
  const problems = checkStackNames(own);
  const desired = own.map((stack) => desiredStack(environment, stacks, stack, problems));
  problems.push(...stacks.problems);
  if (problems.length > 0) throw new ProblemError(withoutRepeats(problems));
  return desired;
}

/**
 * Every layer's stacks, in the order of the layers.
 *
 * @throws ProblemError with every problem of all layers at once
 */
export function allDesiredStacks(environment: Environment): Map<string, readonly DesiredStack[]> {
  const problems: Problem[] = [];
  const desired = new Map<string, readonly DesiredStack[]>();
  for (const layer of environment.sections.keys()) {
    try {
      desired.set(layer, desiredStacks(environment, layer));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
    }
  }
  // Two layers that read the same broken template find the same problem.
  if (problems.length > 0) throw new ProblemError(withoutRepeats(problems));
  return desired;
}

/** Two parameters may read the same output, which is one mistake to correct. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [formatProblem(problem), problem])).values()];
}

function desiredStack(
  environment: Environment,
  stacks: LayerStacks,
  stack: LayerStack,
  problems: Problem[],
): DesiredStack {
  const { definition, fullName, section } = stack;
  const template = stacks.template(stack);
  if (template.facts) problems.push(...checkParameters(stack, template, template.facts));
  problems.push(...checkTemplateSize(template));
  const { tags, problems: tagProblems } = stackTags(environment, stack);
  problems.push(...tagProblems);
  const parameters = fillParameters(environment, stacks, stack, problems);
  const own = (definition.dependsOn ?? []).map((name) => stackName(environment.facts.name, section.layer.name, name));
  const read = Object.values(definition.parameters).flatMap((value) =>
    typeof value !== 'string' && value.layer === section.layer.name
      ? [stackName(environment.facts.name, value.layer, value.stack)]
      : [],
  );
  return {
    name: fullName,
    layer: section.layer.name,
    templateFile: template.file,
    templateBody: template.body,
    parameters,
    capabilities: definition.capabilities ?? [],
    tags,
    terminationProtection: environment.facts.protect,
    dependsOn: [...new Set([...own, ...read])].sort(),
  };
}

function fillParameters(
  environment: Environment,
  stacks: LayerStacks,
  stack: LayerStack,
  problems: Problem[],
): Record<string, string | StackOutput> {
  const parameters: Record<string, string | StackOutput> = {};
  for (const [name, value] of Object.entries(stack.definition.parameters)) {
    if (typeof value === 'string') {
      parameters[name] = value;
      continue;
    }
    const found = checkReference(environment, stacks, stack, value);
    if ('value' in found) parameters[name] = found.value;
    else if (found.problem) problems.push(found.problem);
  }
  return parameters;
}

function checkTemplateSize({ file, body }: StackTemplate): Problem[] {
  const bytes = Buffer.byteLength(body);
  if (bytes <= TEMPLATE_BYTES_MAX) return [];
  return [
    {
      code: 'long-template',
      place: { file },
      what: `this template has ${bytes.toLocaleString('en')} bytes, but may have ${TEMPLATE_BYTES_MAX.toLocaleString('en')} at most`,
      why: 'CloudFormation takes no larger one, not even from a bucket',
      next: 'make two stacks of it',
    },
  ];
}
