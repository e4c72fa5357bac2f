import { isListType, listItems } from '@roundtrip/template';
import type { RuleScope, Template } from '@roundtrip/template';
import { findRecord } from '../../catalog/stored-record.ts';
import { resourceWith, resourcesOf } from '../../catalog/resources-of.ts';
import { zonesOf } from '../../catalog/zones.ts';
import { publicParameter } from '../../catalog/public-parameters.ts';
import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import { parameterValues, pseudoParameters } from './stack-scope.ts';
import type { Stack } from './stack.ts';

interface Known {
  readonly type: string;
  /** The property that a parameter of this type has as its value; without one, what `Ref` gives. */
  readonly property?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html */
const TYPES: Readonly<Record<string, Known>> = {
  'AWS::EC2::Instance::Id': { type: 'AWS::EC2::Instance' },
  'AWS::EC2::KeyPair::KeyName': { type: 'AWS::EC2::KeyPair', property: 'KeyName' },
  'AWS::EC2::SecurityGroup::GroupName': { type: 'AWS::EC2::SecurityGroup', property: 'GroupName' },
  'AWS::EC2::SecurityGroup::Id': { type: 'AWS::EC2::SecurityGroup' },
  'AWS::EC2::Subnet::Id': { type: 'AWS::EC2::Subnet' },
  'AWS::EC2::Volume::Id': { type: 'AWS::EC2::Volume' },
  'AWS::EC2::VPC::Id': { type: 'AWS::EC2::VPC' },
  'AWS::Route53::HostedZone::Id': { type: 'AWS::Route53::HostedZone' },
  'AWS::SSM::Parameter::Name': { type: 'AWS::SSM::Parameter' },
};

/** Why a parameter of a type that AWS looks up is no good, in CloudFormation's words; asked when the stack begins. */
export function missingValue(world: World, realm: Realm, template: Template, stack: Stack): string | undefined {
  for (const { key, text, resolved } of stack.parameters) {
    const declared = template.Parameters?.[key]?.Type ?? '';
    const type = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(declared)?.[1] ?? declared;
    const value = resolved ?? text;
    const items = isListType(type) && value !== '' ? listItems(value) : [value];
    const missing = items.find((item) => !isThere(world, realm, type.replace(/^List<(.+)>$/, '$1'), item));
    if (missing === undefined) continue;
    return `Parameter validation failed: parameter value ${missing} for parameter name ${key} does not exist`;
  }
  return undefined;
}

function isThere(world: World, realm: Realm, type: string, value: string): boolean {
  if (type === 'AWS::EC2::AvailabilityZone::Name') return zonesOf(realm.region).includes(value);
  // Nobody lists the images of the world here: one that is written like an image is one.
  if (type === 'AWS::EC2::Image::Id') return /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(value);
  return TYPES[type] === undefined || recordOf(world, realm, type, value) !== undefined || isPublic(realm, type, value);
}

function isPublic({ region }: Realm, type: string, value: string): boolean {
  return type === 'AWS::SSM::Parameter::Name' && publicParameter(region, value) !== undefined;
}

function recordOf(world: World, realm: Realm, parameterType: string, value: string): Resource | undefined {
  const known = TYPES[parameterType];
  if (known === undefined) return undefined;
  const { type, property } = known;
  const direct = property === undefined ? findRecord(world, realm, type, value) : undefined;
  return direct ?? resourceWith(world, realm, type, (record) => valueOf(record, property) === value);
}

function valueOf(record: Resource, property: string | undefined): unknown {
  return property === undefined ? (record.attributes['GroupId'] ?? record.ref) : record.properties[property];
}

/** What the section Rules can ask of the account. */
export function ruleScope(world: World, realm: Realm, template: Template, stack: Stack): RuleScope {
  const recordsOf = (parameterType: string) => {
    const known = TYPES[parameterType];
    return known === undefined ? [] : [...resourcesOf(world, realm, known.type)];
  };
  const parameters = parameterValues(template, stack);
  return {
    parameters,
    pseudo: pseudoParameters(realm, stack),
    refAll: (type) => recordsOf(type).map((record) => String(valueOf(record, TYPES[type]?.property))),
    valueOfAll: (type, attribute) => recordsOf(type).map((record) => attributeOf(record, attribute)),
    valueOf(name, attribute) {
      const type = (template.Parameters?.[name]?.Type ?? '').replace(/^List<(.+)>$/, '$1');
      const values = [parameters[name] ?? []].flat();
      const found = values.flatMap((value) => recordOf(world, realm, type, value) ?? []);
      const attributes = found.map((record) => attributeOf(record, attribute));
      return Array.isArray(parameters[name]) ? attributes : attributes[0];
    },
  };
}

/** `Tags.Name` is a tag, everything else a property or an attribute. */
function attributeOf(record: Resource, attribute: string): string {
  const tag = /^Tags\.(.+)$/.exec(attribute)?.[1];
  const value = tag === undefined ? (record.properties[attribute] ?? record.attributes[attribute]) : record.tags[tag];
  return String(value ?? '');
}
