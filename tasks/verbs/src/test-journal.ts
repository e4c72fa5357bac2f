import * as assert from 'uvu/assert';
import { BUCKET_STACK } from '@roundtrip/aws';
import type { JournalEvent } from '@roundtrip/engine';
import type { SampleShape, SampleStack } from '@roundtrip/sample-project';

type EventOf<Type extends JournalEvent['type']> = Extract<JournalEvent, { type: Type }>;

/** The events of one type, in the order of the journal. */
export function eventsOf<Type extends JournalEvent['type']>(
  journal: readonly JournalEvent[],
  type: Type,
): EventOf<Type>[] {
  return journal.filter((event): event is EventOf<Type> => event.type === type);
}

/** How each step ended, by stack. */
export function outcomes(journal: readonly JournalEvent[]): Record<string, string> {
  return Object.fromEntries(eventsOf(journal, 'step-finished').map((event) => [event.stack, event.outcome]));
}

/** How each layer ended. */
export function layerOutcomes(journal: readonly JournalEvent[]): Record<string, string> {
  return Object.fromEntries(eventsOf(journal, 'layer-finished').map((event) => [event.layer, event.outcome]));
}

/** The writes of a run as `operation stack`, sorted; without the one that makes the account's own bucket. */
export function writes(journal: readonly JournalEvent[]): string[] {
  return eventsOf(journal, 'write')
    .filter((event) => event.stack !== BUCKET_STACK)
    .map((event) => `${event.operation} ${event.stack}`)
    .sort();
}

/** Every pair of stacks of which the first has to be complete before the second may begin on the way up. */
export function edgesUp(shape: SampleShape, environment: string): [before: string, after: string][] {
  const nameOf = ({ layer, name }: SampleStack): string =>
    [environment, layer, ...(name === '' ? [] : [name])].join('-');
  const isBefore = (before: SampleStack, after: SampleStack): boolean =>
    (shape.layers[after.layer] ?? []).includes(before.layer) ||
    (before.layer === after.layer &&
      (after.dependsOn.includes(before.name) || (after.reads ?? []).includes(`${before.layer}/${before.name}`)));
  return shape.stacks.flatMap((after) =>
    shape.stacks
      .filter((before) => isBefore(before, after))
      .map((before): [string, string] => [nameOf(before), nameOf(after)]),
  );
}

/** Asserts from the journal alone that each second stack was started after the first one had been finished. */
export function assertOrder(journal: readonly JournalEvent[], edges: readonly (readonly [string, string])[]): void {
  const at = (type: JournalEvent['type'], stack: string): number =>
    journal.findIndex((event) => event.type === type && 'stack' in event && event.stack === stack);
  for (const [before, after] of edges) {
    const finished = at('step-finished', before);
    const started = at('step-started', after);
    assert.ok(finished >= 0, `${before} was finished`);
    assert.ok(started >= 0, `${after} was started`);
    assert.ok(finished < started, `${before} was finished before ${after} was started`);
  }
}
