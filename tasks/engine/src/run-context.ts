import type { Gate } from './gate.ts';
import type { StepKind } from './journal-event.ts';
import type { Poller } from './poller.ts';
import type { Clock, Journal, StackCloud } from './ports.ts';

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
  /** Aborted when the run is interrupted: nothing new starts, waits end. */
  readonly signal: AbortSignal;
  /** When each stack was last seen in flight. */
  readonly inFlightAt: Map<string, number>;
  /** How long one operation on one stack may take, in milliseconds. */
  readonly operationMsMax: number;
  /** What this very operation took in earlier runs, in milliseconds; times the poller. */
  readonly expectedMs: (stack: string, kind: StepKind) => number | undefined;
  readonly diagnose: Diagnose;
  /** What to type to go on with this run: `make stage`. */
  readonly command: string;
}
