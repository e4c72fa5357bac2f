import type * as IAM from '@aws-sdk/client-iam';
import { attachedPolicies, inlinePolicies, ROLE } from '../../catalog/iam-policies.ts';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { tagList, tagMap } from '../tag-list.ts';
import { conflict, encodedDocument, entityPage, parsedDocument, pathOf, roleOf } from './entity.ts';
import { checkedName } from './checked-name.ts';

export function createRole(world: World, input: IAM.CreateRoleRequest, call: Call): IAM.CreateRoleResponse {
  const role = createRecord(world, call.realm, {
    type: ROLE,
    properties: {
      RoleName: checkedName('roleName', input.RoleName, 64),
      AssumeRolePolicyDocument: parsedDocument(input.AssumeRolePolicyDocument),
      ...(input.Path === undefined ? {} : { Path: input.Path }),
      ...(input.Description === undefined ? {} : { Description: input.Description }),
      ...(input.MaxSessionDuration === undefined ? {} : { MaxSessionDuration: input.MaxSessionDuration }),
      ...(input.PermissionsBoundary === undefined ? {} : { PermissionsBoundary: input.PermissionsBoundary }),
    },
    tags: tagMap(input.Tags),
  });
  return { Role: describeRole(role) };
}

export function getRole(world: World, input: IAM.GetRoleRequest, call: Call): IAM.GetRoleResponse {
  return { Role: describeRole(roleOf(world, call, input.RoleName)) };
}

export function listRoles(world: World, input: IAM.ListRolesRequest, call: Call): IAM.ListRolesResponse {
  const { items, ...page } = entityPage(resourcesOf(world, call.realm, ROLE), input, describeRole);
  return { Roles: items, ...page };
}

export function updateRole(world: World, input: IAM.UpdateRoleRequest, call: Call): IAM.UpdateRoleResponse {
  const role = checkedRole(world, call, input.RoleName);
  setProperties(world, call.realm, role, {
    ...(input.Description === undefined ? {} : { Description: input.Description }),
    ...(input.MaxSessionDuration === undefined ? {} : { MaxSessionDuration: input.MaxSessionDuration }),
  });
  return {};
}

export function updateAssumeRolePolicy(world: World, input: IAM.UpdateAssumeRolePolicyRequest, call: Call): object {
  const role = checkedRole(world, call, input.RoleName);
  setProperties(world, call.realm, role, { AssumeRolePolicyDocument: parsedDocument(input.PolicyDocument) });
  return {};
}

/** The API deletes nothing along with a role, not even what its own template gave it. */
export function deleteRole(world: World, input: IAM.DeleteRoleRequest, call: Call): object {
  const role = checkedRole(world, call, input.RoleName);
  if (attachedPolicies(world, call.realm, role).length > 0) {
    throw conflict('Cannot delete entity, must detach all policies first.');
  }
  if (Object.keys(inlinePolicies(world, call.realm, role)).length > 0) {
    throw conflict('Cannot delete entity, must delete policies first.');
  }
  deleteRecord({ world, realm: call.realm, type: ROLE, id: role.id });
  return {};
}

export function describeRole(role: Resource): IAM.Role {
  const { Description, MaxSessionDuration, AssumeRolePolicyDocument, PermissionsBoundary } = role.properties;
  return {
    Path: pathOf(role),
    RoleName: role.id,
    RoleId: String(role.attributes['RoleId'] ?? ''),
    Arn: role.arn ?? '',
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encodedDocument(AssumeRolePolicyDocument),
    MaxSessionDuration: Number(MaxSessionDuration ?? 3600),
    ...(Description === undefined ? {} : { Description: String(Description) }),
    ...(PermissionsBoundary === undefined
      ? {}
      : {
          PermissionsBoundary: {
            PermissionsBoundaryType: 'Policy' as IAM.PermissionsBoundaryAttachmentType,
            PermissionsBoundaryArn: String(PermissionsBoundary),
          },
        }),
    Tags: tagList(role.tags),
  };
}

/** @throws ServiceError where there is no such role, or it is AWS's own */
export function checkedRole(world: World, call: Call, name: string | undefined): Resource {
  const role = roleOf(world, call, name);
  if (!pathOf(role).startsWith('/aws-service-role/')) return role;
  const text = `Cannot perform the operation on the protected role '${role.id}' - this role is only modifiable by AWS`;
  throw new ServiceError('UnmodifiableEntityException', text);
}
