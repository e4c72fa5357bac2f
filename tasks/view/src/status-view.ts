export interface StatusStackView {
  readonly name: string;
  readonly layer: string;
  /** AWS's own word. */
  readonly status: string;
  /** Milliseconds since the epoch, as all times here. */
  readonly createdAt?: number;
  readonly updatedAt?: number;
  /** Whether termination protection is on. */
  readonly protected: boolean;
  /** Whether the stack carries the environment's tag; one that does not was made by somebody else. */
  readonly ours: boolean;
}

export interface StatusEnvironmentView {
  readonly name: string;
  /** Empty where the env file cannot be read. */
  readonly account: string;
  readonly region: string;
  readonly cloud: 'local' | 'aws';
  readonly protect: boolean;
  /** True, or why the account could not be asked. */
  readonly reachable: true | string;
  readonly stacks: readonly StatusStackView[];
  /** The time on the cloud's own clock, where that is another one than the view's: ages of stacks count from it. */
  readonly cloudNowMs?: number;
  readonly lastRun?: {
    readonly run: string;
    readonly verb: string;
    readonly startedAt: number;
    /** In words: `done`, `failed`, `interrupted by SIGINT`. */
    readonly result: string;
    readonly wallMs: number;
  };
}

export interface StatusView {
  readonly environments: readonly StatusEnvironmentView[];
  readonly nowMs: number;
}
