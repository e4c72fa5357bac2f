import { REPOSITORY } from '../../catalog/ecr.ts';
import { policyAllows } from '../../catalog/resource-policy.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';

/** A repository and the registry, that is the account, that it is in. */
export interface FoundRepository {
  readonly realm: Realm;
  readonly record: Resource;
}

export interface RepositoryName {
  readonly registryId?: string | undefined;
  readonly repositoryName?: string | undefined;
}

/**
 * The caller's own repository, or another registry's whose policy lets the caller do this.
 *
 * @throws ServiceError RepositoryNotFoundException, AccessDeniedException
 */
export function repositoryOf(world: World, call: Call, asked: RepositoryName, action: string): FoundRepository {
  const { repositoryName = '', registryId = call.realm.account } = asked;
  const realm = { ...call.realm, account: registryId };
  const record = findRecord(world, realm, REPOSITORY, repositoryName);
  const isOwn = registryId === call.realm.account;
  if (!isOwn && !isAllowed(record, call, `ecr:${action}`)) throw denied(call, realm, repositoryName, action);
  if (record === undefined) throw notFound(realm, repositoryName);
  return { realm, record };
}

export function repositoryArn({ region, account }: Realm, name: string): string {
  return `arn:aws:ecr:${region}:${account}:repository/${name}`;
}

export function repositoryUri({ region, account }: Realm, name: string): string {
  return `${account}.dkr.ecr.${region}.amazonaws.com/${name}`;
}

/** Templates and the API keep a policy as an object, callers may have given it as text. */
export function policyText(policy: unknown): string | undefined {
  if (policy === undefined) return undefined;
  return typeof policy === 'string' ? policy : JSON.stringify(policy);
}

function isAllowed(record: Resource | undefined, { realm, callerArn }: Call, action: string): boolean {
  const text = policyText(record?.properties['RepositoryPolicyText']);
  if (text === undefined) return false;
  return policyAllows(JSON.parse(text) as object, { account: realm.account, arn: callerArn }, action);
}

function denied({ callerArn }: Call, realm: Realm, name: string, action: string): ServiceError {
  return new ServiceError(
    'AccessDeniedException',
    `User: ${callerArn} is not authorized to perform: ecr:${action} on resource: ${repositoryArn(realm, name)} because no resource-based policy allows the ecr:${action} action`,
  );
}

export function notFound({ account }: Realm, name: string): ServiceError {
  return new ServiceError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${account}'`,
  );
}
