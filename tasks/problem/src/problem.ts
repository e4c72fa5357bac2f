/** Exit codes of every verb. 130 and 143 (128 + signal) are added by the runner when it is interrupted. */
export const EXIT = { done: 0, failed: 1, badInput: 2, refused: 3 } as const;

/** A place in a file: path relative to the project's root, line and column counted from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** One thing a person has to know: what happened, why, and what to type next. */
export interface Problem {
  /** Stable and greppable, kebab-case: `unknown-key`, `wrong-account`. */
  readonly code: string;
  readonly place?: Place;
  /** What happened, with the wrong value; one sentence without a full stop at its end is fine. */
  readonly what: string;
  /** Why it matters or how it came about; may be left out where `what` says it. */
  readonly why?: string;
  /** The next command or edit. */
  readonly next?: string;
}

const BRAND = Symbol.for('roundtrip.ProblemError');

/**
 * Carries every problem found at once, and the exit code that the verb ends with. Known by a mark, not by its class:
 * a bundle and a file beside it may each have loaded this module.
 */
export class ProblemError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  readonly [BRAND] = true;
  readonly problems: readonly Problem[];
  readonly exitCode: number;

  constructor(problems: Problem | readonly Problem[], exitCode: number = EXIT.badInput, options?: { cause?: unknown }) {
    const list = Array.isArray(problems) ? (problems as readonly Problem[]) : [problems as Problem];
    super(formatProblems(list), options);
    this.name = 'ProblemError';
    this.problems = list;
    this.exitCode = exitCode;
  }
}

/** `file:line:column`, as editors and terminals make clickable. */
export function formatPlace(place: Place): string {
  return [place.file, place.line, place.line === undefined ? undefined : place.column]
    .filter((part) => part !== undefined)
    .join(':');
}

/**
 * The text of one problem as a person sees it:
 *
 *     envs/stage.yaml:4:10: account is empty
 *       why: without an account the run cannot tell staging from production
 *       next: write the twelve digits of the account, quoted
 */
export function formatProblem(problem: Problem): string {
  const head = problem.place ? `${formatPlace(problem.place)}: ${problem.what}` : problem.what;
  const lines = [head];
  if (problem.why !== undefined) lines.push(`  why: ${problem.why}`);
  if (problem.next !== undefined) lines.push(`  next: ${problem.next}`);
  return lines.join('\n');
}

export function formatProblems(problems: readonly Problem[]): string {
  return problems.map(formatProblem).join('\n');
}
