import { ROLE } from '../../catalog/iam-policies.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Realm, World } from '../../world.ts';
import { credentialsOf, SECONDS, sessionSeconds, startSession } from './session.ts';

const ROLE_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:[\w+=,.@-]+\/)*([\w+=,.@-]+)$/;
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;

export interface RoleRequest {
  readonly RoleArn?: string | undefined;
  readonly RoleSessionName?: string | undefined;
  readonly DurationSeconds?: number | undefined;
}

/** A role as a request names it; its record where IAM of its account knows it. */
export interface NamedRole {
  readonly arn: string;
  readonly name: string;
  readonly realm: Realm;
  readonly record: Resource | undefined;
}

/** @throws ServiceError ValidationError */
export function namedRole(world: World, { RoleArn = '', RoleSessionName = '' }: RoleRequest): NamedRole {
  const [, account, name] = ROLE_ARN.exec(RoleArn) ?? [];
  if (account === undefined || name === undefined) throw new ServiceError('ValidationError', `${RoleArn} is invalid`);
  if (!SESSION_NAME.test(RoleSessionName)) {
    throw new ServiceError(
      'ValidationError',
      `1 validation error detected: Value '${RoleSessionName}' at 'roleSessionName' failed to satisfy constraint: ` +
        'Member must satisfy regular expression pattern: [\\w+=,.@-]*',
    );
  }
  const realm: Realm = { account, region: 'global' };
  return { arn: RoleArn, name, realm, record: findRecord(world, realm, ROLE, name) };
}

/** Credentials of a role that may be assumed. @throws ServiceError ValidationError where they would last too long */
export function assumed(world: World, role: NamedRole, input: RoleRequest) {
  const { DurationSeconds = SECONDS.role, RoleSessionName = '' } = input;
  const seconds = sessionSeconds(DurationSeconds, SECONDS.maxRole);
  if (role.record !== undefined && seconds > Number(role.record.properties['MaxSessionDuration'] ?? SECONDS.role)) {
    throw new ServiceError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  const { account } = role.realm;
  const id = String(role.record?.attributes['RoleId'] ?? `AROA${world.hex(17).toUpperCase()}`);
  const session = startSession(world, seconds, {
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${RoleSessionName}`,
    userId: `${id}:${RoleSessionName}`,
  });
  return {
    Credentials: credentialsOf(world, session),
    AssumedRoleUser: { Arn: session.arn, AssumedRoleId: session.userId },
    PackedPolicySize: 0,
  };
}
