import { isDeepStrictEqual } from 'node:util';
import type { ResourceAttribute, ResourceChangeDetail, ResourceTargetDefinition } from '@aws-sdk/client-cloudformation';
import { references } from '@roundtrip/template';
import type { Property, ResourceType } from '@roundtrip/spec';
import { behaviourOf } from '../../../catalog/catalog.ts';
import { changedProperties } from '../../../catalog/changed-properties.ts';
import { typeOf } from '../resource-target.ts';
import { STACK_TYPE } from '../stack-event.ts';
import type { StackResource, Target } from '../stack-resource.ts';
import type { ChangesInput, Planned } from './changes.ts';
import { isUnknown, valueText } from './property-values.ts';

export interface DetailsInput extends ChangesInput {
  readonly planned: ReadonlyMap<string, Planned>;
}

type Recreation = NonNullable<ResourceTargetDefinition['RequiresRecreation']>;

/** What changes about a resource that stays in the template, and why; nothing where it stays as it is. */
export function detailsOf(input: DetailsInput, existing: StackResource, target: Target): ResourceChangeDetail[] {
  const type = typeOf(target.type);
  const names = changedProperties(existing.properties, target.properties).filter((name) =>
    differs(existing.properties[name], target.properties[name]),
  );
  return [
    ...names.flatMap((name) => propertyDetails(input, type, name, existing, target)),
    ...stackTagDetails(existing, target),
    ...attributeDetails('Metadata', existing.metadata, target.metadata),
    ...attributeDetails('DeletionPolicy', existing.deletionPolicy, target.deletionPolicy),
    ...attributeDetails('UpdateReplacePolicy', existing.updateReplacePolicy, target.updateReplacePolicy),
    ...(['CreationPolicy', 'UpdatePolicy'] as const).flatMap((name) => policyDetails(input, target.logicalId, name)),
    ...(target.type === STACK_TYPE && names.length === 0 ? [automatic()] : []),
  ];
}

function differs(before: unknown, after: unknown): boolean {
  return isUnknown(after) || !isDeepStrictEqual(before, after);
}

/** What a nested stack is made of stands behind a URL: it is always gone into. */
function automatic(): ResourceChangeDetail {
  return { Target: { Attribute: 'Properties' }, Evaluation: 'Dynamic', ChangeSource: 'Automatic' };
}

function propertyDetails(
  input: DetailsInput,
  type: ResourceType,
  name: string,
  existing: StackResource,
  target: Target,
): ResourceChangeDetail[] {
  const [before, after] = [existing.properties[name], target.properties[name]];
  const isTags = name === type.tagProperty;
  const shown: ResourceTargetDefinition = {
    Attribute: isTags ? 'Tags' : 'Properties',
    ...(isTags ? {} : { Name: name }),
    RequiresRecreation: recreation(type, name, existing, target),
    Path: `/Properties/${name}`,
    ...valuesOf(before, after),
  };
  return sourcesOf(input, target.logicalId, name).map((source) => ({ Target: shown, ...source }));
}

type Source = Pick<ResourceChangeDetail, 'Evaluation' | 'ChangeSource' | 'CausingEntity'>;

/**
 * Parameters that have another value, resources that are replaced or changed, or else the template itself. AWS adds to
 * a parameter's line one for the template: the property may have been changed besides.
 */
