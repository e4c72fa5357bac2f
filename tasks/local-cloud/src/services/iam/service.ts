import type * as IAM from '@aws-sdk/client-iam';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { resourceKey, resources } from '../../resource.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, Service, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { linkedRoleName } from './linked-role-name.ts';

const TYPE = 'AWS::IAM::Role';
const PAGE_SIZE = 100;

/** Roles; see SPEC.md beside this file. */
export const iam: Service = {
  client: 'client-iam',
  operations: { GetRole: getRole, ListRoles: listRoles, CreateServiceLinkedRole: createServiceLinkedRole },
};

function getRole(world: World, input: IAM.GetRoleRequest, call: Call): IAM.GetRoleResponse {
  const name = input.RoleName ?? '';
  const role = resources(world, globalRealm(call)).get(resourceKey(TYPE, name));
  if (role === undefined) {
    throw new ServiceError('NoSuchEntityException', `The role with name ${name} cannot be found.`, 404);
  }
  return { Role: describe(role) };
}

function listRoles(world: World, input: IAM.ListRolesRequest, call: Call): IAM.ListRolesResponse {
  const prefix = input.PathPrefix ?? '/';
  const roles = [...resourcesOf(world, call.realm, TYPE)]
    .filter((role) => pathOf(role).startsWith(prefix))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  const invalid = (): ServiceError => new ServiceError('ValidationError', 'Invalid Marker.');
  const { items, nextToken } = pageOf(roles, input.MaxItems ?? PAGE_SIZE, input.Marker, invalid);
  return {
    Roles: items.map(describe),
    IsTruncated: nextToken !== undefined,
    ...(nextToken === undefined ? {} : { Marker: nextToken }),
  };
}

function createServiceLinkedRole(
  world: World,
  input: IAM.CreateServiceLinkedRoleRequest,
  call: Call,
): IAM.CreateServiceLinkedRoleResponse {
  const service = input.AWSServiceName ?? '';
  if (!/^[\w.-]+\.amazonaws\.com$/.test(service)) {
    throw new ServiceError('InvalidInputException', `${service} is not a valid service principal.`);
  }
  const name = linkedRoleName(service) + (input.CustomSuffix === undefined ? '' : `_${input.CustomSuffix}`);
  const roles = resources(world, globalRealm(call));
  if (roles.get(resourceKey(TYPE, name)) !== undefined) {
    throw new ServiceError(
      'InvalidInputException',
      `Service role name ${name} has been taken in this account, please try a different suffix.`,
    );
  }
  const path = `/aws-service-role/${service}/`;
  const arn = `arn:aws:iam::${call.realm.account}:role${path}${name}`;
  const role: Resource = {
    type: TYPE,
    id: name,
    arn,
    ref: name,
    attributes: { Arn: arn, RoleId: `AROA${world.hex(17).toUpperCase()}` },
    properties: { RoleName: name, Path: path, AssumeRolePolicyDocument: trustOf(service) },
    tags: {},
    createdAt: world.now,
  };
  roles.put(resourceKey(TYPE, name), role);
  return { Role: describe(role) };
}

function describe(role: Resource): IAM.Role {
  const { Description, MaxSessionDuration, AssumeRolePolicyDocument: trust } = role.properties;
  return {
    Path: pathOf(role),
    RoleName: role.id,
    RoleId: String(role.attributes['RoleId'] ?? ''),
    Arn: role.arn ?? '',
    CreateDate: new Date(role.createdAt),
    // IAM sends policies percent-encoded.
    AssumeRolePolicyDocument: encodeURIComponent(typeof trust === 'string' ? trust : JSON.stringify(trust ?? {})),
    MaxSessionDuration: Number(MaxSessionDuration ?? 3600),
    ...(Description === undefined ? {} : { Description: String(Description) }),
    Tags: Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

function pathOf(role: Resource): string {
  return String(role.properties['Path'] ?? '/');
}

function trustOf(service: string): object {
  const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  return { Version: '2012-10-17', Statement: [statement] };
}

function globalRealm({ realm }: Call): Realm {
  return { account: realm.account, region: 'global' };
}
