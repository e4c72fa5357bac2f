import { NO_VALUE, UNKNOWN, evaluateConditions, resolveParameters } from '@roundtrip/template';
import type { ParameterValues, PseudoParameters, Scope, StackOutputReference, Template } from '@roundtrip/template';
import { isCustomResource } from '../../catalog/custom-resource.ts';
import { realmOf } from '../../catalog/realm-of.ts';
import { zonesOf } from '../../catalog/zones.ts';
import { resourceKey, resources } from '../../resource.ts';
import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import { missingAttribute } from './missing-attribute.ts';
import { dynamicValue } from './dynamic-reference.ts';
import { exportsOf } from './exports.ts';
import { STACK_TYPE } from './stack-event.ts';
import { validationError } from './validation-error.ts';
import { findStack } from './stack.ts';
import type { Stack } from './stack.ts';
import type { StackResource } from './stack-resource.ts';

export interface ScopeInput {
  readonly world: World;
  readonly realm: Realm;
  readonly stack: Pick<Stack, 'id' | 'name' | 'parameters' | 'notificationArns'>;
  readonly template: Template;
  resource(logicalId: string): StackResource | undefined;
}

/** What the names in a stack's template stand for now. Dynamic references to secrets stay as they are written. */
export function stackScope(input: ScopeInput): Scope & { readonly conditions: Readonly<Record<string, boolean>> } {
  const { world, realm, stack, template } = input;
  const pseudo = pseudoParameters(realm, stack);
  const parameters = parameterValues(template, stack);
  const zones = (region: string) => zonesOf(region === '' ? realm.region : region);
  const found = (logicalId: string) => recordOf(world, realm, input.resource(logicalId));
  return {
    parameters,
    pseudo,
    mappings: template.Mappings ?? {},
    conditions: evaluateConditions(template, { parameters, pseudo, zones }),
    ref: (logicalId) => found(logicalId)?.ref ?? input.resource(logicalId)?.physicalId,
    getAtt: (logicalId, attribute) =>
      attributeOf(found(logicalId), attribute) ?? missingOutput(found(logicalId), attribute),
    importValue: (name) => exportsOf(world, realm).get(name)?.value,
    stackOutput: (reference) => outputOf(world, realm, reference),
    zones,
    // Parameters are read at every update; a secret only when its resource is made or changed anyway.
    dynamic: (reference) => (reference.startsWith('ssm:') ? dynamicValue(world, realm, reference) : UNKNOWN),
  };
}

/** What Ref gives for the parameters of a stack. */
export function parameterValues(template: Template, stack: Pick<Stack, 'parameters'>): ParameterValues {
  const texts = Object.fromEntries(stack.parameters.map(({ key, text }) => [key, text]));
  const resolved = new Map(stack.parameters.map(({ text, resolved: value }) => [text, value]));
  return resolveParameters(template, texts, {}, (name) => resolved.get(name)).values;
}

/** An output of another stack, in whatever account and region: it is read, and nobody holds it. */
function outputOf(world: World, realm: Realm, reference: StackOutputReference): string | undefined {
  const { stackName, outputName, region = realm.region, roleArn } = reference;
  const account = roleArn === undefined ? realm.account : (roleArn.split(':')[4] ?? realm.account);
  const stack = findStack(world, { account, region }, stackName);
  if (stack === undefined) throw validationError(`Stack with id ${stackName} does not exist`);
  return stack.outputs.find(({ OutputKey }) => OutputKey === outputName)?.OutputValue;
}

/** The same scope, with dynamic references looked up. */
export function withDynamic(scope: Scope, world: World, realm: Realm): Scope {
  return { ...scope, dynamic: (reference) => dynamicValue(world, realm, reference) };
}

export function pseudoParameters(
  realm: Realm,
  stack: Pick<Stack, 'id' | 'name' | 'notificationArns'>,
): PseudoParameters {
  return {
    'AWS::AccountId': realm.account,
    'AWS::NoValue': NO_VALUE,
    'AWS::NotificationARNs': stack.notificationArns,
    'AWS::Partition': 'aws',
    'AWS::Region': realm.region,
    'AWS::StackId': stack.id,
    'AWS::StackName': stack.name,
    'AWS::URLSuffix': 'amazonaws.com',
  };
}

function recordOf(world: World, realm: Realm, resource: StackResource | undefined): Resource | undefined {
  if (resource?.resourceId === undefined) return undefined;
  return resources(world, realmOf(resource.type, realm)).get(resourceKey(resource.type, resource.resourceId));
}

/** A nested stack has the attributes that its template gives it. */
function missingOutput(resource: Resource | undefined, attribute: string): undefined {
  if (resource && isCustomResource(resource.type)) throw missingAttribute(resource, attribute);
  if (resource?.type !== STACK_TYPE || !attribute.startsWith('Outputs.')) return undefined;
  throw validationError(`Output '${attribute.slice('Outputs.'.length)}' not found in stack '${resource.id}'`);
}

/** Attributes are kept flat under dotted names; a path below one that is an object is walked. */
function attributeOf(resource: Resource | undefined, attribute: string): unknown {
  if (resource === undefined) return undefined;
  const whole = resource.attributes[attribute];
  if (whole !== undefined) return whole;
  let at: unknown = resource.attributes;
  for (const key of attribute.split('.')) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}
