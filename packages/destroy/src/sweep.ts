import { proofView } from '@roundtrip/aws';
import { sweepEnvironment, type Judgement, type SweepInput } from '@roundtrip/engine';
import { EXIT, ProblemError, type Problem } from '@roundtrip/problem';
import { proofLines } from '@roundtrip/view';

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
  const { environment, place, log } = input;
  const swept = await sweepEnvironment(input);
  for (const line of proofLines(proofView(swept, { environment, place }))) log(line);
  if (swept.left.length === 0) return;
  throw new ProblemError(
    swept.left.map((one) => leftProblem(environment, one)),
    EXIT.failed,
  );
}

function leftProblem(environment: string, { leftover, verdict, why }: Judgement): Problem {
  const again = 'run the same command again';
  const byHand = `${leftover.next ?? 'remove it by hand'}, or add ${leftover.logicalId ?? `"${leftover.arn}"`} to destroy.retain in envs/${environment}.yaml; then ${again}`;
  return {
    code: 'left-behind',
    what: `${environment} is not gone: ${leftover.arn} is left`,
    why,
    next: verdict === 'remove' || leftover.foundBy === 'stack' ? again : byHand,
  };
}
