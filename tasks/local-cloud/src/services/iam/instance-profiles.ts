import type * as IAM from '@aws-sdk/client-iam';
import { INSTANCE_PROFILE, profilesOf, ROLE } from '../../catalog/iam-policies.ts';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { findRecord, setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { tagList, tagMap } from '../tag-list.ts';
import { checkedName } from './checked-name.ts';
import { conflict, entityPage, noSuchEntity, pathOf, profileOf, roleOf } from './entity.ts';
import { describeRole } from './roles.ts';

export function createInstanceProfile(
  world: World,
  input: IAM.CreateInstanceProfileRequest,
  call: Call,
): IAM.CreateInstanceProfileResponse {
  const profile = createRecord(world, call.realm, {
    type: INSTANCE_PROFILE,
    properties: {
      InstanceProfileName: checkedName('instanceProfileName', input.InstanceProfileName, 128),
      Roles: [],
      ...(input.Path === undefined ? {} : { Path: input.Path }),
    },
    tags: tagMap(input.Tags),
  });
  return { InstanceProfile: describe(world, call, profile) };
}

export function getInstanceProfile(
  world: World,
  input: IAM.GetInstanceProfileRequest,
  call: Call,
): IAM.GetInstanceProfileResponse {
  return { InstanceProfile: describe(world, call, profileOf(world, call, input.InstanceProfileName)) };
}

export function listInstanceProfiles(
  world: World,
  input: IAM.ListInstanceProfilesRequest,
  call: Call,
): IAM.ListInstanceProfilesResponse {
  const all = resourcesOf(world, call.realm, INSTANCE_PROFILE);
  const { items, ...page } = entityPage(all, input, (profile) => describe(world, call, profile));
  return { InstanceProfiles: items, ...page };
}

export function listInstanceProfilesForRole(
  world: World,
  input: IAM.ListInstanceProfilesForRoleRequest,
  call: Call,
): IAM.ListInstanceProfilesForRoleResponse {
  const role = roleOf(world, call, input.RoleName);
  const all = profilesOf(world, call.realm, role.id);
  const { items, ...page } = entityPage(all, input, (profile) => describe(world, call, profile));
  return { InstanceProfiles: items, ...page };
}

export function deleteInstanceProfile(world: World, input: IAM.DeleteInstanceProfileRequest, call: Call): object {
  const { id, properties } = profileOf(world, call, input.InstanceProfileName);
  if (((properties['Roles'] ?? []) as readonly string[]).length > 0) {
    throw conflict('Cannot delete entity, must remove roles from instance profile first.');
  }
  deleteRecord({ world, realm: call.realm, type: INSTANCE_PROFILE, id });
  return {};
}

export function addRoleToInstanceProfile(world: World, input: IAM.AddRoleToInstanceProfileRequest, call: Call): object {
  const profile = profileOf(world, call, input.InstanceProfileName);
  const role = roleOf(world, call, input.RoleName);
  if (((profile.properties['Roles'] ?? []) as readonly string[]).length > 0) {
    const text = 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1';
    throw new ServiceError('LimitExceededException', text, 409);
  }
  setProperties(world, call.realm, profile, { Roles: [role.id] });
  return {};
}

export function removeRoleFromInstanceProfile(
  world: World,
  input: IAM.RemoveRoleFromInstanceProfileRequest,
  call: Call,
): object {
  const profile = profileOf(world, call, input.InstanceProfileName);
  const roles = (profile.properties['Roles'] ?? []) as readonly string[];
  if (!roles.includes(input.RoleName ?? '')) {
    throw noSuchEntity(`The role with name ${input.RoleName ?? ''} cannot be found.`);
  }
  setProperties(world, call.realm, profile, { Roles: [] });
  return {};
}

function describe(world: World, call: Call, profile: Resource): IAM.InstanceProfile {
  const names = (profile.properties['Roles'] ?? []) as readonly string[];
  return {
    Path: pathOf(profile),
    InstanceProfileName: profile.id,
    InstanceProfileId: `AIPA${Buffer.from(profile.id).toString('hex').toUpperCase().padEnd(17, '0').slice(0, 17)}`,
    Arn: profile.arn ?? '',
    CreateDate: new Date(profile.createdAt),
    Roles: names.flatMap((name) => {
      const role = findRecord(world, call.realm, ROLE, name);
      return role === undefined ? [] : [describeRole(role)];
    }),
    Tags: tagList(profile.tags),
  };
}
