import type { FailureClass } from './failure-class.ts';

/**
 * The journal is the append-only record of a run, one JSON object a line. Progress, summary, timeline, expected
 * times and audit are all views of it; nothing that a person sees comes from anywhere else.
 */

export type StepKind = 'create' | 'update' | 'recreate' | 'continue-rollback' | 'wait' | 'delete' | 'skip' | 'refuse';

export type StepOutcome =
  'created' | 'updated' | 'recreated' | 'deleted' | 'unchanged' | 'failed' | 'refused' | 'not-started';

export type LayerOutcome = 'done' | 'failed' | 'not-started' | 'interrupted';

export type HookKind = 'before-up' | 'after-up' | 'before-down' | 'after-down';

export type Direction = 'up' | 'down';

export interface LayerNode {
  readonly name: string;
  /** The layers that this one's package.json depends on. */
  readonly dependsOn: readonly string[];
}

interface RunStarted {
  readonly type: 'run-started';
  readonly run: string;
  /** The turbo task: stage, prod, destroy-stage, up, down. */
  readonly verb: string;
  readonly direction: Direction;
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly cloud: 'local' | 'aws';
  readonly layers: readonly LayerNode[];
  /** The ARN that the run acts as, and the machine that it runs on. */
  readonly who?: string;
  readonly host?: string;
}
interface GuardPassed {
  readonly type: 'guard-passed';
  readonly guard: string;
  readonly detail: string;
}
interface LayerStarted {
  readonly type: 'layer-started';
  readonly layer: string;
}
interface LayerFinished {
  readonly type: 'layer-finished';
  readonly layer: string;
  readonly outcome: LayerOutcome;
}
interface StepPlanned {
  readonly type: 'step-planned';
  readonly layer: string;
  /** Full stack name: `<environment>-<layer>[-<name>]`. */
  readonly stack: string;
  readonly kind: StepKind;
  readonly reason: string;
  /** Stacks that must be finished first in this run's direction (of this layer and of the layers before it). */
  readonly dependsOn: readonly string[];
  /** Expected duration learned from earlier journals; absent where nothing is known. */
  readonly expectedMs?: number;
}
interface StepStarted {
  readonly type: 'step-started';
  readonly stack: string;
}
/** An API call that changes something, written before it is sent. */
interface Write {
  readonly type: 'write';
  readonly stack: string;
  readonly operation: string;
  readonly token: string;
}
/** Something passing went wrong, and the same is tried again. */
interface Retry {
  readonly type: 'retry';
  readonly stack: string;
  /** The call, or what happened to the stack: `CreateStack`, `create`. */
  readonly operation: string;
  readonly class: FailureClass;
  readonly reason: string;
  readonly pauseMs: number;
}
/** Something that was in the way of a delete was cleared away. */
interface Cleared {
  readonly type: 'cleared';
  readonly stack: string;
  readonly what: string;
}
/** A resource stays in the account although its stack goes; the ledger has it. */
interface Orphaned {
  readonly type: 'orphaned';
  readonly stack: string;
  readonly resource: string;
  readonly resourceType: string;
  readonly physicalId: string;
  readonly reason: string;
}
/** In express mode: what a complete stack holds is waited for, or has become ready. */
interface ReadinessEntry {
  readonly type: 'readiness';
  readonly stack: string;
  readonly what: 'waiting' | 'ready';
  /** Logical names. */
  readonly detail: string;
}
/** What the run knows of the lease: taken, waited for, taken over, lost, given back. */
interface LeaseEntry {
  readonly type: 'lease';
  readonly what: 'waiting' | 'taken' | 'taken-over' | 'lost' | 'released';
  readonly detail: string;
  /** The command to type next, where it was lost. */
  readonly next?: string;
}
/** A stack status seen by the poller; written only when it differs from the one seen before. */
interface StackState {
  readonly type: 'state';
  readonly stack: string;
  readonly status: string;
  readonly reason?: string;
}
interface StepFinished {
  readonly type: 'step-finished';
  readonly stack: string;
  readonly outcome: StepOutcome;
  readonly status?: string;
  /** From step-started to the observation of the end. */
  readonly elapsedMs: number;
  /** From step-started to the last look that still showed it in flight: the end was between the two. */
  readonly inFlightMs?: number;
}
/** Something that was seen of a failed resource. */
export interface FailureEvidence {
  readonly about: 'task' | 'health' | 'log';
  readonly text: string;
}
/** Why a stack failed, for people: the first resource that failed and what to do about it. */
export interface FailureEntry {
  readonly type: 'failure';
  readonly stack: string;
  readonly resource?: string;
  readonly resourceType?: string;
  /** AWS's own words. */
  readonly reason: string;
  /** What the resource itself says: how its tasks ended, which checks failed, its last log lines. */
  readonly evidence?: readonly FailureEvidence[];
  /** The likely cause in plain words. */
  readonly cause?: string;
  /** The command to type next. */
  readonly next: string;
}
interface HookStarted {
  readonly type: 'hook-started';
  readonly layer: string;
  readonly hook: HookKind;
}
interface HookOutput {
  readonly type: 'hook-output';
  readonly layer: string;
  readonly hook: HookKind;
  readonly line: string;
}
interface HookFinished {
  readonly type: 'hook-finished';
  readonly layer: string;
  readonly hook: HookKind;
  readonly outcome: 'done' | 'failed';
  readonly detail?: string;
}
/** Something that a person should read and that is no failure. */
interface Notice {
  readonly type: 'notice';
  readonly layer?: string;
  readonly text: string;
}
interface Interrupted {
  readonly type: 'interrupted';
  readonly signal: string;
  /** The command to type next. */
  readonly next?: string;
}
/** The run has stopped for what is no stack's own trouble: nothing new is started, and the same command goes on from there. */
interface Stopped {
  readonly type: 'stopped';
  readonly code: 'credentials-ended' | 'account-denied' | 'account-unseen' | 'journal-lost';
  readonly what: string;
  readonly reason: string;
  readonly next: string;
}
/** The run took longer than the last ones that did the same; written before its end. */
interface Slower {
  readonly type: 'slower';
  readonly ms: number;
  /** The median of `runs` earlier ones. */
  readonly usualMs: number;
  readonly runs: number;
  /** The stacks of the critical path that made it so, the worst first. */
  readonly stacks: readonly { readonly stack: string; readonly ms: number; readonly usualMs: number }[];
}
interface RunFinished {
  readonly type: 'run-finished';
  readonly exitCode: number;
  readonly wallMs: number;
  /** Every API call of the run, by operation: `DescribeStacks: 12`. */
  readonly calls: Readonly<Record<string, number>>;
  readonly throttled: number;
}

export type JournalEntry =
  | RunStarted
  | GuardPassed
  | LayerStarted
  | LayerFinished
  | StepPlanned
  | StepStarted
  | Write
  | Retry
  | Cleared
  | Orphaned
  | ReadinessEntry
  | LeaseEntry
  | StackState
  | StepFinished
  | FailureEntry
  | HookStarted
  | HookOutput
  | HookFinished
  | Notice
  | Interrupted
  | Stopped
  | Slower
  | RunFinished;

/** An entry with the time at which it was written, in milliseconds since the epoch. */
export type JournalEvent = JournalEntry & { readonly at: number };
