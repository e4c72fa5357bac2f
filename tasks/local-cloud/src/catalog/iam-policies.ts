import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import { globalRealm } from './realm-of.ts';
import { resourcesOf } from './resources-of.ts';

export const ROLE = 'AWS::IAM::Role';
export const USER = 'AWS::IAM::User';
export const MANAGED_POLICY = 'AWS::IAM::ManagedPolicy';
export const INSTANCE_PROFILE = 'AWS::IAM::InstanceProfile';

/** What was attached to a role or user by IAM's own API, beside what its template says. */
export interface OwnPolicies {
  readonly attached: readonly string[];
  readonly inline: Readonly<Record<string, unknown>>;
}

const NONE: OwnPolicies = { attached: [], inline: {} };

const table = (world: World, realm: Realm) => world.table<OwnPolicies>('iam.own-policies', globalRealm(realm));

export function ownPolicies(world: World, realm: Realm, { type, id }: Resource): OwnPolicies {
  return table(world, realm).get(`${type}|${id}`) ?? NONE;
}

export function putOwnPolicies(world: World, realm: Realm, { type, id }: Resource, own: OwnPolicies): void {
  const isEmpty = own.attached.length === 0 && Object.keys(own.inline).length === 0;
  if (isEmpty) table(world, realm).delete(`${type}|${id}`);
  else table(world, realm).put(`${type}|${id}`, own);
}

/** ARNs of every managed policy that is attached, whoever attached it. */
export function attachedPolicies(world: World, realm: Realm, holder: Resource): string[] {
  const property = holder.type === USER ? 'Users' : 'Roles';
  const named = [...resourcesOf(world, realm, MANAGED_POLICY)].filter(({ properties }) =>
    includes(properties[property], holder.id),
  );
  const given = (holder.properties['ManagedPolicyArns'] ?? []) as readonly string[];
  const own = ownPolicies(world, realm, holder).attached;
  return [...new Set([...given, ...named.map(({ arn, id }) => arn ?? id), ...own])];
}

/** Inline policies by name, whoever put them there. */
export function inlinePolicies(world: World, realm: Realm, holder: Resource): Record<string, unknown> {
  const property = holder.type === USER ? 'Users' : 'Roles';
  const single = holder.type === USER ? 'UserName' : 'RoleName';
  const found: Record<string, unknown> = {};
  for (const { PolicyName, PolicyDocument } of (holder.properties['Policies'] ?? []) as readonly InlinePolicy[]) {
    found[PolicyName] = PolicyDocument;
  }
  for (const { properties } of resourcesOf(world, realm, 'AWS::IAM::Policy')) {
    if (includes(properties[property], holder.id))
      found[String(properties['PolicyName'])] = properties['PolicyDocument'];
  }
  for (const { properties } of resourcesOf(world, realm, `${holder.type}Policy`)) {
    if (properties[single] === holder.id) found[String(properties['PolicyName'])] = properties['PolicyDocument'];
  }
  return { ...found, ...ownPolicies(world, realm, holder).inline };
}

/** The instance profiles that a role is in. */
export function profilesOf(world: World, realm: Realm, role: string): Resource[] {
  return [...resourcesOf(world, realm, INSTANCE_PROFILE)].filter(({ properties }) =>
    includes(properties['Roles'], role),
  );
}

interface InlinePolicy {
  readonly PolicyName: string;
  readonly PolicyDocument: unknown;
}

function includes(list: unknown, name: string): boolean {
  return Array.isArray(list) && list.includes(name);
}
