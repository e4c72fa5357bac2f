import type { LeftoverPort } from '@roundtrip/aws';
import { isNamedAfter, judgeLeftovers, type Judgement, type Leftover } from '@roundtrip/engine';
import { EXIT, ProblemError, type Problem } from '@roundtrip/problem';

export interface SweepInput {
  readonly environment: string;
  /** `111111111111 eu-west-1`, for the proof. */
  readonly place: string;
  readonly retain: readonly string[];
  /** The layers that there are; what their stacks name begins with `<environment>-<layer>`. */
  readonly layers: readonly string[];
  /** Names of the stacks in the account that are not this environment's. */
  readonly strangers: readonly string[];
  readonly port: LeftoverPort;
  readonly sleep: (ms: number) => Promise<void>;
  readonly log: (line: string) => void;
}

/**
 * Looks for what is left of an environment, removes what is safe to remove, looks again, and logs the proof.
 * @throws ProblemError naming everything that is left and that the env file does not allow to stay.
 */
export async function sweep(input: SweepInput): Promise<void> {
  const { environment, port, sleep, log } = input;
  const first = await judged(input);
  const removable = first.filter((one) => one.verdict === 'remove');
  for (const { leftover, why } of removable) {
    await port.remove(leftover, sleep);
    log(`removed ${leftover.arn}: ${why}`);
  }
  const left = removable.length === 0 ? first : await judged(input);
  const allowed = left.filter((one) => one.verdict === 'allowed');
  const unwanted = left.filter((one) => one.verdict !== 'allowed');
  for (const { leftover, why } of allowed) log(`kept ${leftover.arn}: ${why}`);
  if (unwanted.length > 0) {
    throw new ProblemError(
      unwanted.map((one) => leftProblem(environment, one)),
      EXIT.failed,
    );
  }
  const but = allowed.length === 0 ? '' : ` but ${allowed.length} that the env file allows to stay`;
  log(
    `proof: nothing left of ${environment} in ${input.place}${but}: no stack, no resource with its tag, no log group of its name`,
  );
}

async function judged(input: SweepInput): Promise<readonly Judgement[]> {
  const found = await input.port.find(input.environment);
  const own = found.filter((leftover) => isOwn(leftover, input));
  return judgeLeftovers(
    own.map((leftover) => withLogicalId(leftover, input.retain)),
    input.retain,
  );
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
function isOwn({ foundBy, id, arn }: Leftover, { environment, layers, strangers }: SweepInput): boolean {
  if (foundBy !== 'name') return true;
  const name = id ?? arn;
  return (
    layers.some((layer) => isNamedAfter(`${environment}-${layer}`, name)) &&
    !strangers.some((stack) => stack.startsWith(`${environment}-`) && isNamedAfter(stack, name))
  );
}

function leftProblem(environment: string, { leftover, verdict, why }: Judgement): Problem {
  const again = 'run the same command again';
  const byHand = `remove it by hand, or add ${leftover.logicalId ?? `"${leftover.arn}"`} to destroy.retain in envs/${environment}.yaml; then ${again}`;
  return {
    code: 'left-behind',
    what: `${environment} is not gone: ${leftover.arn} is left`,
    why,
    next: verdict === 'remove' || leftover.foundBy === 'stack' ? again : byHand,
  };
}
