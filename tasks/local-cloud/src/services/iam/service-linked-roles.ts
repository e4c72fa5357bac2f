import type * as IAM from '@aws-sdk/client-iam';
import { ROLE } from '../../catalog/iam-policies.ts';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { globalRealm } from '../../catalog/realm-of.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { noSuchEntity, pathOf, roleOf } from './entity.ts';
import { linkedRoleName } from './linked-role-name.ts';
import { describeRole } from './roles.ts';

/** Delete tasks that were asked for; all of them have succeeded. */
const tasks = (world: World, call: Call) => world.table<true>('iam.linked-role-delete', globalRealm(call.realm));

export function createServiceLinkedRole(
  world: World,
  input: IAM.CreateServiceLinkedRoleRequest,
  call: Call,
): IAM.CreateServiceLinkedRoleResponse {
  const service = input.AWSServiceName ?? '';
  if (!/^[\w.-]+\.amazonaws\.com$/.test(service)) {
    throw new ServiceError('InvalidInputException', `${service} is not a valid service principal.`);
  }
  const name = linkedRoleName(service) + (input.CustomSuffix === undefined ? '' : `_${input.CustomSuffix}`);
  if (findRecord(world, call.realm, ROLE, name) !== undefined) {
    throw new ServiceError(
      'InvalidInputException',
      `Service role name ${name} has been taken in this account, please try a different suffix.`,
    );
  }
  const properties = {
    RoleName: name,
    Path: `/aws-service-role/${service}/`,
    AssumeRolePolicyDocument: trustOf(service),
    ...(input.Description === undefined ? {} : { Description: input.Description }),
  };
  return { Role: describeRole(createRecord(world, call.realm, { type: ROLE, properties })) };
}

export function deleteServiceLinkedRole(
  world: World,
  input: IAM.DeleteServiceLinkedRoleRequest,
  call: Call,
): IAM.DeleteServiceLinkedRoleResponse {
  const role = roleOf(world, call, input.RoleName);
  if (!pathOf(role).startsWith('/aws-service-role/')) {
    throw new ServiceError('InvalidInputException', `The role ${role.id} is not a service-linked role.`);
  }
  deleteRecord({ world, realm: call.realm, type: ROLE, id: role.id });
  const DeletionTaskId = `task${pathOf(role)}${role.id}/${world.uuid()}`;
  tasks(world, call).put(DeletionTaskId, true);
  return { DeletionTaskId };
}

export function getServiceLinkedRoleDeletionStatus(
  world: World,
  input: IAM.GetServiceLinkedRoleDeletionStatusRequest,
  call: Call,
): IAM.GetServiceLinkedRoleDeletionStatusResponse {
  const id = input.DeletionTaskId ?? '';
  if (tasks(world, call).get(id) === undefined) throw noSuchEntity(`The deletion task ${id} cannot be found.`);
  return { Status: 'SUCCEEDED' };
}

function trustOf(service: string): object {
  const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  return { Version: '2012-10-17', Statement: [statement] };
}
