/** What one test file came to. `failures` holds a text for a person per failed test, or per reason the file itself failed. */
export interface FileResult {
  /** Relative to the workspace: `src/plan.test.ts`. */
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
  readonly durationMs: number;
}

/** What the process that runs a workspace's tests tells the runner, so that the runner knows where it is. */
export type TestMessage =
  | { readonly kind: 'started'; readonly file: string }
  | { readonly kind: 'finished'; readonly result: FileResult }
  | { readonly kind: 'done' };

/** A test file as a person wrote it and as it runs. */
export interface TestFile {
  /** Relative to the workspace: `src/plan.test.ts`. */
  readonly source: string;
  /** Absolute path of what the compiler made of it. */
  readonly compiled: string;
}

/** A workspace and how its tests went. */
export interface WorkspaceResult {
  /** Relative to the project's root: `tasks/engine`. */
  readonly workspace: string;
  /** `1/3` where only some of its files are meant. */
  readonly part?: string;
  readonly files: readonly FileResult[];
  /** Reasons beside single tests: not compiled, killed at its deadline, ended early. Each counts as one failure. */
  readonly failures: readonly string[];
  /** What the tests printed; shown where something failed. */
  readonly output: string;
  readonly durationMs: number;
}
