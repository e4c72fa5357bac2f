import type * as STS from '@aws-sdk/client-sts';
import { identityOf, sessions } from '../../identity.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { credentialsOf, SECONDS, sessionSeconds, startSession } from './session.ts';

export function getCallerIdentity(world: World, _input: object, call: Call): STS.GetCallerIdentityResponse {
  const { account, arn, userId } = caller(world, call);
  return { Account: account, Arn: arn, UserId: userId };
}

export function getAccessKeyInfo(world: World, input: STS.GetAccessKeyInfoRequest): STS.GetAccessKeyInfoResponse {
  const key = input.AccessKeyId ?? '';
  const account = sessions(world).get(key)?.account ?? identityOf(world, key).account;
  return { Account: account };
}

export function getSessionToken(
  world: World,
  input: STS.GetSessionTokenRequest,
  call: Call,
): STS.GetSessionTokenResponse {
  const { account, arn, userId } = caller(world, call);
  if (arn.includes(':assumed-role/')) {
    throw new ServiceError('AccessDenied', 'Cannot call GetSessionToken with session credentials', 403);
  }
  const seconds = sessionSeconds(input.DurationSeconds ?? SECONDS.user, SECONDS.maxUser);
  return { Credentials: credentialsOf(world, startSession(world, seconds, { account, arn, userId })) };
}

export function getFederationToken(
  world: World,
  input: STS.GetFederationTokenRequest,
  call: Call,
): STS.GetFederationTokenResponse {
  const { account, arn } = caller(world, call);
  if (arn.includes(':assumed-role/')) {
    throw new ServiceError('AccessDenied', 'Cannot call GetFederationToken with session credentials', 403);
  }
  const name = input.Name ?? '';
  if (!/^[\w+=,.@-]{2,32}$/.test(name)) {
    throw new ServiceError(
      'ValidationError',
      `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: ` +
        'Member must satisfy regular expression pattern: [\\w+=,.@-]*',
    );
  }
  const seconds = sessionSeconds(input.DurationSeconds ?? SECONDS.user, SECONDS.maxUser);
  const FederatedUser = {
    FederatedUserId: `${account}:${name}`,
    Arn: `arn:aws:sts::${account}:federated-user/${name}`,
  };
  const identity = { account, arn: FederatedUser.Arn, userId: FederatedUser.FederatedUserId };
  return {
    Credentials: credentialsOf(world, startSession(world, seconds, identity)),
    FederatedUser,
    PackedPolicySize: 0,
  };
}

function caller(world: World, call: Call) {
  return identityOf(world, call.accessKeyId ?? call.realm.account);
}
