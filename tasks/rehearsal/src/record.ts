import type { JournalEvent, RunOutcome } from '@roundtrip/engine';
import type { Scenario, Verb } from './scenario.ts';

/** A request that a run has sent and what came of it, in the order in which the cloud has dealt with them. */
export interface CallRecord {
  readonly at: number;
  readonly run: string;
  readonly service: string;
  /** `CreateStack`; for S3 `PUT /bucket/key`. */
  readonly operation: string;
  /** Whose credentials it was made with, and where. */
  readonly account: string;
  readonly region: string;
  /** What it is about: a stack's name or ARN, a thing's identifier, a bucket and a key. */
  readonly subject: string;
  /** `ok`, or the error's code; the cloud has done the work only where it is `ok`. */
  readonly outcome: string;
  /** Of a write to a lease: whose it is then, empty for nobody's. */
  readonly leaseOf?: string;
  /** Of a look at VPC endpoints: those that are available. */
  readonly available?: readonly string[];
}

/** One run, from its start to its end or its death. */
export interface RunRecord {
  readonly run: string;
  readonly act: number;
  readonly verb: Verb;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: RunOutcome | { readonly kind: 'died' };
  readonly journal: readonly JournalEvent[];
}

/** What a stack's events say of one operation. */
export interface OperationRecord {
  readonly stack: string;
  readonly kind: 'create' | 'update' | 'delete';
  readonly beganAt: number;
  readonly endedAt: number;
  readonly end: string;
}

/** An environment at rest, as somebody without faults sees it. */
export interface Sight {
  readonly at: number;
  readonly stacks: readonly {
    readonly name: string;
    readonly status: string;
    readonly environment: string | undefined;
    readonly fingerprint: string | undefined;
    readonly outputs: Readonly<Record<string, string>>;
    /** The value of the parameter of that name. */
    readonly upstream: string | undefined;
    readonly id: string;
  }[];
  /** What the parameters of the environment's stacks say, by name. */
  readonly values: Readonly<Record<string, string>>;
  /** ARNs of what carries the environment's tag. */
  readonly tagged: readonly string[];
  /** Ids of what bears neither tag nor name. */
  readonly untagged: readonly string[];
  /** Names of all log groups. */
  readonly groups: readonly string[];
  /** ARNs of all topics. */
  readonly topics: readonly string[];
  /** Physical ids of the ledger. */
  readonly ledger: readonly string[];
}

/** Everything that a rehearsal has seen: what the checkers judge. */
export interface Observation {
  readonly scenario: Scenario;
  readonly calls: readonly CallRecord[];
  readonly runs: readonly RunRecord[];
  readonly operations: readonly OperationRecord[];
  /** By physical id: the stacks that have ever held it, by their events. */
  readonly makers: ReadonlyMap<string, readonly string[]>;
  /** After each act, by its number. */
  readonly sights: ReadonlyMap<number, Sight>;
  /** How often each stack's template has changed by the end. */
  readonly generations: readonly number[];
  readonly faults: Readonly<Record<string, number>>;
  readonly defects: readonly string[];
}

/** Says what is wrong, one sentence each; nothing where all is well. */
export type Checker = (observation: Observation) => readonly string[];
