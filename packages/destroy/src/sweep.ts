import { judgeLeftovers, type Judgement } from '@roundtrip/engine';
import type { LeftoverPort } from '@roundtrip/aws';

export interface SweepInput {
  readonly environment: string;
  /** `111111111111 eu-west-1`, for the proof. */
  readonly place: string;
  readonly retain: readonly string[];
  readonly port: LeftoverPort;
  readonly sleep: (ms: number) => Promise<void>;
  readonly log: (line: string) => void;
}

/** What a destroy leaves although nobody allowed it. */
export class NotEmpty extends Error {
  constructor(environment: string, judged: readonly Judgement[]) {
    const list = judged.map(({ leftover, why }) => `${leftover.arn} (${why})`);
    super(`${environment} is not gone: ${judged.length} left: ${list.join('; ')}`);
    this.name = 'NotEmpty';
  }
}

/**
 * Looks for what is left of an environment, removes what is safe to remove, looks again, and logs the proof.
 * @throws NotEmpty when something is left that the env file does not allow to stay.
 */
export async function sweep(input: SweepInput): Promise<void> {
  const { environment, port, retain, sleep, log } = input;
  const first = judgeLeftovers(await port.find(environment), retain);
  const removable = first.filter((one) => one.verdict === 'remove');
  for (const { leftover, why } of removable) {
    await port.remove(leftover, sleep);
    log(`removed ${leftover.arn}: ${why}`);
  }
  const left = removable.length === 0 ? first : judgeLeftovers(await port.find(environment), retain);
  const allowed = left.filter((one) => one.verdict === 'allowed');
  const unwanted = left.filter((one) => one.verdict !== 'allowed');
  for (const { leftover, why } of allowed) log(`kept ${leftover.arn}: ${why}`);
  if (unwanted.length > 0) throw new NotEmpty(environment, unwanted);
  const but = allowed.length === 0 ? '' : ` but ${allowed.length} that the env file allows to stay`;
  log(
    `proof: nothing left of ${environment} in ${input.place}${but}: no stack, no resource with its tag, no log group of its name`,
  );
}
