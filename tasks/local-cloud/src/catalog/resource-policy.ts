interface Statement {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface PolicyUser {
  readonly account: string;
  /** Who exactly; left out where a service acts for the account. */
  readonly arn?: string;
}

/**
 * Whether a resource's own policy lets somebody do something. An account's root principal stands for everybody in that account,
 * since IAM policies are not evaluated; of conditions, those on the caller's account alone.
 */
export function policyAllows(policy: object, user: PolicyUser, action: string): boolean {
  const statements = listOf((policy as { Statement?: unknown }).Statement) as Statement[];
  const about = statements.filter((statement) => concerns(statement, user) && covers(statement, action));
  return about.some(({ Effect }) => Effect === 'Allow') && !about.some(({ Effect }) => Effect === 'Deny');
}

function concerns({ Principal, Condition }: Statement, { account, arn }: PolicyUser): boolean {
  const accounts = Object.values(Condition ?? {}).flatMap((test) => [
    ...listOf(test['kms:CallerAccount']),
    ...listOf(test['aws:PrincipalAccount']),
  ]);
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
