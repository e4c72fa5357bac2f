import { converges } from './checkers/converges.ts';
import { graphOrder } from './checkers/graph-order.ts';
import { keepsBudget } from './checkers/keeps-budget.ts';
import { keepsDeadline } from './checkers/keeps-deadline.ts';
import { keepsSecrets } from './checkers/keeps-secrets.ts';
import { neighboursUntouched } from './checkers/neighbours-untouched.ts';
import { looksFirst } from './checkers/looks-first.ts';
import { noDefects } from './checkers/no-defects.ts';
import { noWriteBeforeGuards } from './checkers/no-write-before-guards.ts';
import { nothingLeft } from './checkers/nothing-left.ts';
import { oneWriter } from './checkers/one-writer.ts';
import { onlyItsOwn } from './checkers/only-its-own.ts';
import { protectedStays } from './checkers/protected-stays.ts';
import { replayWritesNothing } from './checkers/replay-writes-nothing.ts';
import { sweepSparesStacks } from './checkers/sweep-spares-stacks.ts';
import type { Checker, Observation } from './record.ts';

export const CHECKERS: Readonly<Record<string, Checker>> = {
  'no-defects': noDefects,
  'no-write-before-guards': noWriteBeforeGuards,
  'only-its-own': onlyItsOwn,
  'one-writer': oneWriter,
  'graph-order': graphOrder,
  converges,
  'neighbours-untouched': neighboursUntouched,
  'protected-stays': protectedStays,
  'nothing-left': nothingLeft,
  'replay-writes-nothing': replayWritesNothing,
  'keeps-deadline': keepsDeadline,
  'keeps-secrets': keepsSecrets,
  'keeps-budget': keepsBudget,
  'looks-first': looksFirst,
  'sweep-spares-stacks': sweepSparesStacks,
};

export interface Violation {
  readonly checker: string;
  readonly what: string;
}

export function check(observation: Observation): readonly Violation[] {
  return Object.entries(CHECKERS).flatMap(([checker, judge]) =>
    judge(observation).map((what): Violation => ({ checker, what })),
  );
}
