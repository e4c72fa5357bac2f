import type { Realm } from '../world.ts';
import type { FoundKey } from './kms-key.ts';

interface Statement {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface KeyUser {
  readonly account: string;
  /** Who exactly; left out where a service acts for the account. */
  readonly arn?: string;
}

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

/**
 * Whether a key's policy lets somebody do something. An account's root principal stands for everybody in that account,
 * since IAM policies are not evaluated; of conditions, those on the caller's account alone.
 */
export function keyPolicyAllows(policy: object, user: KeyUser, action: string): boolean {
  const statements = listOf((policy as { Statement?: unknown }).Statement) as Statement[];
  const about = statements.filter((statement) => concerns(statement, user) && covers(statement, action));
  return about.some(({ Effect }) => Effect === 'Allow') && !about.some(({ Effect }) => Effect === 'Deny');
}

function concerns({ Principal, Condition }: Statement, { account, arn }: KeyUser): boolean {
  const accounts = Object.values(Condition ?? {}).flatMap((test) => listOf(test['kms:CallerAccount']));
  if (accounts.length > 0 && !accounts.includes(account)) return false;
  const named = Principal === '*' ? ['*'] : listOf((Principal as { AWS?: unknown } | undefined)?.AWS);
  return named.some((one) => {
    const principal = String(one);
    if (principal === '*' || principal === account || principal === `arn:aws:iam::${account}:root`) return true;
    return arn === undefined ? principal.split(':')[4] === account : principal === arn;
  });
}

function covers({ Action }: Statement, action: string): boolean {
  return listOf(Action).some((one) => {
    const pattern = String(one).replace(/[.+^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test(action);
  });
}

function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
