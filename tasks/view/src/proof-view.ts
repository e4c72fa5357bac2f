/** One thing that a sweep has found. */
export interface ProofThingView {
  readonly name: string;
  readonly why: string;
  /** In US dollars; left out where no price is known. */
  readonly monthlyUsd?: number;
}

/** What a sweep has found and done, or would do. */
export interface ProofView {
  readonly environment: string;
  /** `111111111111 eu-west-1`. */
  readonly place: string;
  readonly removed: readonly ProofThingView[];
  /** With the reason in AWS's words. */
  readonly resisted: readonly ProofThingView[];
  /** What a dry run would remove. */
  readonly removable: readonly ProofThingView[];
  /** What the env file allows to stay. */
  readonly kept: readonly ProofThingView[];
  /** What AWS deletes by itself, later. */
  readonly going: readonly ProofThingView[];
  readonly left: readonly ProofThingView[];
  /** Stacks that stand; what they hold is not left over. */
  readonly stacks: number;
  /** Where and when the prices were read. */
  readonly prices: { readonly region: string; readonly date: string };
}
