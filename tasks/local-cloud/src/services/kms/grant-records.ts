import type { FoundKey } from '../../catalog/kms-key.ts';
import type { Realm, World } from '../../world.ts';

/** A right to use a key, given to one principal beside the key's policy. */
export interface GrantRecord {
  readonly id: string;
  readonly token: string;
  readonly keyId: string;
  readonly keyArn: string;
  readonly name?: string;
  readonly grantee: string;
  readonly retiring?: string;
  readonly operations: readonly string[];
  readonly constraints?: object;
  readonly issuer: string;
  readonly createdAt: number;
}

/** Grants are kept where their key is. */
export const grantRecords = (world: World, realm: Realm) => world.table<GrantRecord>('kms.grant', realm);

export function isGranted(world: World, { realm, record }: FoundKey, callerArn: string, action: string): boolean {
  for (const { keyId, grantee, operations } of grantRecords(world, realm).values()) {
    if (keyId === record.id && grantee === callerArn && operations.includes(action)) return true;
  }
  return false;
}