function sourcesOf(input: DetailsInput, logicalId: string, name: string): Source[] {
  const { course, previous, planned } = input;
  const expression = course.prepared.template.Resources[logicalId]?.Properties?.[name];
  const old = previous?.template.Resources[logicalId]?.Properties?.[name];
  const used = references(expression ?? null, course.scope.conditions);
  const parameters = used.filter((one) => one.kind === 'ref' && hasOtherValue(input, one.name));
  const resources = used.flatMap(({ kind, name: used_, attribute }): Source[] => {
    const { replacement } = planned.get(used_) ?? { replacement: 'None' };
    if (replacement === 'None' || (kind !== 'ref' && kind !== 'attribute')) return [];
    if (kind === 'ref' && replacement === 'False') return [];
    const isSure = replacement === 'True' || replacement === 'Add';
    const entity = attribute === undefined ? used_ : `${used_}.${attribute}`;
    return [
      {
        Evaluation: isSure ? 'Static' : 'Dynamic',
        ChangeSource: kind === 'ref' ? 'ResourceReference' : 'ResourceAttribute',
        CausingEntity: entity,
      },
    ];
  });
  const caused = parameters.map(({ name: CausingEntity }): Source => ({
    Evaluation: 'Static',
    ChangeSource: 'ParameterReference',
    CausingEntity,
  }));
  const isEdited = !isDeepStrictEqual(old, expression);
  const direct: Source[] =
    parameters.length > 0
      ? [{ Evaluation: isEdited ? 'Static' : 'Dynamic', ChangeSource: 'DirectModification' }]
      : isEdited || resources.length === 0
        ? [{ Evaluation: 'Static', ChangeSource: 'DirectModification' }]
        : [];
  return [...caused, ...resources, ...direct];
}

function hasOtherValue({ course, parametersBefore }: DetailsInput, name: string): boolean {
  const value = (list: DetailsInput['parametersBefore']) => list.find(({ key }) => key === name);
  const [before, after] = [value(parametersBefore), value(course.stack.parameters)];
  if (after === undefined) return false;
  return before?.text !== after.text || before.resolved !== after.resolved;
}

/** By the specification, as deep as the change goes; the type's own behaviour where it knows better. */
function recreation(type: ResourceType, name: string, existing: StackResource, target: Target): Recreation {
  const [before, after] = [existing.properties, target.properties];
  const decided = isUnknown(after[name])
    ? undefined
    : behaviourOf(type.name).replaces?.(before, { ...before, [name]: after[name] });
  if (decided !== undefined) return decided ? 'Always' : 'Never';
  return deepest(type, type.properties[name], before[name], after[name]);
}

const RECREATIONS = { yes: 'Always', maybe: 'Conditionally', no: 'Never' } as const;

function deepest(type: ResourceType, property: Property | undefined, before: unknown, after: unknown): Recreation {
  if (property === undefined) return 'Never';
  if (property.causesReplacement !== undefined) return RECREATIONS[property.causesReplacement];
  if (property.type.type !== 'ref' || !isRecord(before) || !isRecord(after)) return 'Never';
  const shape = type.definitions[property.type.definition] ?? {};
  const found = changedProperties(before, after).map((key) => deepest(type, shape[key], before[key], after[key]));
  if (found.includes('Always')) return 'Always';
  return found.includes('Conditionally') ? 'Conditionally' : 'Never';
}

function stackTagDetails(existing: StackResource, target: Target): ResourceChangeDetail[] {
  if (isDeepStrictEqual(existing.stackTags, target.stackTags)) return [];
  return [
    {
      Target: { Attribute: 'Tags', RequiresRecreation: 'Never' },
      Evaluation: 'Static',
      ChangeSource: 'DirectModification',
    },
  ];
}

/** Policies that CloudFormation alone goes by; the stack keeps them nowhere but in its template. */
function policyDetails(
  { course, previous }: DetailsInput,
  logicalId: string,
  name: 'CreationPolicy' | 'UpdatePolicy',
): ResourceChangeDetail[] {
  const before = previous?.template.Resources[logicalId]?.[name];
  return attributeDetails(name, before, course.prepared.template.Resources[logicalId]?.[name]);
}

function attributeDetails(attribute: ResourceAttribute, before: unknown, after: unknown): ResourceChangeDetail[] {
  if (isDeepStrictEqual(before, after)) return [];
  const shown: ResourceTargetDefinition = {
    ...{ Attribute: attribute, RequiresRecreation: 'Never', Path: `/${attribute}` },
    ...valuesOf(before, after),
  };
  return [{ Target: shown, Evaluation: 'Static', ChangeSource: 'DirectModification' }];
}

function valuesOf(before: unknown, after: unknown) {
  return {
    ...(before === undefined ? {} : { BeforeValue: valueText(before) }),
    ...(after === undefined ? {} : { AfterValue: valueText(after) }),
    AttributeChangeType: before === undefined ? 'Add' : after === undefined ? 'Remove' : 'Modify',
  } as const;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
