/** What is expected of an answer: a path into it, and the value there or the form of its text. */
export type Expectations = Readonly<Record<string, string | number | boolean | RegExp>>;

/** More about a step; all of it may be left out. */
export interface StepDetails {
  /** Values for later steps, which write them as `<name>`: a path into the answer each. */
  readonly save?: Readonly<Record<string, string>>;
  readonly expect?: Expectations;
  /** Asked again until it is so. */
  readonly until?: Expectations;
  /** The error that has to come instead of an answer, or the beginning of its code. */
  readonly fails?: string;
  /** Members of the input that are bytes: base64 each. */
  readonly bytes?: Readonly<Record<string, string>>;
  /** What is uploaded as `Body`. */
  readonly body?: string;
  /** The answer has a `Body` to be downloaded. */
  readonly downloads?: true;
}

/** One call of one operation. */
export interface Step extends StepDetails {
  /** The name that requests are signed with, as in the registry. */
  readonly service: string;
  readonly operation: string;
  readonly input: object;
}

/** Steps that go one after the other in an account of their own. */
export interface Route {
  readonly name: string;
  readonly steps: readonly Step[];
}

type Row = readonly [operation: string, input?: object, details?: StepDetails];

/** The steps of one service as a table: an operation, its input, and what is expected. */
export function stepsOf(service: string, rows: readonly Row[]): Step[] {
  return rows.map(([operation, input = {}, details = {}]) => ({ service, operation, input, ...details }));
}
