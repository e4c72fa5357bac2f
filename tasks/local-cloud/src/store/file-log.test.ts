import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemError } from '@roundtrip/problem';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openFileLog } from './file-log.ts';
import type { Log } from './log.ts';
import { Store } from './store.ts';

const test = suite<{ directory: string }>('file log');
const realm = { account: '111111111111', region: 'eu-west-1' };

test.before.each((context) => {
  context.directory = mkdtempSync(join(tmpdir(), 'file-log-'));
});
test.after.each(({ directory }) => rmSync(directory, { recursive: true, force: true }));

function put(store: Store, id: string, value: unknown): void {
  store.transact(store.now + 1, (world) => world.table('thing', realm).put(id, value));
  store.flush();
}

function all(log: Log): unknown[] {
  return new Store({ log, seed: 'test' }).transact(0, (world) => [...world.table('thing', realm).values()]);
}

test('what was flushed is there for the next process', ({ directory }) => {
  const store = new Store({ log: openFileLog(directory), seed: 'test' });
  put(store, 'a', 'one');
  put(store, 'b', 'zwei – ∂');
  assert.equal(all(openFileLog(directory)), ['one', 'zwei – ∂']);
});

test('a last line torn by a kill is left out, and the next one is whole', ({ directory }) => {
  const store = new Store({ log: openFileLog(directory), seed: 'test' });
  put(store, 'a', 'one');
  appendFileSync(join(directory, 'log.jsonl'), '{"n":2,"t":5,"r":[1,2');
  const next = new Store({ log: openFileLog(directory), seed: 'test' });
  put(next, 'b', 'two');
  assert.equal(all(openFileLog(directory)), ['one', 'two']);
});

test('a clean end leaves a snapshot and an empty log', ({ directory }) => {
  const store = new Store({ log: openFileLog(directory), seed: 'test' });
  for (let index = 0; index < 450; index += 1) put(store, String(index), index);
  store.close();
  assert.is(readFileSync(join(directory, 'log.jsonl'), 'utf8'), '');
  assert.is(readFileSync(join(directory, 'snapshot.jsonl'), 'utf8').trimEnd().split('\n').length, 3);
  assert.equal(
    all(openFileLog(directory)),
    Array.from({ length: 450 }, (_, index) => index),
  );
});

test('killed between snapshot and emptying of the log, nothing is applied twice', ({ directory }) => {
  const store = new Store({ log: openFileLog(directory), seed: 'test' });
  put(store, 'a', 'one');
  put(store, 'b', 'two');
  store.transact(9, (world) => world.table('thing', realm).delete('a'));
  store.flush();
  const log = readFileSync(join(directory, 'log.jsonl'));
  store.close();
  writeFileSync(join(directory, 'log.jsonl'), log);
  const next = new Store({ log: openFileLog(directory), seed: 'test' });
  put(next, 'c', 'three');
  assert.equal(all(openFileLog(directory)), ['two', 'three']);
});

test('a damaged line before the last is a problem that names the line', ({ directory }) => {
  const store = new Store({ log: openFileLog(directory), seed: 'test' });
  put(store, 'a', 'one');
  appendFileSync(join(directory, 'log.jsonl'), 'not JSON\n');
  put(store, 'b', 'two');
  try {
    all(openFileLog(directory));
    assert.unreachable();
  } catch (error) {
    assert.instance(error, ProblemError);
    assert.is(
      (error as ProblemError).message,
      [
        `${join(directory, 'log.jsonl')}:2: the local cloud's log cannot be read`,
        '  why: a line that is not the last is not JSON; something else has written to the file, or the disk was full',
        '  next: make cloud-reset (forgets everything the local cloud holds)',
      ].join('\n'),
    );
  }
});

test.run();
