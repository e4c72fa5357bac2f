import type { EnvironmentFacts } from './layer.ts';

/** The run's budget of calls to CloudFormation, which all its processes share. */
export interface HookPace {
  /** Resolves when one call of that kind may go. */
  take(kind: 'read' | 'write'): Promise<void>;
  /** A call of that kind was throttled: the whole run slows down. */
  throttled(kind: 'read' | 'write'): void;
}

/** What the AWS SDK's clients need: `new ECSClient(context.aws)`. */
export interface HookAwsConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Clients of `@roundtrip/aws` keep to it by themselves; SDK clients pass over it. */
  readonly pace?: HookPace;
}

/**
 * Given to every hook. `Shell` is zx's `$` with the environment's credentials, region and endpoint in its env, so
 * that `` await $`aws …` `` reaches the right account.
 */
export interface HookContext<Shell = unknown> {
  /** The project's root, absolute. */
  readonly root: string;
  readonly environment: EnvironmentFacts;
  readonly layer: string;
  /** The layer's section of the env file, after defaults. */
  readonly config: unknown;
  /** Outputs of this layer's and its dependencies' stacks that exist now: full stack name → output → value. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly aws: HookAwsConfig;
  readonly $: Shell;
  /** One line for the person who watches; it goes to the journal too, so no secret may be in it. */
  log(line: string): void;
  /**
   * To be called before each call that changes something: it stands in the run's journal then. Rejects where the run may
   * not write any more, since it was interrupted or has lost its lease.
   * @param resource its name or ARN
   * @param operation AWS's name of the call
   */
  beforeWrite(resource: string, operation: string): Promise<void>;
  /** Waits, and rejects when the run is interrupted. */
  sleep(ms: number): Promise<void>;
}

/**
 * A hook is `packages/<layer>/hooks/<kind>.ts` with this as its default export. It must be repeatable: a run may be
 * killed in the middle of it. It fails by throwing.
 */
export type Hook<Shell = unknown> = (context: HookContext<Shell>) => Promise<void>;
