import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { chainedLine, checkChain } from '@roundtrip/engine';
import type { Clock, JournalEvent } from '@roundtrip/engine';
import { JournalLost, latestJournals, openJournal, readJournal, runFiles, runId } from './journal-file.ts';

let root: string;
test.before.each(() => {
  root = mkdtempSync(join(tmpdir(), 'roundtrip-journal-'));
});
test.after.each(() => rmSync(root, { recursive: true }));

const clock: Clock = { now: () => 1_000, sleep: () => Promise.resolve() };

test('an entry is on disk with its time when write returns, and is shown to who watches', () => {
  const path = join(root, runFiles('demo', 'run-1').journal);
  const shown: JournalEvent[] = [];
  const journal = openJournal(path, { clock, onEvent: (event) => shown.push(event) });
  journal.write({ type: 'step-started', stack: 'demo-a' });
  const event: JournalEvent = { at: 1_000, type: 'step-started', stack: 'demo-a' };
  assert.is(readFileSync(path, 'utf8'), `${chainedLine(event, '')}\n`);
  assert.equal(shown, [event]);
  assert.equal(journal.events, [event]);
});

test('secrets reach neither the file nor who watches, and tokens of writes stay whole', () => {
  const path = join(root, 'journal.jsonl');
  const shown: JournalEvent[] = [];
  const journal = openJournal(path, { clock, onEvent: (event) => shown.push(event) });
  journal.secrets.push('with "quotes" in it');
  journal.write({ type: 'notice', text: 'it is with "quotes" in it, and password=0123456789abcdef0123' });
  journal.write({
    type: 'write',
    stack: 'a',
    operation: 'CreateStack',
    token: '20260102T030405678Z-beef-0123456789abcdef',
  });
  const events = [
    { at: 1_000, type: 'notice', text: 'it is ****, and password=****' },
    {
      at: 1_000,
      type: 'write',
      stack: 'a',
      operation: 'CreateStack',
      token: '20260102T030405678Z-beef-0123456789abcdef',
    },
  ];
  assert.equal(shown, events);
  assert.equal(readJournal(path), events);
});

test('of a journal that was cut off in the middle of a line the whole lines are read', () => {
  const path = join(root, 'journal.jsonl');
  openJournal(path, { clock, onEvent: () => undefined }).write({ type: 'layer-started', layer: 'network' });
  appendFileSync(path, '{"at":2000,"type":"layer-fin');
  assert.equal(readJournal(path), [{ at: 1_000, type: 'layer-started', layer: 'network' }]);
});

test('each line follows from the one before it', () => {
  const path = join(root, 'chained.jsonl');
  const journal = openJournal(path, { clock, onEvent: () => undefined });
  for (const text of ['one', 'two', 'three']) journal.write({ type: 'notice', text });
  const text = readFileSync(path, 'utf8');
  assert.equal(checkChain(text), { chain: 'whole', isCut: false });
  assert.is(checkChain(text.replace('two', 'tow')).brokenLine, 2);
});

test('a full disk is told once; then entries are shown only, and no write passes', () => {
  const path = join(root, 'full.jsonl');
  const shown: string[] = [];
  const lost: string[] = [];
  let room = 1;
  const journal = openJournal(path, {
    clock,
    onEvent: (event) => shown.push(event.type),
    onLost: (error) => lost.push(error.message),
    append(file, text) {
      if (room-- <= 0) throw new RangeError('ENOSPC: no space left on device, write');
      appendFileSync(file, text);
    },
  });
  journal.write({ type: 'step-started', stack: 'a' });
  const write = { type: 'write', stack: 'a', operation: 'CreateStack', token: 't' } as const;
  assert.throws(
    () => journal.write(write),
    (error: Error) =>
      error instanceof JournalLost &&
      error.message === 'not in the journal, so not sent: ENOSPC: no space left on device, write',
  );
  room = 10;
  journal.write({ type: 'layer-started', layer: 'network' });
  assert.throws(
    () => journal.write(write),
    (error: Error) => error instanceof JournalLost,
    'also when there is room again: the record has a hole',
  );
  assert.equal(lost, ['ENOSPC: no space left on device, write']);
  assert.equal(shown, ['step-started', 'write', 'layer-started', 'write']);
  assert.equal(
    readJournal(path).map(({ type }) => type),
    ['step-started'],
  );
});

test('the id of a run sorts by time, and the latest journals come with the oldest first', () => {
  assert.is(runId(Date.UTC(2026, 0, 2, 3, 4, 5, 678), 'beef'), '20260102T030405678Z-beef');
  const runs = [0, 1, 2].map((ms) => runId(Date.UTC(2026, 0, 2, 3, 4, 5, ms), ['c', 'b', 'a'][ms]!));
  for (const run of runs.toReversed()) {
    openJournal(join(root, runFiles('demo', run).journal), { clock, onEvent: () => undefined }).write({
      type: 'notice',
      text: run,
    });
  }
  const texts = latestJournals(root, 'demo', 2).map((path) => readJournal(path)[0]);
  assert.equal(
    texts,
    runs.slice(1).map((text) => ({ at: 1_000, type: 'notice', text })),
  );
  assert.equal(latestJournals(root, 'unknown', 2), []);
});

test.run();
