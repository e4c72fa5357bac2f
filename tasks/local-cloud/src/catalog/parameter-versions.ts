import { publicParameter } from './public-parameters.ts';
import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import { findRecord } from './stored-record.ts';

const TYPE = 'AWS::SSM::Parameter';
const VERSIONS_MAX = 100;

/** A parameter as it was once written. */
export interface ParameterVersion {
  readonly version: number;
  readonly type: string;
  readonly value: string;
  readonly at: number;
  readonly description?: string;
  readonly tier?: string;
  readonly dataType?: string;
  readonly allowedPattern?: string;
  readonly keyId?: string;
  readonly user?: string;
  readonly labels: readonly string[];
}

const table = (world: World, realm: Realm) => world.table<readonly ParameterVersion[]>('ssm.version', realm);

/** Oldest first, never empty: one that nobody has overwritten is as its record says. */
export function versionsOf(world: World, realm: Realm, parameter: Resource): readonly ParameterVersion[] {
  return table(world, realm).get(parameter.id) ?? [versionFrom(parameter, 1, parameter.createdAt)];
}

export function putVersions(
  world: World,
  realm: Realm,
  parameter: Resource,
  versions: readonly ParameterVersion[],
): void {
  table(world, realm).put(parameter.id, versions);
}

/** Adds what the record says now to what it said before; the oldest of more than a hundred goes. */
export function addVersion(world: World, realm: Realm, before: Resource, after: Resource, user?: string): void {
  const old = versionsOf(world, realm, before);
  const next = versionFrom(after, (old.at(-1)?.version ?? 0) + 1, world.now);
  const all = [...old, user === undefined ? next : { ...next, user }];
  table(world, realm).put(after.id, all.slice(-VERSIONS_MAX));
}

export function forgetVersions(world: World, realm: Realm, parameter: Resource): void {
  table(world, realm).delete(parameter.id);
}

/** By version or label, both after a colon; without either the newest. */
export function versionWith(
  versions: readonly ParameterVersion[],
  selector: string | undefined,
): ParameterVersion | undefined {
  if (selector === undefined) return versions.at(-1);
  return versions.find(({ version, labels }) => String(version) === selector || labels.includes(selector));
}

/** The value of `name`, `name:version` or `name:label`, of AWS's public parameters too; undefined where there is none. */
export function parameterValue(world: World, realm: Realm, reference: string): string | undefined {
  const [name = '', selector] = reference.split(':');
  const parameter = findRecord(world, realm, TYPE, name);
  if (parameter === undefined) return publicParameter(realm.region, name)?.value;
  return versionWith(versionsOf(world, realm, parameter), selector)?.value;
}

function versionFrom({ properties }: Resource, version: number, at: number): ParameterVersion {
  const { Type, Value, Description, Tier, DataType, AllowedPattern, KeyId } = properties;
  return {
    version,
    type: String(Type ?? 'String'),
    value: String(Value ?? ''),
    at,
    ...(Description === undefined ? {} : { description: String(Description) }),
    ...(Tier === undefined ? {} : { tier: String(Tier) }),
    ...(DataType === undefined ? {} : { dataType: String(DataType) }),
    ...(AllowedPattern === undefined ? {} : { allowedPattern: String(AllowedPattern) }),
    ...(KeyId === undefined ? {} : { keyId: String(KeyId) }),
    labels: [],
  };
}
