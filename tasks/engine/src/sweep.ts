import { readOrphans, strikeOrphans, type LedgerStore, type Orphan } from './ledger.ts';
import { isNamedAfter, judgeLeftovers, type Judgement, type Leftover } from './leftover.ts';
import type { Clock } from './ports.ts';

/** What is in the account besides stacks. */
export interface Remains {
  /** What carries the environment's tag or name and exists: stacks, tagged things, log groups. */
  find(environment: string): Promise<readonly Leftover[]>;
  /**
   * What stands behind an entry of the ledger, with the identifier that it can be removed by; undefined where it is gone.
   * @param noted its `id` is CloudFormation's name for it
   */
  look(noted: Leftover): Promise<Leftover | undefined>;
  /** Removes one thing and sees it gone. @throws with AWS's text when it cannot be removed. */
  remove(leftover: Leftover): Promise<void>;
}

export interface SweepInput {
  readonly environment: string;
  /** Logical names and ARNs that the env file allows to stay. */
  readonly retain: readonly string[];
  /** The layers that there are; what their stacks name begins with `<environment>-<layer>`. */
  readonly layers: readonly string[];
  /** Names of the stacks in the account that are not this environment's. */
  readonly strangers: readonly string[];
  /** Names of the environment's own stacks that stand. Without them nothing is done about what may only have returned. */
  readonly standing?: readonly string[];
  readonly remains: Remains;
  readonly ledger?: LedgerStore;
  readonly clock: Pick<Clock, 'sleep'>;
  /** Asked before each removal: rejects where the run may not write any more. */
  readonly mayWrite?: () => Promise<void>;
  /** Hears of each removal just before it is sent; what it throws ends the sweep. */
  readonly removing?: (judgement: Judgement) => void | Promise<void>;
  /** Only says what it would do. */
  readonly dryRun?: boolean;
  /** Works off the ledger and looks for nothing else: before a rebuild, whose names its orphans may bear. */
  readonly onlyLedger?: boolean;
}

export interface Swept {
  readonly removed: readonly Judgement[];
  /** With the reason why it could not be removed. */
  readonly resisted: readonly { readonly judgement: Judgement; readonly reason: string }[];
  readonly allowed: readonly Judgement[];
  /** What AWS deletes by itself, later. */
  readonly going: readonly Judgement[];
  /** What is left and should not be. */
  readonly left: readonly Judgement[];
}

/** Things hold each other: a group goes when its interfaces are gone. More rounds than this find nothing new. */
const ROUNDS_MAX = 3;

/**
 * Looks for what is left of an environment, by tag, by name and in its ledger; removes what is safe to remove, in
 * rounds, and looks again.
 */
export async function sweepEnvironment(input: SweepInput): Promise<Swept> {
  const removed: Judgement[] = [];
  let resisted: { judgement: Judgement; reason: string }[] = [];
  for (let round = 0; ; round += 1) {
    const found = await judged(input);
    const removable = found.filter(({ verdict }) => verdict === 'remove');
    if (round === ROUNDS_MAX || removable.length === 0 || input.dryRun === true) {
      return {
        ...{ removed, resisted },
        allowed: found.filter(({ verdict }) => verdict === 'allowed'),
        going: found.filter(({ verdict }) => verdict === 'going'),
        left: found.filter(({ verdict }) => verdict === 'remove' || verdict === 'stays'),
      };
    }
    resisted = [];
    for (const judgement of removable) {
      await input.mayWrite?.();
      await input.removing?.(judgement);
      const reason = await removeOne(input, judgement.leftover);
      if (reason === undefined) removed.push(judgement);
      else resisted.push({ judgement, reason });
    }
  }
}

async function removeOne({ remains, mayWrite }: SweepInput, leftover: Leftover): Promise<string | undefined> {
  try {
    await remains.remove(leftover);
    return undefined;
  } catch (error) {
    // A run that may not write any more stops here; everything else is for the next round.
    await mayWrite?.();
    return error instanceof Error ? error.message : String(error);
  }
}

