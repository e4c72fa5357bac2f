import type * as IAM from '@aws-sdk/client-iam';
import { INSTANCE_PROFILE, MANAGED_POLICY, ROLE, USER } from '../../catalog/iam-policies.ts';
import { globalRealm } from '../../catalog/realm-of.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { noSuchEntity } from './entity.ts';

/** Aliases are one space over all accounts; each account has one at most. */
const EVERYWHERE: Realm = { account: '000000000000', region: 'global' };
const ALIAS = /^[a-z\d](?:[a-z\d]|-(?!-)){1,61}[a-z\d]$/;

interface Alias {
  readonly alias: string;
  readonly account: string;
}

const aliases = (world: World) => world.table<Alias>('iam.account-alias', EVERYWHERE);

export function getAccountSummary(world: World, _input: object, call: Call): IAM.GetAccountSummaryResponse {
  const realm = globalRealm(call.realm);
  const count = (type: string): number => [...resourcesOf(world, realm, type)].length;
  return {
    SummaryMap: {
      ...{ Roles: count(ROLE), RolesQuota: 1000 },
      ...{ Users: count(USER), UsersQuota: 5000 },
      ...{ Policies: count(MANAGED_POLICY), PoliciesQuota: 1500 },
      ...{ InstanceProfiles: count(INSTANCE_PROFILE), InstanceProfilesQuota: 1000 },
      ...{ Groups: count('AWS::IAM::Group'), GroupsQuota: 300 },
      AccountMFAEnabled: 0,
    },
  };
}

export function listAccountAliases(world: World, _input: object, call: Call): IAM.ListAccountAliasesResponse {
  const own = aliasOf(world, call);
  return { AccountAliases: own === undefined ? [] : [own], IsTruncated: false };
}

export function createAccountAlias(world: World, input: IAM.CreateAccountAliasRequest, call: Call): object {
  const alias = input.AccountAlias ?? '';
  if (!ALIAS.test(alias)) {
    const text =
      `1 validation error detected: Value '${alias}' at 'accountAlias' failed to satisfy constraint: Member must ` +
      'satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$';
    throw new ServiceError('ValidationError', text);
  }
  const { account } = call.realm;
  if ((aliases(world).get(alias)?.account ?? account) !== account) {
    throw new ServiceError('EntityAlreadyExistsException', `The account alias ${alias} already exists.`, 409);
  }
  const old = aliasOf(world, call);
  if (old !== undefined) aliases(world).delete(old);
  aliases(world).put(alias, { alias, account });
  return {};
}

export function deleteAccountAlias(world: World, input: IAM.DeleteAccountAliasRequest, call: Call): object {
  const alias = input.AccountAlias ?? '';
  if (aliases(world).get(alias)?.account !== call.realm.account) {
    throw noSuchEntity(`The account alias ${alias} cannot be found.`);
  }
  aliases(world).delete(alias);
  return {};
}

function aliasOf(world: World, { realm }: Call): string | undefined {
  for (const { alias, account } of aliases(world).values()) if (account === realm.account) return alias;
  return undefined;
}
