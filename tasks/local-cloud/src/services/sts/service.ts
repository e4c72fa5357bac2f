import type {
  AssumeRoleRequest,
  AssumeRoleResponse,
  GetCallerIdentityResponse,
  GetSessionTokenRequest,
  GetSessionTokenResponse,
} from '@aws-sdk/client-sts';
import { identityOf, sessions } from '../../identity.ts';
import type { Session } from '../../identity.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Service, World } from '../../world.ts';

const ROLE_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:[\w+=,.@-]+\/)*([\w+=,.@-]+)$/;
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;
const SECONDS = { min: 900, maxRole: 43_200, maxUser: 129_600, role: 3_600, user: 43_200 };

/** Who the caller is, and temporary credentials; see SPEC.md beside this file. */
export const sts: Service = {
  client: 'client-sts',
  operations: {
    GetCallerIdentity: getCallerIdentity,
    AssumeRole: assumeRole,
    GetSessionToken: getSessionToken,
  },
};

function getCallerIdentity(world: World, _input: object, call: Call): GetCallerIdentityResponse {
  const { account, arn, userId } = identityOf(world, call.accessKeyId ?? call.realm.account);
  return { Account: account, Arn: arn, UserId: userId };
}

function assumeRole(world: World, input: AssumeRoleRequest, _call: Call): AssumeRoleResponse {
  const [, account, role] = ROLE_ARN.exec(input.RoleArn ?? '') ?? [];
  if (account === undefined || role === undefined) {
    throw new ServiceError('ValidationError', `${input.RoleArn ?? ''} is invalid`);
  }
  const name = input.RoleSessionName ?? '';
  if (!SESSION_NAME.test(name)) {
    throw new ServiceError(
      'ValidationError',
      `1 validation error detected: Value '${name}' at 'roleSessionName' failed to satisfy constraint: ` +
        'Member must satisfy regular expression pattern: [\\w+=,.@-]*',
    );
  }
  const seconds = duration(input.DurationSeconds ?? SECONDS.role, SECONDS.maxRole);
  const session = startSession(world, seconds, {
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
    userId: `AROA${world.hex(17).toUpperCase()}:${name}`,
  });
  return {
    Credentials: credentials(world, session),
    AssumedRoleUser: { Arn: session.arn, AssumedRoleId: session.userId },
    PackedPolicySize: 0,
  };
}

function getSessionToken(world: World, input: GetSessionTokenRequest, call: Call): GetSessionTokenResponse {
  const seconds = duration(input.DurationSeconds ?? SECONDS.user, SECONDS.maxUser);
  const { account, arn, userId } = identityOf(world, call.accessKeyId ?? call.realm.account);
  return { Credentials: credentials(world, startSession(world, seconds, { account, arn, userId })) };
}

function duration(seconds: number, max: number): number {
  if (seconds >= SECONDS.min && seconds <= max) return seconds;
  const [bound, limit] = seconds < SECONDS.min ? ['greater', SECONDS.min] : ['less', max];
  throw new ServiceError(
    'ValidationError',
    `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: ` +
      `Member must have value ${bound} than or equal to ${limit}`,
  );
}

function startSession(world: World, seconds: number, identity: Omit<Session, 'accessKeyId' | 'expiresAt'>): Session {
  const accessKeyId = `ASIA${world.hex(16).toUpperCase()}`;
  for (const old of sessions(world).values()) {
    if (old.expiresAt <= world.now) sessions(world).delete(old.accessKeyId);
  }
  const session: Session = { ...identity, accessKeyId, expiresAt: world.now + seconds * 1000 };
  sessions(world).put(accessKeyId, session);
  return session;
}

function credentials(world: World, session: Session) {
  return {
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: world.hex(40),
    SessionToken: world.hex(128),
    Expiration: new Date(session.expiresAt),
  };
}
