/** Something of an environment that is still in the account when its stacks are gone. */
export interface Leftover {
  /** ARN, or what stands for it where AWS gives none. */
  readonly arn: string;
  /** CloudFormation's type name where the kind of thing is known: `AWS::Logs::LogGroup`. */
  readonly type?: string;
  /** The identifier that Cloud Control takes for that type. */
  readonly id?: string;
  /** `roundtrip:environment` on it, its name, a stack that still stands, or the ledger. */
  readonly foundBy: 'tag' | 'name' | 'stack' | 'ledger';
  /** The logical name that it had in its stack's template. */
  readonly logicalId?: string;
}

export interface Judgement {
  readonly leftover: Leftover;
  /** `remove`: holds nothing that could be missed. `allowed`: the env file names it. `stays`: a person decides. */
  readonly verdict: 'remove' | 'allowed' | 'stays';
  readonly why: string;
}

/** Types that a sweep removes by itself, and why that is safe. Everything else may hold data or belong to a running thing. */
const REMOVABLE: Readonly<Record<string, string>> = {
  'AWS::Logs::LogGroup': 'a log group that was written again after its stack was gone',
  'AWS::CloudWatch::Alarm': 'an alarm on something that no longer exists',
  'AWS::CloudWatch::Dashboard': 'a dashboard of something that no longer exists',
};

/**
 * What is to become of each leftover; pure.
 * @param retain logical names and ARNs that the env file allows to stay
 */
export function judgeLeftovers(leftovers: readonly Leftover[], retain: readonly string[]): readonly Judgement[] {
  return leftovers.map((leftover): Judgement => {
    if (retain.includes(leftover.arn) || (leftover.logicalId !== undefined && retain.includes(leftover.logicalId))) {
      return { leftover, verdict: 'allowed', why: 'named under destroy.retain' };
    }
    if (leftover.foundBy === 'stack') return { leftover, verdict: 'stays', why: 'its stack still stands' };
    if (leftover.foundBy === 'ledger') {
      return { leftover, verdict: 'remove', why: 'its stack was to delete it and could not' };
    }
    const safe = REMOVABLE[leftover.type ?? ''];
    if (safe !== undefined && leftover.id !== undefined) return { leftover, verdict: 'remove', why: safe };
    return { leftover, verdict: 'stays', why: 'may hold data, so only a person may remove it' };
  });
}

/**
 * True for names that an environment's stacks give: one part of the path is the environment's name or begins with it
 * and a hyphen, as `/stage-network/flow` and `/aws/rds/instance/stage-data/postgresql` do for `stage`.
 */
export function isNamedAfter(environment: string, name: string): boolean {
  return name.split(/[/:]/).some((part) => part === environment || part.startsWith(`${environment}-`));
}
