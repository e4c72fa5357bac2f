import { EXIT } from '@roundtrip/problem';
import { formatCount } from '@roundtrip/view';
import { confirmName, type NameQuestion } from './confirm-name.ts';
import { guardAccount, guardProtection } from './guards.ts';
import { notedAs, notNoted } from './forget-orphan.ts';
import { isLeft, linesOf, look } from './look-for-remains.ts';
import { openEnvironment } from './open-environment.ts';
import { sweepUnderLease } from './sweep-under-lease.ts';

export interface SweepVerbInput extends Pick<NameQuestion, 'env' | 'stdin' | 'stdout'> {
  readonly root: string;
  readonly environment: string;
  /** Removes what it finds; without it everything is only listed. */
  readonly apply: boolean;
  /** The physical id of what is struck out of the ledger: for what nobody but a person can know to be gone. */
  readonly forget?: string;
  /** A few hexadecimal digits: makes two runs of one second differ. */
  readonly random: string;
  readonly exit: (code: number) => void;
}

/**
 * Looks for what is left of an environment beside its stacks, and with `apply` removes what is safe to remove; with
 * `forget` it strikes that out of the ledger and looks then.
 * @returns the exit code: 0 where it was only listed or nothing is left, 1 where something is left, 3 where the person
 * thought better of it
 * @throws ProblemError, exit code 3: a protected environment, another account, nobody confirmed, somebody has the lease
 */
export async function sweepVerb(input: SweepVerbInput): Promise<number> {
  const { root, environment, apply, forget, env, stdin, stdout } = input;
  const make = `make sweep ENV=${environment}${apply ? ' APPLY=1' : ''}${forget === undefined ? '' : ` FORGET='${forget}'`}`;
  const open = await openEnvironment(root, environment, env);
  guardProtection({ task: 'sweep', direction: 'down', environment, make }, open);
  const identity = await guardAccount(open);
  const { account, region } = open.environment.facts;
  stdout.write(`sweep of ${environment} in ${account} ${region}${apply ? '' : ', a dry run'}\n`);
  const order = { ...input, make, open, identity };
  const question = { name: environment, make, env, stdin, stdout };
  if (forget !== undefined) {
    if ((await notedAs(open, forget)).length === 0) throw notNoted(environment, forget);
    const isMeant = await confirmName({ ...question, deed: `strike ${forget} out of the ledger` });
    return isMeant ? await sweepUnderLease(order) : EXIT.refused;
  }
  const swept = await look(open);
  for (const line of linesOf(open, swept)) stdout.write(`${line}\n`);
  const count = swept.left.filter(({ verdict }) => verdict === 'remove').length;
  if (count === 0) return apply && isLeft(swept) ? EXIT.failed : EXIT.done;
  if (!apply) {
    stdout.write(`nothing was changed; to remove what it would remove, type: ${make} APPLY=1\n`);
    return EXIT.done;
  }
  const isMeant = await confirmName({ ...question, deed: `remove ${formatCount(count, 'thing')}` });
  return isMeant ? await sweepUnderLease(order) : EXIT.refused;
}
