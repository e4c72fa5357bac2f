import type { Problem } from '@roundtrip/problem';
import type { ResourceType } from '@roundtrip/spec';
import {
  expandWith,
  referenceProblems,
  references,
  type ParsedTemplate,
  type Template,
  type TemplateResource,
} from '@roundtrip/template';
import { propertyProblems } from './template-type-problems.ts';
import { unusedProblems } from './template-unused.ts';

/** Looks a resource type up by its name; `resourceType` of @roundtrip/spec. */
export type TypeLookup = (name: string) => ResourceType | undefined;

/**
 * Everything in a template that AWS's published specification contradicts, every problem at once with its place:
 * unknown types, unknown and missing properties at any depth, values of a wrong type, references to what is not
 * there, attributes that a type does not have, and what is declared and never used.
 */
export function checkTemplate(written: ParsedTemplate, lookup: TypeLookup): Problem[] {
  const parsed = expandWith(written);
  const resources = Object.entries(parsed.template.Resources);
  const problems = [
    ...resources.flatMap(([logicalId, resource]) => resourceProblems(parsed, logicalId, resource, lookup)),
    ...referenceProblems(parsed),
    ...attributeProblems(parsed, lookup),
    ...unusedProblems(parsed),
  ];
  return problems.sort((a, b) => position(a) - position(b));
}

function position({ place }: Problem): number {
  return (place?.line ?? 0) * 10_000 + (place?.column ?? 0);
}

function resourceProblems(
  parsed: ParsedTemplate,
  logicalId: string,
  resource: TemplateResource,
  lookup: TypeLookup,
): Problem[] {
  const policies = policyProblems(parsed, logicalId, resource);
  if (isCustom(resource.Type)) return policies;
  const type = lookup(resource.Type);
  if (type !== undefined) return [...policies, ...propertyProblems(parsed, logicalId, type, lookup)];
  const place = parsed.place(['Resources', logicalId, 'Type'], 'value');
  const what = `unknown resource type ${resource.Type}`;
  const next = 'look it up in the AWS resource and property types reference; capitals count';
  return [...policies, { code: 'template-resource-type', place, what, next }];
}

/** Made by a function of one's own: AWS publishes neither properties nor attributes of it. */
function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource' || type.endsWith('::MODULE');
}

const POLICIES = {
  DeletionPolicy: ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'],
  UpdateReplacePolicy: ['Delete', 'Retain', 'Snapshot'],
} as const;

function policyProblems(parsed: ParsedTemplate, logicalId: string, resource: TemplateResource): Problem[] {
  return (['DeletionPolicy', 'UpdateReplacePolicy'] as const).flatMap((policy) => {
    const value: unknown = resource[policy];
    const accepted: readonly string[] = POLICIES[policy];
    // With AWS::LanguageExtensions it may be an intrinsic function.
    if (typeof value !== 'string' || accepted.includes(value)) return [];
    const place = parsed.place(['Resources', logicalId, policy], 'value');
    return {
      code: 'template-policy',
      place,
      what: `unknown ${policy} ${value}`,
      next: `use one of ${accepted.join(', ')}`,
    };
  });
}

function attributeProblems(parsed: ParsedTemplate, lookup: TypeLookup): Problem[] {
  const { template } = parsed;
  return (['Resources', 'Outputs'] as const).flatMap((section) =>
    Object.entries(template[section] ?? {}).flatMap(([name, member]) =>
      safeReferences(member).flatMap(({ kind, name: logicalId, attribute, path }) => {
        const type = kind === 'attribute' ? typeOf(template, logicalId) : undefined;
        if (type === undefined || attribute === undefined || hasAttribute(type, attribute, lookup)) return [];
        const attributes = Object.keys(lookup(type)?.attributes ?? {}).sort();
        return {
          code: 'template-attribute',
          place: parsed.place([section, name, ...path], 'value'),
          what: `${logicalId} is an ${type}, which has no attribute ${attribute}`,
          next: attributes.length === 0 ? 'use Ref: the type has no attributes' : `use one of ${attributes.join(', ')}`,
        };
      }),
    ),
  );
}

/** A malformed Fn::Sub is reported by `referenceProblems`. */
function safeReferences(member: unknown): ReturnType<typeof references> {
  try {
    return references(member);
  } catch {
    return [];
  }
}

function typeOf(template: Template, logicalId: string): string | undefined {
  return Object.hasOwn(template.Resources, logicalId) ? template.Resources[logicalId]?.Type : undefined;
}

function hasAttribute(type: string, attribute: string, lookup: TypeLookup): boolean {
  if (isCustom(type)) return true;
  if (type === 'AWS::CloudFormation::Stack' && attribute.startsWith('Outputs.')) return true;
  const known = lookup(type);
  return known === undefined || Object.hasOwn(known.attributes, attribute);
}
