import type { JournalEvent } from '@roundtrip/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { reduceAll } from './reduce.ts';
import { sampleJournal } from './sample-journal.ts';
import { slowness, type Slowness } from './slowness.ts';
import { summary } from './summary.ts';

const USUAL = sampleJournal({ services: 5 });
const CRITICAL = ['stage-network', 'stage-data'];

/** The same run with so much more time before the end of one stack, or before what one event of a type says. */
function later(ms: number, isFrom: (event: JournalEvent) => boolean, journal = USUAL): JournalEvent[] {
  const from = journal.findIndex(isFrom);
  return journal.map((event, index) => {
    const moved = index < from ? event : { ...event, at: event.at + ms };
    return moved.type === 'run-finished' ? { ...moved, wallMs: moved.wallMs + ms } : moved;
  });
}

const endOf = (stack: string) => (event: JournalEvent) => event.type === 'step-finished' && event.stack === stack;
const wallMs = (journal: readonly JournalEvent[]): number => {
  const last = journal.at(-1);
  return last?.type === 'run-finished' ? last.wallMs : 0;
};
const compare = (now: readonly JournalEvent[], ...before: JournalEvent[][]): Slowness | undefined =>
  slowness(now, wallMs(now), before);

test('a run that is slower by a quarter says which stacks of the critical path were', () => {
  const slow = later(400_000, endOf('stage-data'));
  const found = compare(slow, USUAL, USUAL, USUAL);
  assert.is(found?.runs, 3);
  assert.equal(
    found?.stacks.map((one) => one.stack),
    ['stage-data'],
  );
  const events = slow.toSpliced(-1, 0, { ...found!, type: 'slower', at: slow.at(-1)!.at });
  const line = summary(reduceAll(events)).find((text) => text.startsWith('  slower'));
  assert.is(
    line,
    '  slower         by 53 % than the last 3 runs (12:42 min): stage-data took 14:40 min, usually 8:00 min',
  );
});

test('the worst stack comes first', () => {
  const slow = later(500_000, endOf('stage-data'), later(100_000, endOf('stage-network')));
  assert.equal(
    compare(slow, USUAL, USUAL)?.stacks.map((one) => one.stack),
    CRITICAL.toReversed(),
  );
});

test('time that went between the stacks is no stack’s', () => {
  const slow = later(400_000, (event) => event.type === 'layer-started' && event.layer === 'destroy');
  const found = compare(slow, USUAL, USUAL);
  assert.equal(found?.stacks, []);
  const events = slow.toSpliced(-1, 0, { ...found!, type: 'slower', at: slow.at(-1)!.at });
  const line = summary(reduceAll(events)).find((text) => text.startsWith('  slower'));
  assert.is(
    line,
    '  slower         by 53 % than the last 2 runs (12:42 min): no stack of the critical path, but what is between them',
  );
});

test('less than a quarter, one earlier run, or other work: nothing is said', () => {
  const slow = later(400_000, endOf('stage-data'));
  assert.is(compare(later(150_000, endOf('stage-data')), USUAL, USUAL), undefined);
  assert.is(compare(slow, USUAL), undefined);
  const other = sampleJournal({ services: 6 });
  assert.is(compare(slow, other, other), undefined);
  const down = sampleJournal({ services: 5, direction: 'down' });
  assert.is(compare(slow, down, down), undefined);
  const failed = sampleJournal({ services: 5, failing: 'stage-data' });
  assert.is(compare(slow, failed, failed), undefined);
  assert.is(compare([], USUAL, USUAL), undefined);
});

test('a run is not slow for having waited for the lease, and one that waited sets no measure', () => {
  const [first, ...rest] = later(400_000, (event) => event.type !== 'run-started');
  const lease = (what: 'waiting' | 'taken', ms: number): JournalEvent => {
    return { type: 'lease', what, detail: '', at: first!.at + ms };
  };
  const waited = [first!, lease('waiting', 0), lease('taken', 400_000), ...rest];
  assert.is(compare(waited, USUAL, USUAL), undefined);
  assert.is(compare(later(400_000, endOf('stage-data')), waited, waited)?.usualMs, wallMs(USUAL));
});

test.run();
