import type { JournalEntry } from './journal-event.ts';
import type { ObservedStack } from './stack.ts';

/** Time as the engine sees it: real in a run, virtual in a rehearsal. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Appends one entry to the run's journal; the port adds the time. It must be on disk when it returns. */
export interface Journal {
  write(entry: JournalEntry): void;
}

export interface StackWrite {
  readonly stackName: string;
  /** Makes the call repeatable: AWS answers a second call with the same token as it did the first (1–128 characters). */
  readonly token: string;
}

export interface StackContent extends StackWrite {
  readonly templateBody: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /**
   * Express mode: the operation is complete when every service has accepted its call, and is rolled back when one has
   * not, as in standard mode.
   */
  readonly express?: boolean;
  /** Parameters that keep the value that the stack has. */
  readonly keep?: readonly string[];
}

/** How a delete deals with what resists it. Both are for stacks that are DELETE_FAILED. */
export interface DeleteManner {
  /** Logical ids that CloudFormation is to leave in the account. */
  readonly retain?: readonly string[];
  /** FORCE_DELETE_STACK: whatever cannot be deleted stays in the account. */
  readonly force?: boolean;
}

/** One event of a stack, as `DescribeStackEvents` gives it; read only to explain a failure. */
export interface StackEvent {
  readonly at: number;
  readonly logicalId: string;
  readonly resourceType: string;
  readonly physicalId?: string;
  readonly status: string;
  readonly reason?: string;
  readonly token?: string;
}

/**
 * CloudFormation in one account and region. Writes resolve when AWS has accepted them, with the stack's id; what
 * becomes of them is seen by `sweep` alone. All methods reject with a `CloudError`.
 */
export interface StackCloud {
  /** Every stack that is not deleted, all pages: one call serves every stack in flight. */
  sweep(signal?: AbortSignal): Promise<readonly ObservedStack[]>;
  create(content: StackContent & { readonly terminationProtection: boolean }): Promise<string>;
  update(content: StackContent): Promise<string>;
  delete(write: StackWrite & { readonly stackId: string } & DeleteManner): Promise<void>;
  continueRollback(write: StackWrite & { readonly stackId: string }): Promise<void>;
  setTerminationProtection(stackName: string, enabled: boolean): Promise<void>;
  /** The template that a stack was last given, as text. */
  template(stackName: string): Promise<string>;
  /** The newest events first, at most `limit`. */
  events(stackId: string, limit: number): Promise<readonly StackEvent[]>;
}

/** What kind of error it is decides what the engine does about it; the text stays AWS's own. */
export type CloudErrorKind =
  | 'no-updates'
  | 'already-exists'
  | 'not-found'
  | 'throttled'
  | 'network'
  | 'server'
  | 'credentials'
  | 'denied'
  | 'invalid'
  | 'unknown';

export class CloudError extends Error {
  readonly kind: CloudErrorKind;
  /** AWS's code: `ValidationError`. */
  readonly code: string;

  constructor(kind: CloudErrorKind, code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'CloudError';
    this.kind = kind;
    this.code = code;
  }
}
