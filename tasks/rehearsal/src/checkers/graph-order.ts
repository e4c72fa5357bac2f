import { stackName } from '../desired.ts';
import type { CallRecord, Checker, Observation, OperationRecord } from '../record.ts';
import type { Scenario } from '../scenario.ts';
import { isAccepted } from './reads.ts';

/**
 * No stack is begun before those that it depends on stand, are done with what is done to them in the same run, and in
 * express mode were seen ready; none is taken away before those that depend on it are gone: by the stacks' own events.
 */
export const graphOrder: Checker = (observation) => {
  const { scenario, operations } = observation;
  const needs = needsOf(scenario);
  const history: History = { observation, byStack: groupedByStack(operations), runOf: runsOf(observation) };
  return operations.flatMap((operation) => {
    const { stack, kind, beganAt } = operation;
    if (kind !== 'delete') {
      return (needs.get(stack) ?? []).flatMap((need) => early(history, operation, need));
    }
    const dependents = [...needs].filter(([, others]) => others.includes(stack)).map(([name]) => name);
    return dependents
      .filter((name) => isThere(history.byStack.get(name), beganAt))
      .map((name) => `${stack} was deleted at ${beganAt} while ${name} stood`);
  });
};

interface History {
  readonly observation: Observation;
  readonly byStack: ReadonlyMap<string, readonly OperationRecord[]>;
  /** Who has begun an operation; undefined where nobody knows. */
  readonly runOf: (operation: OperationRecord) => string | undefined;
}

/** What was done to one stack too early for another that it depends on. */
function early(history: History, operation: OperationRecord, need: string): readonly string[] {
  const { stack, kind, beganAt } = operation;
  const ofNeed = history.byStack.get(need) ?? [];
  const what = `${stack} was ${kind}d at ${beganAt}`;
  if (!standsAt(ofNeed, beganAt)) return [`${what} before ${need} stood`];
  const run = history.runOf(operation);
  const late = ofNeed.find(
    (one) => one.kind === 'update' && one.endedAt > beganAt && (one.beganAt < beganAt || sameRun(history, one, run)),
  );
  if (late !== undefined) return [`${what} before the update of ${need} at ${late.beganAt} had ended`];
  return kind === 'create' && !wasSeenReady(history, need, beganAt)
    ? [`${what} before ${need} was seen ready, in express mode`]
    : [];
}

function sameRun({ runOf }: History, operation: OperationRecord, run: string | undefined): boolean {
  return run !== undefined && runOf(operation) === run;
}

/** Made whole, and not begun to be deleted since. */
function standsAt(operations: readonly OperationRecord[], at: number): boolean {
  const last = operations.findLast(({ kind, beganAt }) => kind !== 'update' && beganAt < at);
  return last !== undefined && last.kind === 'create' && last.end === 'CREATE_COMPLETE' && last.endedAt <= at;
}

/** Begun, and not seen gone since: also one that is on its way out, or that could not be deleted. */
function isThere(operations: readonly OperationRecord[] | undefined, at: number): boolean {
  const last = operations?.findLast(({ beganAt }) => beganAt < at);
  return last !== undefined && !(last.end === 'DELETE_COMPLETE' && last.endedAt <= at);
}

/** True where somebody has seen the endpoint available that this stack has now; others hold nothing to wait for. */
function wasSeenReady({ observation, byStack }: History, stack: string, at: number): boolean {
  const { scenario, calls, makers } = observation;
  const isNetwork = scenario.stacks.some((one) => one.content === 'network' && stackName(one) === stack);
  if (scenario.mode === 'standard' || !isNetwork) return true;
  const made = byStack.get(stack)?.findLast(({ kind, beganAt }) => kind === 'create' && beganAt < at)?.beganAt ?? at;
  return calls.some(
    (call) =>
      call.at >= made &&
      Math.floor(call.at) <= at &&
      (call.available ?? []).some((id) => makers.get(id)?.includes(stack) === true),
  );
}

function groupedByStack(operations: readonly OperationRecord[]): ReadonlyMap<string, readonly OperationRecord[]> {
  const byStack = new Map<string, OperationRecord[]>();
  for (const one of [...operations].sort((a, b) => a.beganAt - b.beganAt)) {
    const known = byStack.get(one.stack);
    if (known === undefined) byStack.set(one.stack, [one]);
    else known.push(one);
  }
  return byStack;
}

/** Whose call it was: the last one for that stack before the operation began. Events tell whole milliseconds. */
function runsOf({ calls }: Observation): History['runOf'] {
  const sent = new Map<string, CallRecord[]>();
  for (const call of calls) {
    if (!/^(?:Create|Update)Stack$/.test(call.operation) || !isAccepted(call)) continue;
    const name = call.subject.split(':stack/')[1]?.split('/')[0] ?? call.subject;
    const known = sent.get(name);
    if (known === undefined) sent.set(name, [call]);
    else known.push(call);
  }
  return ({ stack, beganAt }) => sent.get(stack)?.findLast(({ at }) => Math.floor(at) <= beganAt)?.run;
}

function needsOf({ stacks, layers }: Scenario): ReadonlyMap<string, readonly string[]> {
  const layersOf = new Map(layers.map(({ name, dependsOn }) => [name, dependsOn]));
  return new Map(
    stacks.map((stack) => {
      const own = stack.dependsOn.map((name) => stackName({ layer: stack.layer, name }));
      const above = stacks.filter(({ layer }) => layersOf.get(stack.layer)?.includes(layer)).map(stackName);
      return [stackName(stack), [...own, ...above]];
    }),
  );
}
