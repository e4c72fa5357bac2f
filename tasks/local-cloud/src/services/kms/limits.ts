import type { RateLimit } from '../../world.ts';

/**
 * Requests a second, each operation by itself; what encrypts and decrypts shares one bucket.
 * https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
 */
const PER_SECOND: Readonly<Record<string, number>> = {
  CancelKeyDeletion: 5,
  CreateAlias: 5,
  CreateGrant: 50,
  CreateKey: 5,
  DeleteAlias: 15,
  DescribeKey: 2000,
  DisableKey: 5,
  DisableKeyRotation: 5,
  EnableKey: 5,
  EnableKeyRotation: 15,
  GetKeyPolicy: 1000,
  GetKeyRotationStatus: 1000,
  ListAliases: 500,
  ListGrants: 100,
  ListKeyPolicies: 100,
  ListKeys: 500,
  ListResourceTags: 2000,
  ListRetirableGrants: 100,
  PutKeyPolicy: 15,
  RetireGrant: 30,
  RevokeGrant: 30,
  ScheduleKeyDeletion: 15,
  TagResource: 10,
  UntagResource: 5,
  UpdateAlias: 5,
  UpdateKeyDescription: 5,
};
const CRYPTOGRAPHIC_PER_SECOND = 20_000;

export function kmsLimit(operation: string): RateLimit {
  const own = PER_SECOND[operation];
  const perSecond = own ?? CRYPTOGRAPHIC_PER_SECOND;
  return { bucket: own === undefined ? 'kms-cryptographic' : `kms-${operation}`, burst: perSecond, perSecond };
}
