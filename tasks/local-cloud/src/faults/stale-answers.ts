/** An answer that was given before: what the behaviour made of it, or what it threw. */
export type Answer = { readonly output: object } | { readonly thrown: unknown };

interface Given {
  readonly at: number;
  readonly answer: Answer;
}

const QUESTIONS_MAX = 1000;
const ANSWERS_MAX = 50;

/**
 * Answers to reads, so that they can be given again: eventual consistency as a caller sees it. Kept in memory while a
 * fault asks for them, oldest first.
 */
export class StaleAnswers {
  readonly #given = new Map<string, Given[]>();

  /** @param question everything that makes one request the same as another */
  remember(question: string, at: number, answer: Answer): void {
    const before = this.#given.get(question) ?? [];
    this.#given.delete(question);
    this.#given.set(question, [...before, { at, answer }].slice(-ANSWERS_MAX));
    if (this.#given.size > QUESTIONS_MAX) this.#given.delete(this.#given.keys().next().value ?? '');
  }

  /** The oldest answer that is no older than that; undefined where the question was not asked in that time. */
  since(question: string, at: number): Answer | undefined {
    return this.#given.get(question)?.find((given) => given.at >= at)?.answer;
  }

  clear(): void {
    this.#given.clear();
  }
}

const READS = /^(?:BatchGet|Describe|Get|Head|List|Lookup|Search|Query|Scan)/;

/** Whether an operation only looks. */
export function isRead(operation: string): boolean {
  return READS.test(operation);
}
