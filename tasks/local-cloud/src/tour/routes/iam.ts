import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const PolicyDocument = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
});
const ROLE = { RoleName: 'tour' };
const USER = { UserName: 'anna' };
const PROFILE = { InstanceProfileName: 'tour' };
const POLICY = { PolicyArn: '<policy>' };
const Tags = [{ Key: 'team', Value: 'tour' }];
const TagKeys = ['team'];
const tagged = { expect: { 'Tags.0.Value': 'tour' } };
const attached = { expect: { 'AttachedPolicies.0.PolicyName': 'read' } };

export const iamRoute: Route = {
  name: 'IAM',
  steps: stepsOf('iam', [
    ['CreateRole', { ...ROLE, AssumeRolePolicyDocument: TRUST }, { expect: { 'Role.Arn': /:role\/tour$/ } }],
    ['CreateRole', { ...ROLE, AssumeRolePolicyDocument: TRUST }, { fails: 'EntityAlreadyExists' }],
    ['GetRole', ROLE, { expect: { 'Role.RoleName': 'tour' } }],
    ['ListRoles', {}, { expect: { 'Roles.0.RoleName': 'tour' } }],
    ['UpdateRole', { ...ROLE, Description: 'of the tour' }],
    ['UpdateAssumeRolePolicy', { ...ROLE, PolicyDocument: TRUST }],
    ['TagRole', { ...ROLE, Tags }],
    ['ListRoleTags', ROLE, tagged],
    ['UntagRole', { ...ROLE, TagKeys }],
    ['PutRolePolicy', { ...ROLE, PolicyName: 'inline', PolicyDocument }],
    ['GetRolePolicy', { ...ROLE, PolicyName: 'inline' }, { expect: { PolicyDocument: /GetObject/ } }],
    ['ListRolePolicies', ROLE, { expect: { 'PolicyNames.0': 'inline' } }],
    ['CreatePolicy', { PolicyName: 'read', PolicyDocument }, { save: { policy: 'Policy.Arn' } }],
    ['GetPolicy', POLICY, { expect: { 'Policy.DefaultVersionId': 'v1' } }],
    ['ListPolicies', { Scope: 'Local' }, { expect: { 'Policies.0.PolicyName': 'read' } }],
    ['CreatePolicyVersion', { ...POLICY, PolicyDocument }, { expect: { 'PolicyVersion.VersionId': 'v2' } }],
    ['ListPolicyVersions', POLICY, { expect: { Versions: /v2/ } }],
    ['GetPolicyVersion', { ...POLICY, VersionId: 'v2' }, { expect: { 'PolicyVersion.IsDefaultVersion': false } }],
    ['SetDefaultPolicyVersion', { ...POLICY, VersionId: 'v2' }],
    ['DeletePolicyVersion', { ...POLICY, VersionId: 'v2' }, { fails: 'DeleteConflict' }],
    ['DeletePolicyVersion', { ...POLICY, VersionId: 'v1' }],
    ['TagPolicy', { ...POLICY, Tags }],
    ['ListPolicyTags', POLICY, tagged],
    ['UntagPolicy', { ...POLICY, TagKeys }],
    ['AttachRolePolicy', { ...ROLE, ...POLICY }],
    ['ListAttachedRolePolicies', ROLE, attached],
    ['ListEntitiesForPolicy', POLICY, { expect: { 'PolicyRoles.0.RoleName': 'tour' } }],
    ['CreateInstanceProfile', PROFILE, { expect: { 'InstanceProfile.InstanceProfileName': 'tour' } }],
    ['AddRoleToInstanceProfile', { ...PROFILE, ...ROLE }],
    ['GetInstanceProfile', PROFILE, { expect: { 'InstanceProfile.Roles.0.RoleName': 'tour' } }],
    ['ListInstanceProfiles', {}, { expect: { 'InstanceProfiles.0.InstanceProfileName': 'tour' } }],
    ['ListInstanceProfilesForRole', ROLE, { expect: { 'InstanceProfiles.0.InstanceProfileName': 'tour' } }],
    ['TagInstanceProfile', { ...PROFILE, Tags }],
    ['ListInstanceProfileTags', PROFILE, tagged],
    ['UntagInstanceProfile', { ...PROFILE, TagKeys }],
    ['DeleteRole', ROLE, { fails: 'DeleteConflict' }],
    ['RemoveRoleFromInstanceProfile', { ...PROFILE, ...ROLE }],
    ['DeleteInstanceProfile', PROFILE],
    ['DeleteRolePolicy', { ...ROLE, PolicyName: 'inline' }],
    ['DetachRolePolicy', { ...ROLE, ...POLICY }],
    ['DeleteRole', ROLE],
    ['CreateUser', USER, { expect: { 'User.UserName': 'anna' } }],
    ['GetUser', USER, { expect: { 'User.Arn': /:user\/anna$/ } }],
    ['ListUsers', {}, { expect: { 'Users.0.UserName': 'anna' } }],
    ['TagUser', { ...USER, Tags }],
    ['ListUserTags', USER, tagged],
    ['UntagUser', { ...USER, TagKeys }],
    ['PutUserPolicy', { ...USER, PolicyName: 'inline', PolicyDocument }],
    ['GetUserPolicy', { ...USER, PolicyName: 'inline' }, { expect: { UserName: 'anna' } }],
    ['ListUserPolicies', USER, { expect: { 'PolicyNames.0': 'inline' } }],
    ['AttachUserPolicy', { ...USER, ...POLICY }],
    ['ListAttachedUserPolicies', USER, attached],
    ['DetachUserPolicy', { ...USER, ...POLICY }],
    ['DeleteUserPolicy', { ...USER, PolicyName: 'inline' }],
    ['DeleteUser', USER],
    ['DeletePolicy', POLICY],
    ['GetPolicy', POLICY, { fails: 'NoSuchEntity' }],
    ['CreateAccountAlias', { AccountAlias: 'tour-of-the-cloud' }],
    ['ListAccountAliases', {}, { expect: { 'AccountAliases.0': 'tour-of-the-cloud' } }],
    ['DeleteAccountAlias', { AccountAlias: 'tour-of-the-cloud' }],
    ['GetAccountSummary', {}, { expect: { 'SummaryMap.Roles': 0 } }],
    ['CreateServiceLinkedRole', { AWSServiceName: 'ecs.amazonaws.com' }, { save: { linked: 'Role.RoleName' } }],
    ['DeleteServiceLinkedRole', { RoleName: '<linked>' }, { save: { deletion: 'DeletionTaskId' } }],
    ['GetServiceLinkedRoleDeletionStatus', { DeletionTaskId: '<deletion>' }, { until: { Status: 'SUCCEEDED' } }],
  ]),
};
