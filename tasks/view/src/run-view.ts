import type { Direction, HookKind, JournalEvent, LayerOutcome, StepKind, StepOutcome } from '@roundtrip/engine';

type EventOf<Type extends JournalEvent['type']> = Extract<JournalEvent, { type: Type }>;

export interface StatusSeen {
  readonly at: number;
  readonly status: string;
}

export interface StackView {
  readonly name: string;
  readonly layer: string;
  readonly kind: StepKind;
  readonly reason: string;
  readonly dependsOn: readonly string[];
  readonly expectedMs?: number;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly outcome?: StepOutcome;
  /** AWS's own word, the latest one seen. */
  readonly status?: string;
  /** Every status seen, in the order of the journal. */
  readonly statuses: readonly StatusSeen[];
  readonly writes: number;
}

export interface LayerView {
  readonly name: string;
  readonly dependsOn: readonly string[];
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly outcome?: LayerOutcome;
}

export interface HookView {
  readonly layer: string;
  readonly hook: HookKind;
  readonly startedAt: number;
  readonly finishedAt?: number;
  readonly outcome?: 'done' | 'failed';
  readonly detail?: string;
  /** The last lines that it printed, at most 200. */
  readonly lines: readonly string[];
  /** How many earlier lines are not among them. */
  readonly linesDropped: number;
}

export interface RunHead {
  readonly run: string;
  readonly verb: string;
  readonly direction: Direction;
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly cloud: 'local' | 'aws';
}

export interface RunResult {
  readonly exitCode: number;
  readonly wallMs: number;
  readonly calls: Readonly<Record<string, number>>;
  readonly throttled: number;
}

/** All that can be known of a run from its journal so far. */
export interface RunView {
  readonly head?: RunHead;
  /** Time of the first event, and of the latest; milliseconds since the epoch. */
  readonly startedAt?: number;
  readonly latestAt?: number;
  readonly layers: ReadonlyMap<string, LayerView>;
  readonly stacks: ReadonlyMap<string, StackView>;
  readonly hooks: readonly HookView[];
  readonly failures: readonly EventOf<'failure'>[];
  readonly notices: readonly EventOf<'notice'>[];
  readonly guards: readonly EventOf<'guard-passed'>[];
  /** What happened to the run's lease last. */
  readonly lease?: EventOf<'lease'>;
  /** Why the run stopped, where no stack is to blame. */
  readonly stopped?: EventOf<'stopped'>;
  readonly slower?: EventOf<'slower'>;
  readonly interrupted?: { readonly at: number; readonly signal: string; readonly next?: string };
  readonly result?: RunResult;
}

/** The view of an empty journal. */
export const emptyRunView: RunView = {
  layers: new Map(),
  stacks: new Map(),
  hooks: [],
  failures: [],
  notices: [],
  guards: [],
};

/** The stacks that have been started and are not finished, in the order in which they were started. */
export function stacksInFlight(view: RunView): readonly StackView[] {
  return [...view.stacks.values()]
    .filter((stack) => stack.startedAt !== undefined && stack.outcome === undefined)
    .sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
}

/** What a run is called: its verb, with the environment where the verb does not name it: `stage`, `up demo`. */
export function runTitle(head: { readonly verb: string; readonly environment: string }): string {
  return head.verb.split('-').includes(head.environment) ? head.verb : `${head.verb} ${head.environment}`;
}
