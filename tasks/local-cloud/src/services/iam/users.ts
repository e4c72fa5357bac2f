import type * as IAM from '@aws-sdk/client-iam';
import { attachedPolicies, inlinePolicies, USER } from '../../catalog/iam-policies.ts';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import type { Call, World } from '../../world.ts';
import { tagList, tagMap } from '../tag-list.ts';
import { checkedName } from './checked-name.ts';
import { conflict, entityPage, pathOf, userOf } from './entity.ts';

export function createUser(world: World, input: IAM.CreateUserRequest, call: Call): IAM.CreateUserResponse {
  const user = createRecord(world, call.realm, {
    type: USER,
    properties: {
      UserName: checkedName('userName', input.UserName, 64),
      ...(input.Path === undefined ? {} : { Path: input.Path }),
    },
    tags: tagMap(input.Tags),
  });
  return { User: describe(user) };
}

/** Without a name it is the caller; who calls as the account itself is its root. */
export function getUser(world: World, input: IAM.GetUserRequest, call: Call): IAM.GetUserResponse {
  if (input.UserName !== undefined) return { User: describe(userOf(world, call, input.UserName)) };
  const { account } = call.realm;
  const root = { Path: '/', UserName: 'root', UserId: account, Arn: call.callerArn, CreateDate: new Date(0) };
  return { User: root };
}

export function listUsers(world: World, input: IAM.ListUsersRequest, call: Call): IAM.ListUsersResponse {
  const { items, ...page } = entityPage(resourcesOf(world, call.realm, USER), input, describe);
  return { Users: items, ...page };
}

export function deleteUser(world: World, input: IAM.DeleteUserRequest, call: Call): object {
  const user = userOf(world, call, input.UserName);
  if (attachedPolicies(world, call.realm, user).length > 0) {
    throw conflict('Cannot delete entity, must detach all policies first.');
  }
  if (Object.keys(inlinePolicies(world, call.realm, user)).length > 0) {
    throw conflict('Cannot delete entity, must delete policies first.');
  }
  deleteRecord({ world, realm: call.realm, type: USER, id: user.id });
  return {};
}

function describe(user: Resource): IAM.User {
  return {
    Path: pathOf(user),
    UserName: user.id,
    UserId: `AIDA${Buffer.from(user.id).toString('hex').toUpperCase().padEnd(17, '0').slice(0, 17)}`,
    Arn: user.arn ?? '',
    CreateDate: new Date(user.createdAt),
    Tags: tagList(user.tags),
  };
}
