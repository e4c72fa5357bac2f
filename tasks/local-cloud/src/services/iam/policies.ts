import type * as IAM from '@aws-sdk/client-iam';
import { attachedPolicies, MANAGED_POLICY, ROLE, USER } from '../../catalog/iam-policies.ts';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import type { Call, World } from '../../world.ts';
import { tagList, tagMap } from '../tag-list.ts';
import { checkedName } from './checked-name.ts';
import { conflict, entityPage, isAwsPolicy, parsedDocument, pathOf, policyOf } from './entity.ts';
import { forgetVersions, versionsOf } from './policy-versions.ts';

export function createPolicy(world: World, input: IAM.CreatePolicyRequest, call: Call): IAM.CreatePolicyResponse {
  const policy = createRecord(world, call.realm, {
    type: MANAGED_POLICY,
    properties: {
      ManagedPolicyName: checkedName('policyName', input.PolicyName, 128),
      PolicyDocument: parsedDocument(input.PolicyDocument),
      ...(input.Path === undefined ? {} : { Path: input.Path }),
      ...(input.Description === undefined ? {} : { Description: input.Description }),
    },
    tags: tagMap(input.Tags),
  });
  return { Policy: describe(world, call, policy) };
}

export function getPolicy(world: World, input: IAM.GetPolicyRequest, call: Call): IAM.GetPolicyResponse {
  return { Policy: describe(world, call, policyOf(world, call, input.PolicyArn)) };
}

/** Those of the account; AWS's own are known by ARN alone. */
export function listPolicies(world: World, input: IAM.ListPoliciesRequest, call: Call): IAM.ListPoliciesResponse {
  const own = input.Scope === 'AWS' ? [] : [...resourcesOf(world, call.realm, MANAGED_POLICY)];
  const wanted = own.filter((policy) => input.OnlyAttached !== true || entitiesOf(world, call, policy.id).length > 0);
  const { items, ...page } = entityPage(wanted, input, (policy) => describe(world, call, policy));
  return { Policies: items, ...page };
}

export function deletePolicy(world: World, input: IAM.DeletePolicyRequest, call: Call): object {
  const policy = policyOf(world, call, input.PolicyArn);
  if (entitiesOf(world, call, policy.id).length > 0) throw conflict('Cannot delete a policy attached to entities.');
  if (versionsOf(world, call, policy).length > 1) {
    throw conflict(
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. " +
        'The default version is deleted with the policy.',
    );
  }
  deleteRecord({ world, realm: call.realm, type: MANAGED_POLICY, id: policy.id });
  forgetVersions(world, call, policy);
  return {};
}

export function listEntitiesForPolicy(
  world: World,
  input: IAM.ListEntitiesForPolicyRequest,
  call: Call,
): IAM.ListEntitiesForPolicyResponse {
  const arn = input.PolicyArn ?? '';
  if (!isAwsPolicy(arn)) policyOf(world, call, arn);
  const all = entitiesOf(world, call, arn);
  const named = (type: string): Resource[] => all.filter((each) => each.type === type);
  return {
    PolicyRoles: named(ROLE).map(({ id, attributes }) => ({ RoleName: id, RoleId: String(attributes['RoleId']) })),
    PolicyUsers: named(USER).map(({ id }) => ({ UserName: id })),
    PolicyGroups: [],
    IsTruncated: false,
  };
}

function entitiesOf(world: World, call: Call, arn: string): Resource[] {
  return [ROLE, USER].flatMap((type) =>
    [...resourcesOf(world, call.realm, type)].filter((each) => attachedPolicies(world, call.realm, each).includes(arn)),
  );
}

function describe(world: World, call: Call, policy: Resource): IAM.Policy {
  const { ManagedPolicyName, Description } = policy.properties;
  const versions = versionsOf(world, call, policy);
  const current = versions.find(({ isDefault }) => isDefault);
  return {
    PolicyName: String(ManagedPolicyName ?? policy.id.split('/').at(-1)),
    PolicyId: String(policy.attributes['PolicyId'] ?? ''),
    Arn: policy.id,
    Path: pathOf(policy),
    DefaultVersionId: current?.id,
    AttachmentCount: entitiesOf(world, call, policy.id).length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    ...(Description === undefined ? {} : { Description: String(Description) }),
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(Math.max(...versions.map(({ createdAt }) => createdAt))),
    Tags: tagList(policy.tags),
  };
}
