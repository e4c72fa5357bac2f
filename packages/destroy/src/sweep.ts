import { sweepEnvironment, type Judgement, type SweepInput } from '@roundtrip/engine';
import { EXIT, ProblemError, type Problem } from '@roundtrip/problem';

export interface ProofInput extends SweepInput {
  /** `111111111111 eu-west-1`, for the proof. */
  readonly place: string;
  readonly log: (line: string) => void;
}

/**
 * Looks for what is left of an environment, removes what is safe to remove, looks again, and logs the proof.
 * @throws ProblemError naming everything that is left and that the env file does not allow to stay.
 */
export async function sweep(input: ProofInput): Promise<void> {
  const { environment, log } = input;
  const { removed, allowed, left, resisted } = await sweepEnvironment(input);
  for (const { leftover, why } of removed) log(`removed ${leftover.arn}: ${why}`);
  for (const { judgement, reason } of resisted) log(`could not remove ${judgement.leftover.arn}: ${reason}`);
  for (const { leftover, why } of allowed) log(`kept ${leftover.arn}: ${why}`);
  if (left.length > 0) {
    throw new ProblemError(
      left.map((one) => leftProblem(environment, one)),
      EXIT.failed,
    );
  }
  const but = allowed.length === 0 ? '' : ` but ${allowed.length} that the env file allows to stay`;
  log(
    `proof: nothing left of ${environment} in ${input.place}${but}: no stack, no resource with its tag, no log group of its name`,
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
