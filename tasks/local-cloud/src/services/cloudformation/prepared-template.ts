import { dependencies, findCycle, parseTemplate, references } from '@roundtrip/template';
import type { Template } from '@roundtrip/template';
import { ProblemError } from '@roundtrip/problem';
import { resourceType } from '@roundtrip/spec';
import { isCustomResource } from '../../catalog/custom-resource.ts';
import { notSimulated } from '../../catalog/not-simulated.ts';
import { limitProblem } from './template-limits.ts';
import { validationError } from './validation-error.ts';

/** A template that has passed what can be checked without parameters. */
export interface PreparedTemplate {
  readonly text: string;
  readonly template: Template;
  /** What each resource needs first, for conditions as they are; resources that do not exist then are left out. */
  graph(conditions: Readonly<Record<string, boolean>>): ReadonlyMap<string, ReadonlySet<string>>;
}

const REMEMBERED = 200;
const remembered = new Map<string, PreparedTemplate>();

/**
 * Parses and checks a template that its transforms have been applied to, in CloudFormation's words. The same text gives
 * the same object: two hundred services are made from one template, and parsing is by far the dearest thing that a
 * request does.
 */
export function prepareTemplate(text: string): PreparedTemplate {
  const known = remembered.get(text);
  if (known) return known;
  const template = parsed(text);
  const limit = limitProblem(template);
  if (limit !== undefined) throw validationError(limit);
  checkTypes(template);
  checkReferences(template);
  const graphs = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();
  const prepared: PreparedTemplate = {
    text,
    template,
    graph(conditions) {
      const key = JSON.stringify(conditions);
      const graph = graphs.get(key) ?? dependencies(template, conditions);
      graphs.set(key, graph);
      return graph;
    },
  };
  if (remembered.size >= REMEMBERED) remembered.delete(remembered.keys().next().value ?? '');
  remembered.set(text, prepared);
  return prepared;
}

/** Runs what may throw a template's problem and throws it again as AWS's ValidationError. */
export function asValidationError<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ProblemError) throw validationError(error.problems[0]?.what ?? error.message);
    throw error;
  }
}

function parsed(text: string): Template {
  return asValidationError(() => parseTemplate(text, 'template').template);
}

/** Whether there is such a type, in AWS's specification or among those that are CloudFormation's own. */
export function isRecognized(type: string): boolean {
  return notSimulated(type) !== undefined || isCustomResource(type) || resourceType(type) !== undefined;
}

function checkTypes(template: Template): void {
  const types = new Set(Object.values(template.Resources).map(({ Type }) => Type));
  const unknown = [...types].filter((type) => !isRecognized(type));
  if (unknown.length === 0) return;
  throw validationError(`Template format error: Unrecognized resource types: [${unknown.join(', ')}]`);
}

function checkReferences(template: Template): void {
  const { Resources: resources, Outputs: outputs = {} } = template;
  const known = new Set([...Object.keys(resources), ...Object.keys(template.Parameters ?? {})]);
  refuseUnresolved(template, known, resources, 'Resources');
  refuseUnresolved(template, known, outputs, 'Outputs');
  const dangling = Object.values(resources)
    .flatMap(({ DependsOn = [] }) => DependsOn)
    .filter((name) => resources[name] === undefined);
  refuse(dangling, 'Resources');
  const cycle = findCycle(asValidationError(() => dependencies(template)));
  if (cycle) throw validationError(`Circular dependency between resources: [${cycle.join(', ')}]`);
}

function refuseUnresolved(
  template: Template,
  known: ReadonlySet<string>,
  block: Readonly<Record<string, unknown>>,
  name: string,
): void {
  const used = asValidationError(() => Object.values(block).flatMap((member) => references(member)));
  refuse(
    used
      .filter((one) => one.kind === 'ref' && !one.name.startsWith('AWS::') && !known.has(one.name))
      .map((one) => one.name),
    name,
  );
  for (const one of used) {
    if (one.kind === 'attribute') checkAttribute(template, one.name, one.attribute);
    const isMissing = one.kind === 'condition' && template.Conditions?.[one.name] === undefined;
    if (isMissing) {
      throw validationError(
        `Template format error: Unresolved condition dependency ${one.name} in the ${name} block of the template`,
      );
    }
  }
  for (const member of Object.values(block)) {
    const condition = (member as { Condition?: string }).Condition;
    if (condition === undefined || template.Conditions?.[condition] !== undefined) continue;
    throw validationError(`Template format error: Condition ${condition} is not defined.`);
  }
}

function refuse(unresolved: readonly string[], block: string): void {
  if (unresolved.length === 0) return;
  const names = [...new Set(unresolved)].join(', ');
  throw validationError(
    `Template format error: Unresolved resource dependencies [${names}] in the ${block} block of the template`,
  );
}

function checkAttribute(template: Template, logicalId: string, attribute: string | undefined): void {
  const resource = template.Resources[logicalId];
  if (resource === undefined) {
    throw validationError(`Template error: instance of Fn::GetAtt references undefined resource ${logicalId}`);
  }
  const type = isCustomResource(resource.Type) ? undefined : resourceType(resource.Type);
  if (type === undefined || attribute === undefined || attribute in type.attributes) return;
  // A path below an attribute that is an object.
  if (Object.keys(type.attributes).some((name) => attribute.startsWith(`${name}.`))) return;
  throw validationError(
    `Template error: resource ${logicalId} does not support attribute type ${attribute} in Fn::GetAtt`,
  );
}