async function judged(input: SweepInput): Promise<readonly Judgement[]> {
  const { environment, retain, remains } = input;
  const found = input.onlyLedger === true ? [] : await remains.find(environment);
  const own = found.filter((leftover) => isOwn(leftover, input));
  const noted = await orphansLeft(input);
  // What stands in the ledger is known better than by its tag: its stack was to delete it.
  const others = own.filter(({ type, id }) => !noted.some((one) => one.type === type && one.id === id));
  const all = [...others, ...noted].map((leftover) => withLogicalId(leftover, retain));
  return judgeLeftovers(all, retain);
}

/** Orphans that are still there; those that are gone are struck out. */
async function orphansLeft(input: SweepInput): Promise<Leftover[]> {
  const { environment, ledger, clock, remains, dryRun, onlyLedger } = input;
  if (ledger === undefined) return [];
  const left: Leftover[] = [];
  const gone: Orphan[] = [];
  for (const orphan of await readOrphans(ledger, clock, environment)) {
    if (!isOwnOrphan(orphan, input)) continue;
    const leftover = await remains.look(leftoverOf(orphan));
    if (leftover !== undefined) left.push(withStrike(leftover, orphan));
    // What may return is looked for until the next rebuild, whose names it bears.
    else if (orphan.mayReturn !== true || onlyLedger === true) gone.push(orphan);
  }
  if (dryRun !== true) await strikeOrphans(ledger, clock, environment, gone);
  return left;
}

/** What a stack that stands holds is not what is left of it, and what a stranger's stack has named is the stranger's. */
function isOwnOrphan({ environment, stack, physicalId, mayReturn }: Orphan, input: SweepInput): boolean {
  if (environment !== input.environment) return false;
  if (mayReturn !== true) return true;
  if (input.standing === undefined || input.standing.includes(stack)) return false;
  return !isStrangers(physicalId, input);
}

function isStrangers(name: string, { environment, strangers }: SweepInput): boolean {
  return strangers.some((stack) => stack.startsWith(`${environment}-`) && isNamedAfter(stack, name));
}

function leftoverOf({ resourceType: type, physicalId: id, logicalId, stack, policy }: Orphan): Leftover {
  const rest = policy === undefined ? {} : { policy };
  return { arn: `${type} ${id} of ${stack}`, type, id, logicalId, foundBy: 'ledger', ...rest };
}

/** What nobody can ask for is struck out by a person, who has looked by hand. */
function withStrike(leftover: Leftover, { environment, physicalId }: Orphan): Leftover {
  if (leftover.unasked === undefined) return leftover;
  return { ...leftover, next: `make sweep ENV=${environment} FORGET='${physicalId}'` };
}

/**
 * A final snapshot does not carry the logical name of what it was taken of, but CloudFormation puts that into its own, in
 * small letters: `prod-data-snapshot-database-1b2c3d4e5f6g`. So `retain: [Database]` means the snapshot as well.
 */
function withLogicalId(leftover: Leftover, retain: readonly string[]): Leftover {
  const taken = /:(?:cluster-)?snapshot:.+-snapshot-([a-z0-9]+)-[a-z0-9]+$/.exec(leftover.arn)?.[1];
  const logicalId = leftover.logicalId ?? retain.find((name) => name.toLowerCase() === taken);
  return logicalId === undefined ? leftover : { ...leftover, logicalId };
}

/**
 * What was found by its name alone is ours only if one of our layers can have named it, and none of the stacks that
 * stand beside ours: `/dev-two-network/flow` belongs to dev-two and not to dev, `/aws/lambda/dev-import` to neither.
 */
function isOwn({ foundBy, name, id, arn }: Leftover, input: SweepInput): boolean {
  if (foundBy !== 'name') return true;
  const known = name ?? id ?? arn;
  return (
    input.layers.some((layer) => isNamedAfter(`${input.environment}-${layer}`, known)) && !isStrangers(known, input)
  );
}
