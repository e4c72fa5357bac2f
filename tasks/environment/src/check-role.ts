import type { Problem } from '@roundtrip/problem';
import { echo } from './words.ts';
import type { YamlSource } from './yaml-source.ts';

const ROLE_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):role\/[\w+=,.@/-]+$/;

/**
 * The role must be of the environment's own account: one of another account would pass every later look at the file
 * and change the wrong place.
 * Rule: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function checkRole(source: YamlSource, value: unknown, account: unknown): Problem[] {
  if (value === undefined) return [];
  const place = source.placeOf(['role']);
  const known = typeof account === 'string' && /^\d{12}$/.test(account);
  const example = `arn:aws:iam::${known ? account : '123456789012'}:role/<name>`;
  const roleAccount = typeof value === 'string' ? ROLE_ARN.exec(value)?.[1] : undefined;
  if (roleAccount === undefined) {
    const what = value === null || value === '' ? 'role is empty' : `role is ${echo(value)}, not the ARN of a role`;
    return [{ code: 'malformed-role', place, what, next: `write it as ${example}, or take the key out` }];
  }
  if (!known || roleAccount === account) return [];
  return [
    {
      code: 'role-of-another-account',
      place,
      what: `role is of account ${roleAccount}, but account is ${account}`,
      why: 'a run would change another account than the one that this file names',
      next: `write the role of account ${account}: ${example}`,
    },
  ];
}
