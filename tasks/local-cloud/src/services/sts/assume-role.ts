import type * as STS from '@aws-sdk/client-sts';
import { roleUse } from '../../catalog/role-use.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { assumed, namedRole } from './assumed-role.ts';
import type { NamedRole } from './assumed-role.ts';
import { isTrusted } from './trust.ts';

const CHAINED_SECONDS_MAX = 3600;

export function assumeRole(world: World, input: STS.AssumeRoleRequest, call: Call): STS.AssumeRoleResponse {
  const role = namedRole(world, input);
  if (!mayAssume(world, role, input, call)) {
    const text = `User: ${call.callerArn} is not authorized to perform: sts:AssumeRole on resource: ${role.arn}`;
    throw new ServiceError('AccessDenied', text, 403);
  }
  if (call.callerArn.includes(':assumed-role/') && (input.DurationSeconds ?? 0) > CHAINED_SECONDS_MAX) {
    throw new ServiceError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  return assumed(world, role, input);
}

/** Roles that nobody made here let everybody in: accounts begin empty, the roles of pipelines are made outside. */
function mayAssume(world: World, role: NamedRole, { ExternalId }: STS.AssumeRoleRequest, call: Call): boolean {
  const use = roleUse(world, role.realm, role.arn);
  if (use !== 'usable' || role.record === undefined) return use === 'unknown';
  return isTrusted(role.record.properties['AssumeRolePolicyDocument'], {
    action: 'sts:AssumeRole',
    kind: 'AWS',
    principals: principalsOf(call),
    context: ExternalId === undefined ? {} : { 'sts:ExternalId': ExternalId },
  });
}

/** A session's caller is also its role and its account; who calls as the account is its root. */
function principalsOf({ callerArn, realm }: Call): string[] {
  const { account } = realm;
  const role = /:assumed-role\/([^/]+)\//.exec(callerArn)?.[1];
  return [
    callerArn,
    `arn:aws:iam::${account}:root`,
    account,
    ...(role === undefined ? [] : [`arn:aws:iam::${account}:role/${role}`]),
  ];
}
