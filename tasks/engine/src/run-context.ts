import type { Readiness } from './await-ready.ts';
import type { Blockers } from './blockers.ts';
import type { Collisions } from './collisions.ts';
import type { Gate } from './gate.ts';
import type { Witness } from './inquest.ts';
import type { StepKind } from './journal-event.ts';
import type { LedgerStore } from './ledger.ts';
import type { Poller } from './poller.ts';
import type { Clock, CloudError, Journal, StackCloud } from './ports.ts';

/** The likely cause of a failure in plain words and the command to type next; undefined where nothing is known. */
export type Diagnose = (
  resourceType: string | undefined,
  reason: string,
) => { readonly cause?: string; readonly next?: string } | undefined;

/** What every step of a run shares. */
export interface RunContext {
  readonly run: string;
  readonly environment: string;
  readonly cloud: StackCloud;
  readonly poller: Poller;
  readonly clock: Clock;
  readonly journal: Journal;
  /** Bounds how many writes are under way at once; stacks in flight take no place in it. */
  readonly writes: Gate;
  /** Asked before each write: rejects when the run has lost its lease. Absent where nobody else can be there. */
  readonly lease?: { ensure(): Promise<void> };
  /** What is in the way of a stack's delete, and how it is cleared away; absent where a run may clear nothing. */
  readonly blockers?: Blockers;
  /** Present in express mode: a stack that CloudFormation calls complete is done when this has seen it ready. */
  readonly readiness?: Readiness;
  /** Who knows more of a failed resource than AWS's reason says. */
  readonly witness?: Witness;
  /** Who bears the names that a stack wants, and how what is left of the environment is cleared away. */
  readonly collisions?: Collisions;
  /** Where it is noted what a teardown has left in the account; without it nothing is left there on purpose. */
  readonly ledger?: LedgerStore;
  /** Aborted when the run is interrupted or stopped, or has lost its lease: nothing new starts, waits end. */
  readonly signal: AbortSignal;
  /** Stops the run for what every stack would meet; aborts `signal`. Without it each stack fails by itself. */
  readonly stop?: (trouble: CloudError) => void;
  /** When each stack was last seen in flight. */
  readonly inFlightAt: Map<string, number>;
  /** Ids of the stacks that this run clears away because they never were whole: so it may when it has to try again. */
  readonly neverWhole: Set<string>;
  /** How long one operation on one stack may take, in milliseconds. */
  readonly operationMsMax: number;
  /** What this very operation took in earlier runs, in milliseconds; times the poller. */
  readonly expectedMs: (stack: string, kind: StepKind) => number | undefined;
  readonly diagnose: Diagnose;
  /** What to type to go on with this run: `make stage`. */
  readonly command: string;
}
