import type { Realm } from '../world.ts';
import type { FoundKey } from './kms-key.ts';

/** The policy of a key that was made without one: the account decides through IAM. */
export function defaultKeyPolicy({ account }: Realm): object {
  return {
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  };
}

export function keyPolicyOf({ record, realm }: FoundKey): object {
  const policy: unknown = record.properties['KeyPolicy'];
  if (typeof policy === 'string') return JSON.parse(policy) as object;
  return typeof policy === 'object' && policy !== null ? policy : defaultKeyPolicy(realm);
}
