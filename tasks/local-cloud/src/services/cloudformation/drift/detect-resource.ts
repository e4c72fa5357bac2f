import { isRecord } from '@roundtrip/template';
import { realmOf } from '../../../catalog/realm-of.ts';
import { resourceKey, resources } from '../../../resource.ts';
import type { Resource } from '../../../resource.ts';
import type { Realm, World } from '../../../world.ts';
import { typeOf } from '../resource-target.ts';
import type { Stack } from '../stack.ts';
import { stackResourceKey } from '../stack-resource.ts';
import type { StackResource } from '../stack-resource.ts';
import { resourceDrifts } from './drift-state.ts';
import type { ResourceDrift } from './drift-state.ts';
import { leavesWithout } from './shown-properties.ts';
import { propertyDifferences } from './property-differences.ts';

/** Types of CloudFormation's own that are no things outside of it. */
const UNSUPPORTED = /^(Custom::|AWS::CloudFormation::(CustomResource|WaitCondition|WaitConditionHandle|Macro)$)/;

export function supportsDrift(type: string): boolean {
  return !UNSUPPORTED.test(type);
}

/** Compares one resource of a stack with the thing that it stands for, and keeps what was found. */
export function detectResource(world: World, realm: Realm, stack: Stack, resource: StackResource): ResourceDrift {
  const { logicalId, type, physicalId, resourceId = '' } = resource;
  const record = resources(world, realmOf(type, realm)).get(resourceKey(type, resourceId));
  const { expected, actual } = comparable(resource, record);
  const secrets = stack.parameters.filter(({ noEcho, text }) => noEcho && text !== '').map(({ text }) => text);
  const differences = record === undefined ? [] : propertyDifferences(expected, actual);
  const hide = <T>(value: T): T => leavesWithout(value, secrets) as T;
  const drift: ResourceDrift = {
    ...{ logicalId, type, physicalId, at: world.now },
    status: record === undefined ? 'DELETED' : differences.length === 0 ? 'IN_SYNC' : 'MODIFIED',
    expected: JSON.stringify(hide(expected)),
    actual: record && JSON.stringify(hide(actual)),
    differences: hide(differences),
  };
  resourceDrifts(world, realm).put(stackResourceKey(stack.id, logicalId), drift);
  return drift;
}

/** Dynamic references are left out on both sides: CloudFormation does not look at what they lead to. */
function comparable(resource: StackResource, record: Resource | undefined) {
  const { tagProperty } = typeOf(resource.type);
  const names = Object.keys(resource.properties).filter((name) => !hasReference(resource.properties[name]));
  const expected = Object.fromEntries(names.map((name) => [name, resource.properties[name]]));
  const actual = Object.fromEntries(
    names
      .map((name) => [name, name === tagProperty ? ownTags(resource, record, name) : record?.properties[name]] as const)
      .filter(([, value]) => value !== undefined),
  );
  return { expected, actual };
}

function hasReference(value: unknown): boolean {
  return JSON.stringify(value)?.includes('{{resolve:') ?? false;
}

/** The thing's tags in the form that the template has them, without CloudFormation's own and those of the stack. */
function ownTags({ properties, stackTags }: StackResource, record: Resource | undefined, name: string): unknown {
  const expected = properties[name];
  const keys = new Set(keysOf(expected));
  const tags = Object.entries(record?.tags ?? {}).filter(
    ([key, value]) => !key.startsWith('aws:') && (keys.has(key) || stackTags[key] !== value),
  );
  if (!Array.isArray(expected)) return Object.fromEntries(tags);
  return tags.map(([Key, Value]) => ({ Key, Value }));
}

function keysOf(tags: unknown): string[] {
  if (Array.isArray(tags)) return tags.map((tag: unknown) => (isRecord(tag) ? String(tag['Key']) : ''));
  return isRecord(tags) ? Object.keys(tags) : [];
}
