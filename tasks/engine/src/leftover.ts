/** Something of an environment that is still in the account when its stacks are gone. */
export interface Leftover {
  /** ARN, or what stands for it where AWS gives none. */
  readonly arn: string;
  /** CloudFormation's type name where the kind of thing is known: `AWS::Logs::LogGroup`. */
  readonly type?: string;
  /** The identifier that Cloud Control takes for that type. */
  readonly id?: string;
  /**
   * `roundtrip:environment` on it; its name alone; a network with that tag, which it is in; a stack that still stands;
   * or the ledger.
   */
  readonly foundBy: 'tag' | 'name' | 'network' | 'stack' | 'ledger';
  /** The name that it was found by, where that is not its identifier. */
  readonly name?: string;
  /** The logical name that it had in its stack's template. */
  readonly logicalId?: string;
  /** What its template wanted of a delete, where the ledger says so. */
  readonly policy?: string;
  /** Why nobody can say whether it is there: it is neither removed nor taken for gone. */
  readonly unasked?: string;
  /** What a person may type to be rid of it. */
  readonly next?: string;
  /** Where AWS deletes it by itself: in words, with the date. */
  readonly going?: string;
  /** What it is charged for, where more than its type decides: by the name of a row in the price list. */
  readonly charge?: { readonly row: string; readonly quantity: number };
}

export interface Judgement {
  readonly leftover: Leftover;
  /**
   * `remove`: holds nothing that could be missed. `allowed`: the env file names it. `going`: AWS deletes it by itself,
   * later. `stays`: a person decides.
   */
  readonly verdict: 'remove' | 'allowed' | 'going' | 'stays';
  readonly why: string;
}

/**
 * Types that a sweep removes by itself where they carry the environment's tag, and why that is safe. Everything else may
 * hold data or belong to a running thing.
 */
const REMOVABLE: Readonly<Record<string, string>> = {
  'AWS::Logs::LogGroup': 'a log group whose stack is gone',
  'AWS::CloudWatch::Alarm': 'an alarm on something that no longer exists',
  'AWS::CloudWatch::Dashboard': 'a dashboard of something that no longer exists',
};

/** Types of which CloudFormation can take a snapshot before it deletes them, and of some does so by default. */
const SNAPSHOT_TYPES: ReadonlySet<string> = new Set([
  ...['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'],
  ...['AWS::ElastiCache::CacheCluster', 'AWS::ElastiCache::ReplicationGroup', 'AWS::Redshift::Cluster'],
  'AWS::EC2::Volume',
]);

/** Why what was left of a stack is not removed without its stack: that would have done more than delete it. */
function whyKept({ type = '', policy }: Leftover): string | undefined {
  if (policy === 'Snapshot') return 'a snapshot of it is to stay (DeletionPolicy Snapshot), and a sweep takes none';
  if (policy !== undefined) return policy === 'Delete' ? undefined : `is to stay (DeletionPolicy ${policy})`;
  if (!SNAPSHOT_TYPES.has(type)) return undefined;
  return 'a snapshot of it may have to stay, the ledger does not say, and a sweep takes none';
}

/** Why what is known by these alone is never touched. */
const WEAK: Readonly<Partial<Record<Leftover['foundBy'], string>>> = {
  stack: 'its stack still stands',
  name: 'has neither the tag of the environment nor an entry in its ledger, only such a name: a person has to look',
  network: 'is in a network of the environment, but does not have its tag: a person has to look',
};

/**
 * What is to become of each leftover; pure. Only what has the environment's tag, or stands in its ledger, is ever removed.
 * @param retain logical names and ARNs that the env file allows to stay
 */
export function judgeLeftovers(leftovers: readonly Leftover[], retain: readonly string[]): readonly Judgement[] {
  return leftovers.map((leftover): Judgement => {
    const { arn, type, id, foundBy, logicalId, going, unasked } = leftover;
    if (retain.includes(arn) || (logicalId !== undefined && retain.includes(logicalId))) {
      return { leftover, verdict: 'allowed', why: 'named under destroy.retain' };
    }
    if (going !== undefined) return { leftover, verdict: 'going', why: going };
    const weak = WEAK[foundBy];
    if (weak !== undefined) return { leftover, verdict: 'stays', why: weak };
    if (unasked !== undefined) return { leftover, verdict: 'stays', why: unasked };
    const kept = foundBy === 'ledger' ? whyKept(leftover) : undefined;
    if (kept !== undefined) return { leftover, verdict: 'stays', why: kept };
    if (foundBy === 'ledger') return { leftover, verdict: 'remove', why: 'its stack was to delete it' };
    const safe = REMOVABLE[type ?? ''];
    if (safe !== undefined && id !== undefined) return { leftover, verdict: 'remove', why: safe };
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
