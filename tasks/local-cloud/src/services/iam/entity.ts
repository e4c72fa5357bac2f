import { globalRealm } from '../../catalog/realm-of.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import { INSTANCE_PROFILE, MANAGED_POLICY, ROLE, USER } from '../../catalog/iam-policies.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { pageOf } from '../page.ts';

const PAGE_SIZE = 100;

export function noSuchEntity(text: string): ServiceError {
  return new ServiceError('NoSuchEntityException', text, 404);
}

export function conflict(text: string): ServiceError {
  return new ServiceError('DeleteConflictException', text, 409);
}

export function roleOf(world: World, call: Call, name = ''): Resource {
  return entity(world, call, ROLE, name, `The role with name ${name} cannot be found.`);
}

export function userOf(world: World, call: Call, name = ''): Resource {
  return entity(world, call, USER, name, `The user with name ${name} cannot be found.`);
}

export function profileOf(world: World, call: Call, name = ''): Resource {
  return entity(world, call, INSTANCE_PROFILE, name, `Instance Profile ${name} cannot be found.`);
}

export function policyOf(world: World, call: Call, arn = ''): Resource {
  if (isAwsPolicy(arn)) {
    const text = `The local cloud does not simulate what is in AWS's own policies: ${arn}`;
    throw new ServiceError('NotImplemented', text, 501);
  }
  return entity(world, call, MANAGED_POLICY, arn, `Policy ${arn} was not found.`);
}

/** One of those that AWS keeps for everybody. */
export function isAwsPolicy(arn: string): boolean {
  return arn.startsWith('arn:aws:iam::aws:policy/');
}

/** What roles, users, profiles and policies have in common, by the path they are listed under, in order of name. */
export function entityPage<T>(
  all: Iterable<Resource>,
  input: { PathPrefix?: string | undefined; Marker?: string | undefined; MaxItems?: number | undefined },
  describe: (record: Resource) => T,
) {
  const found = [...all]
    .filter((record) => pathOf(record).startsWith(input.PathPrefix ?? '/'))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  const { items, ...page } = markedPage(found, input);
  return { items: items.map(describe), ...page };
}

/** A page in IAM's words. */
export function markedPage<T>(
  all: readonly T[],
  { Marker, MaxItems }: { Marker?: string | undefined; MaxItems?: number | undefined },
) {
  const invalid = (): ServiceError => new ServiceError('ValidationError', 'Invalid Marker.');
  const { items, nextToken } = pageOf(all, MaxItems ?? PAGE_SIZE, Marker, invalid);
  return {
    items,
    IsTruncated: nextToken !== undefined,
    ...(nextToken === undefined ? {} : { Marker: nextToken }),
  };
}

export function pathOf({ properties }: Resource): string {
  return String(properties['Path'] ?? '/');
}

/** IAM sends policies percent-encoded. */
export function encodedDocument(document: unknown): string {
  return encodeURIComponent(typeof document === 'string' ? document : JSON.stringify(document ?? {}));
}

/** @throws ServiceError MalformedPolicyDocument */
export function parsedDocument(text: string | undefined): object {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value === 'object' && value !== null && 'Statement' in value) return value;
  } catch {
    throw new ServiceError('MalformedPolicyDocumentException', 'This policy contains invalid Json');
  }
  throw new ServiceError('MalformedPolicyDocumentException', 'Syntax errors in policy.');
}

function entity(world: World, call: Call, type: string, id: string, missing: string): Resource {
  const record = findRecord(world, globalRealm(call.realm), type, id);
  if (record === undefined) throw noSuchEntity(missing);
  return record;
}
