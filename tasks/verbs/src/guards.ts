import { toCloudError, whoAmI, type Identity } from '@roundtrip/aws';
import { HALF_DELETED, type Direction, type Poller, type Step } from '@roundtrip/engine';
import { EXIT, ProblemError, type Problem } from '@roundtrip/problem';
import { accessProblem } from './access-problem.ts';
import type { Command } from './command.ts';
import type { OpenEnvironment } from './open-environment.ts';
import { guardTurboGraph } from './turbo-graph.ts';
import { guardUnknownLayers } from './unknown-layers.ts';

export interface PassedGuard {
  readonly guard: string;
  readonly detail: string;
}

export interface Passed {
  /** The plan, by layer, in the order of the run. */
  readonly steps: ReadonlyMap<string, readonly Step[]>;
  readonly passed: readonly PassedGuard[];
  /** Whose credentials these are. */
  readonly identity: Identity;
}

/** As the plan words it. */
const PROTECTED = 'termination protection is on';

const HALF_DELETED_WHY =
  'what its delete has left may hold data, and making it anew would delete that: only a person may decide';

/** Stacks in one account and region. Source: CloudFormation quotas. */
const STACKS_MAX = 2000;

/**
 * Everything that must hold before the first write, with the first sweep. All of it only reads, so it is asked at once.
 * @throws ProblemError, exit code 3, from the first guard that does not pass.
 */
export async function passGuards(
  command: Command,
  open: OpenEnvironment,
  poller: Poller,
  plan: () => ReadonlyMap<string, readonly Step[]>,
): Promise<Passed> {
  guardProtection(command, open);
  const refused = new AbortController();
  const asked = guardAccount(open);
  // The sweep bears with a network that fails for minutes; who nobody knows, or nobody can ask for, hears it at once.
  asked.catch(() => refused.abort());
  const [account, turbo, sweep] = await Promise.allSettled([
    asked,
    guardTurboGraph(command, open),
    poller.sweep(refused.signal),
  ]);
  if (account.status === 'rejected') throw account.reason;
  if (turbo.status === 'rejected') throw turbo.reason;
  if (sweep.status === 'rejected') throw accessProblem(toCloudError(sweep.reason), open);
  const steps = plan();
  guardPlan([...steps.values()].flat(), command.direction, poller.latest.size);
  guardUnknownLayers(command, open, poller.latest);
  const { protect } = open.environment.facts;
  return {
    steps,
    identity: account.value,
    passed: [
      { guard: 'account', detail: `${account.value.account} as ${account.value.arn}` },
      { guard: 'graph', detail: `turbo runs ${command.task} in the order of ${open.layers.length} package.json files` },
      {
        guard: 'protection',
        detail: protect ? 'environment is protected: nothing will be deleted' : 'environment may be deleted',
      },
      { guard: 'ownership', detail: 'every stack of these names is ours' },
    ],
  };
}

/**
 * Looks and plans once more, now that nobody else may change the environment.
 * @throws ProblemError, exit code 3, as `passGuards` does
 */
export async function planAgain(
  command: Command,
  open: OpenEnvironment,
  poller: Poller,
  plan: () => ReadonlyMap<string, readonly Step[]>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Step[]>> {
  try {
    await poller.sweep(signal);
  } catch (error) {
    signal.throwIfAborted();
    throw accessProblem(toCloudError(error), open);
  }
  const steps = plan();
  guardPlan([...steps.values()].flat(), command.direction, poller.latest.size);
  guardUnknownLayers(command, open, poller.latest);
  return steps;
}

/** A protected environment is never taken down, whatever the account looks like; asked before anything else. */
export function guardProtection(command: Command, open: OpenEnvironment): void {
  if (command.direction !== 'down' || !open.environment.facts.protect) return;
  throw new ProblemError(
    {
      code: 'protected',
      what: `Refused: environment ${command.environment} is protected`,
      why: `${open.environment.file} says protect: true, so nothing of it is ever deleted by this tool`,
      next: `if it really has to go, set protect: false in ${open.environment.file}, type: make up ENV=${command.environment}, and then: make down ENV=${command.environment}`,
    },
    EXIT.refused,
  );
}

/**
 * The account of the credentials that the run acts with must be the env file's, asked of AWS itself.
 * @throws ProblemError, exit code 3: wrong account, no or expired credentials, a role that cannot be assumed, endpoint not reachable.
 */
export async function guardAccount(open: OpenEnvironment): Promise<Identity> {
  const identity = await identify(open);
  const { account } = open.environment.facts;
  if (identity.account !== account) throw new ProblemError(wrongAccount(open, identity), EXIT.refused);
  return identity;
}

async function identify(open: OpenEnvironment): Promise<Identity> {
  try {
    return await whoAmI(open.settings, open.counter);
  } catch (error) {
    throw accessProblem(toCloudError(error), open);
  }
}

function wrongAccount(open: OpenEnvironment, identity: Identity): Problem {
  const { file, facts } = open.environment;
  return {
    code: 'wrong-account',
    what: `Wrong account: ${file} says ${facts.account}, the credentials are for ${identity.account}`,
    why: `they belong to ${identity.arn}`,
    next: `use credentials for ${facts.account} (AWS_PROFILE), or correct account: in ${file}`,
  };
}

/** Steps that the plan refuses stop the run before its first write, all of them named. */
export function guardPlan(steps: readonly Step[], direction: Direction, standing: number): void {
  const refused = steps.filter((step) => step.kind === 'refuse');
  if (refused.length > 0) {
    const problems = refused.map((step): Problem => ({
      code: 'refused-stack',
      what: refusal(step),
      ...(isHalfDeleted(step) ? { why: HALF_DELETED_WHY } : {}),
      next: nextFor(step, direction),
    }));
    throw new ProblemError(problems, EXIT.refused);
  }
  const creates = steps.filter((step) => step.kind === 'create').length;
  if (creates + standing > STACKS_MAX) {
    throw new ProblemError(
      {
        code: 'too-many-stacks',
        what: `Refused: ${creates} new stacks beside the ${standing} that stand are more than the ${STACKS_MAX} of an account and region`,
        next: 'divide the environment, or ask AWS for a higher quota',
      },
      EXIT.refused,
    );
  }
}

/** The reason of a step is the rest of a sentence about its stack, or a whole one. */
function refusal({ stack, reason }: Step): string {
  return reason === PROTECTED ? `Refused: ${PROTECTED} for stack ${stack}` : `Refused: stack ${stack} ${reason}`;
}

function isHalfDeleted({ reason }: Step): boolean {
  return reason === HALF_DELETED.protected || reason === HALF_DELETED.inProtected;
}

function nextFor(step: Step, direction: Direction): string {
  const unprotect = `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${step.stack}`;
  if (step.reason === PROTECTED) return `if it may go, type: ${unprotect}`;
  if (step.reason === HALF_DELETED.protected) {
    return `save what is needed of it; if the rest may go, type: ${unprotect}; then repeat the command, which deletes it and makes it anew`;
  }
  if (step.reason === HALF_DELETED.inProtected) {
    return `save what is needed of it; if the rest may go, type: ${unprotect} && aws cloudformation delete-stack --stack-name ${step.stack}; then repeat the command, which makes it anew`;
  }
  return direction === 'up'
    ? `rename the environment, or delete that stack by hand: aws cloudformation delete-stack --stack-name ${step.stack}`
    : `look at it with: aws cloudformation describe-stacks --stack-name ${step.stack}`;
}
