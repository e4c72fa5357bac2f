import type { Fault } from '@roundtrip/local-cloud';

export interface ScenarioLayer {
  readonly name: string;
  readonly dependsOn: readonly string[];
}

/** What a stack holds besides its parameters; each is in the way of a teardown in a way of its own. */
export type Content = 'plain' | 'bucket' | 'log-group' | 'network' | 'machine' | 'untagged';

export interface ScenarioStack {
  readonly layer: string;
  readonly name: string;
  /** Names of stacks of the same layer. */
  readonly dependsOn: readonly string[];
  readonly content: Content;
  readonly createSeconds: number;
  readonly deleteSeconds: number;
}

export type Verb = 'up' | 'down' | 'sweep';

/** One thing that somebody does to the environment. */
export interface Act {
  readonly verb: Verb;
  /** The stacks, by index, whose templates change before it. */
  readonly changes: readonly number[];
  /** The run's process dies at its so many-th call; undefined: it lives. Then it is started again, once or more often. */
  readonly diesAtCalls: readonly number[];
  /** The process stands still before its so many-th call, for so long, and then goes on: a laptop that was closed. */
  readonly stall?: { readonly atCall: number; readonly minutes: number };
  /** A second run of that verb that begins so many seconds after the first. */
  readonly second?: { readonly verb: Verb; readonly afterSeconds: number };
  /** What goes wrong while it lasts. */
  readonly faults: readonly Fault[];
  /** Hours that pass after it. */
  readonly restHours: number;
}

/** An environment and its history, complete: the same scenario always goes the same way. */
export interface Scenario {
  readonly seed: string;
  readonly layers: readonly ScenarioLayer[];
  readonly stacks: readonly ScenarioStack[];
  /** Whether AWS's rate limits are on. */
  readonly limits: 'on' | 'off';
  /** How CloudFormation deploys. */
  readonly mode: 'standard' | 'express';
  /** Calls go as those of the verbs do, which try more until they are throttled; absent: as the account bears them. */
  readonly budget?: 'tries';
  readonly acts: readonly Act[];
}

/** Destroyed on Friday and rebuilt on Monday: each pair is a week. */
export function weeksOf({ acts }: Scenario): number {
  // The two acts that every rehearsal ends with, a teardown and a rebuild without faults, are one more.
  return acts.filter(({ verb }) => verb === 'down').length + 1;
}
