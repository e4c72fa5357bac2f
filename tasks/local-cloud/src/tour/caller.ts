import type { Step } from './step.ts';

/** The answer to a step as plain JSON: times are texts, bytes are base64, a downloaded body is its text. */
export type Answer = { readonly output: unknown } | { readonly code: string; readonly message: string };

/** A client of the local cloud. */
export interface Caller {
  /** Out: undefined where this client does not know the operation or its input. */
  call(step: Step): Promise<Answer | undefined>;
}
