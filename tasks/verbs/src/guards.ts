import { toCloudError, whoAmI, type Identity } from '@roundtrip/aws';
import type { CloudError, Direction, Poller, Step } from '@roundtrip/engine';
import { EXIT, ProblemError, type Problem } from '@roundtrip/problem';
import type { Command } from './command.ts';
import type { OpenEnvironment } from './open-environment.ts';
import { guardTurboGraph } from './turbo-graph.ts';

export interface PassedGuard {
  readonly guard: string;
  readonly detail: string;
}

export interface Passed {
  /** The plan, by layer, in the order of the run. */
  readonly steps: ReadonlyMap<string, readonly Step[]>;
  readonly passed: readonly PassedGuard[];
}

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
  const [account, turbo, sweep] = await Promise.allSettled([
    guardAccount(open),
    guardTurboGraph(command, open),
    poller.sweep(),
  ]);
  if (account.status === 'rejected') throw account.reason;
  if (turbo.status === 'rejected') throw turbo.reason;
  if (sweep.status === 'rejected') throw accessProblem(toCloudError(sweep.reason), open);
  const steps = plan();
  guardPlan([...steps.values()].flat(), open, command.direction);
  const { protect } = open.environment.facts;
  return {
    steps,
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
 * The credentials' account must be the env file's, asked of AWS itself; with a role both before and after it is assumed.
 * @throws ProblemError, exit code 3: wrong account, no or expired credentials, endpoint not reachable.
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

/** What stands between the caller and the account, in plain words; other errors stay as they are. */
export function accessProblem(error: CloudError, open: OpenEnvironment): Error {
  const { file, role } = open.environment;
  const endpoint = open.settings.endpoint;
  if (error.kind === 'network') {
    const target = endpoint ?? `AWS in ${open.environment.facts.region}`;
    return new ProblemError(
      {
        code: 'unreachable',
        what: `Cannot reach ${target} (${error.code})`,
        why:
          endpoint === undefined
            ? 'the network, a proxy or a name server is in the way'
            : 'nothing answers at that address',
        next:
          endpoint === undefined
            ? 'check the network and HTTPS_PROXY, then try again'
            : 'check AWS_ENDPOINT_URL, or unset it, then try again',
      },
      EXIT.refused,
      { cause: error },
    );
  }
  if (error.code.startsWith('ExpiredToken')) {
    return new ProblemError(
      {
        code: 'expired-credentials',
        what: 'The AWS credentials have expired',
        why: error.message,
        next: 'sign in again (for instance: aws sso login), then repeat the command',
      },
      EXIT.refused,
      { cause: error },
    );
  }
  if (error.kind === 'credentials') {
    return new ProblemError(
      {
        code: 'no-credentials',
        what: `No usable AWS credentials: ${error.message}`,
        why: `${file} says cloud: aws, and the SDK looked at the environment, the profile and the instance role`,
        next: 'set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then repeat the command',
      },
      EXIT.refused,
      { cause: error },
    );
  }
  if (error.kind === 'denied' && role !== undefined) {
    return new ProblemError(
      {
        code: 'role-denied',
        what: `Cannot assume the role ${role}: ${error.message}`,
        next: `check the role's trust policy, or role: in ${file}`,
      },
      EXIT.refused,
      { cause: error },
    );
  }
  return error;
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
export function guardPlan(steps: readonly Step[], open: OpenEnvironment, direction: Direction): void {
  const refused = steps.filter((step) => step.kind === 'refuse');
  if (refused.length > 0) {
    const problems = refused.map((step): Problem => ({
      code: 'refused-stack',
      what: `Refused: stack ${step.stack} ${step.reason}`,
      next: nextFor(step, direction),
    }));
    throw new ProblemError(problems, EXIT.refused);
  }
  const creates = steps.filter((step) => step.kind === 'create').length;
  if (creates > STACKS_MAX) {
    throw new ProblemError(
      {
        code: 'too-many-stacks',
        what: `${open.environment.file} wants ${creates} new stacks, an account and region holds ${STACKS_MAX}`,
        next: 'divide the environment, or ask AWS for a higher quota',
      },
      EXIT.refused,
    );
  }
}

function nextFor(step: Step, direction: Direction): string {
  if (step.reason === 'termination protection is on') {
    return `if it may go, type: aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${step.stack}`;
  }
  return direction === 'up'
    ? `rename the environment, or delete that stack by hand: aws cloudformation delete-stack --stack-name ${step.stack}`
    : `look at it with: aws cloudformation describe-stacks --stack-name ${step.stack}`;
}
