import type * as KMS from '@aws-sdk/client-kms';
import { keyNamed } from '../../catalog/kms-key.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { grantRecords } from './grant-records.ts';
import type { GrantRecord } from './grant-records.ts';
import { kmsPage } from './kms-page.ts';
import { livingKey, permittedKey } from './usable-key.ts';

const PAGE_SIZE = 50;

/** The same name, principal and operations once more give the same grant. */
export function createGrant(world: World, input: KMS.CreateGrantRequest, call: Call): KMS.CreateGrantResponse {
  const key = livingKey(world, call, input.KeyId, 'CreateGrant');
  if (key.state === 'Disabled') throw new ServiceError('DisabledException', `${key.arn} is disabled.`);
  const { Name, GranteePrincipal = '', RetiringPrincipal, Operations = [], Constraints } = input;
  const grants = grantRecords(world, key.realm);
  for (const known of grants.values()) {
    const isSame = known.keyId === key.record.id && known.name === Name && known.grantee === GranteePrincipal;
    if (Name !== undefined && isSame) return { GrantId: known.id, GrantToken: known.token };
  }
  const grant: GrantRecord = {
    ...{ id: world.hex(64), token: world.hex(120), keyId: key.record.id, keyArn: key.arn, grantee: GranteePrincipal },
    ...{ operations: Operations, issuer: `arn:aws:iam::${call.realm.account}:root`, createdAt: world.now },
    ...(Name === undefined ? {} : { name: Name }),
    ...(RetiringPrincipal === undefined ? {} : { retiring: RetiringPrincipal }),
    ...(Constraints === undefined ? {} : { constraints: Constraints }),
  };
  grants.put(grant.id, grant);
  return { GrantId: grant.id, GrantToken: grant.token };
}

export function listGrants(world: World, input: KMS.ListGrantsRequest, call: Call): KMS.ListGrantsResponse {
  const key = permittedKey(world, call, input.KeyId, 'ListGrants');
  const all = [...grantRecords(world, key.realm).values()].filter(
    ({ keyId, id, grantee }) =>
      keyId === key.record.id &&
      (input.GrantId === undefined || id === input.GrantId) &&
      (input.GranteePrincipal === undefined || grantee === input.GranteePrincipal),
  );
  return listed(all, input);
}

export function listRetirableGrants(
  world: World,
  input: KMS.ListRetirableGrantsRequest,
  call: Call,
): KMS.ListGrantsResponse {
  const all = [...grantRecords(world, call.realm).values()].filter(
    ({ retiring }) => retiring !== undefined && retiring === input.RetiringPrincipal,
  );
  return listed(all, input);
}

export function revokeGrant(world: World, input: KMS.RevokeGrantRequest, call: Call): object {
  const key = permittedKey(world, call, input.KeyId, 'RevokeGrant');
  const grant = grantRecords(world, key.realm).get(input.GrantId ?? '');
  if (grant === undefined || grant.keyId !== key.record.id) throw notFound(input.GrantId);
  grantRecords(world, key.realm).delete(grant.id);
  return {};
}

/** By its token, or by its key and id. */
export function retireGrant(world: World, input: KMS.RetireGrantRequest, call: Call): object {
  const realm: Realm = input.KeyId === undefined ? call.realm : keyNamed(world, call.realm, input.KeyId).realm;
  const grants = grantRecords(world, realm);
  const isMeant = ({ id, token }: GrantRecord): boolean => id === input.GrantId || token === input.GrantToken;
  const grant = [...grants.values()].find(isMeant);
  if (grant === undefined) {
    if (input.GrantToken !== undefined) throw new ServiceError('InvalidGrantTokenException', 'Invalid grant token.');
    throw notFound(input.GrantId);
  }
  grants.delete(grant.id);
  return {};
}

function listed(all: readonly GrantRecord[], input: { Limit?: number | undefined; Marker?: string | undefined }) {
  const { items, ...rest } = kmsPage(all, input, PAGE_SIZE);
  return { Grants: items.map(describe), ...rest } satisfies KMS.ListGrantsResponse;
}

function describe(grant: GrantRecord): KMS.GrantListEntry {
  return {
    KeyId: grant.keyArn,
    GrantId: grant.id,
    Name: grant.name ?? '',
    CreationDate: new Date(grant.createdAt),
    GranteePrincipal: grant.grantee,
    IssuingAccount: grant.issuer,
    Operations: [...grant.operations] as KMS.GrantOperation[],
    ...(grant.retiring === undefined ? {} : { RetiringPrincipal: grant.retiring }),
    ...(grant.constraints === undefined ? {} : { Constraints: grant.constraints }),
  };
}

function notFound(grantId = ''): ServiceError {
  return new ServiceError('NotFoundException', `Grant ID ${grantId} not found`);
}
