import type { Operation, Service } from '../../world.ts';
import * as account from './account.ts';
import { holderPolicies } from './holder-policies.ts';
import * as profiles from './instance-profiles.ts';
import * as versions from './policy-versions.ts';
import * as policies from './policies.ts';
import * as roles from './roles.ts';
import * as linked from './service-linked-roles.ts';
import { tagOperations } from './tags.ts';
import * as users from './users.ts';

/** Roles, policies, instance profiles and users; see SPEC.md beside this file. */
export const iam: Service = {
  client: 'client-iam',
  operations: {
    CreateRole: roles.createRole,
    GetRole: roles.getRole,
    ListRoles: roles.listRoles,
    UpdateRole: roles.updateRole,
    UpdateAssumeRolePolicy: roles.updateAssumeRolePolicy,
    DeleteRole: roles.deleteRole,
    CreateServiceLinkedRole: linked.createServiceLinkedRole,
    DeleteServiceLinkedRole: linked.deleteServiceLinkedRole,
    GetServiceLinkedRoleDeletionStatus: linked.getServiceLinkedRoleDeletionStatus,
    CreateUser: users.createUser,
    GetUser: users.getUser,
    ListUsers: users.listUsers,
    DeleteUser: users.deleteUser,
    CreatePolicy: policies.createPolicy,
    GetPolicy: policies.getPolicy,
    ListPolicies: policies.listPolicies,
    DeletePolicy: policies.deletePolicy,
    ListEntitiesForPolicy: policies.listEntitiesForPolicy,
    CreatePolicyVersion: versions.createPolicyVersion,
    GetPolicyVersion: versions.getPolicyVersion,
    ListPolicyVersions: versions.listPolicyVersions,
    SetDefaultPolicyVersion: versions.setDefaultPolicyVersion,
    DeletePolicyVersion: versions.deletePolicyVersion,
    CreateInstanceProfile: profiles.createInstanceProfile,
    GetInstanceProfile: profiles.getInstanceProfile,
    ListInstanceProfiles: profiles.listInstanceProfiles,
    ListInstanceProfilesForRole: profiles.listInstanceProfilesForRole,
    DeleteInstanceProfile: profiles.deleteInstanceProfile,
    AddRoleToInstanceProfile: profiles.addRoleToInstanceProfile,
    RemoveRoleFromInstanceProfile: profiles.removeRoleFromInstanceProfile,
    GetAccountSummary: account.getAccountSummary,
    ListAccountAliases: account.listAccountAliases,
    CreateAccountAlias: account.createAccountAlias,
    DeleteAccountAlias: account.deleteAccountAlias,
    ...(holderPolicies('Role') as unknown as Record<string, Operation>),
    ...(holderPolicies('User') as unknown as Record<string, Operation>),
    ...(tagOperations as unknown as Record<string, Operation>),
  },
};
