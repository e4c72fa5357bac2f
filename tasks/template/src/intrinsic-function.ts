import { isSymbolic } from './intrinsic.ts';
import { UNKNOWN, type Scope } from './scope.ts';

/** What an intrinsic function sees. */
export interface Evaluation {
  readonly scope: Scope;
  /** Evaluates an argument. */
  value(value: unknown): unknown;
}

/** Gets its argument unevaluated; gives UNKNOWN where it cannot know, and is then left as it is written. */
export type IntrinsicFunction = (argument: unknown, evaluation: Evaluation) => unknown;

/** A function that needs nothing but its evaluated argument. */
export function eager(apply: (argument: unknown, scope: Scope) => unknown): IntrinsicFunction {
  return (argument, evaluation) => {
    const known = evaluation.value(argument);
    return isSymbolic(known) ? UNKNOWN : apply(known, evaluation.scope);
  };
}
