import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { copyWhileGrowing } from './copy-while-growing.ts';

/** A text that is copied; what is on its way stays so until it is let go. */
function openGrowing() {
  let due: (() => void) | undefined;
  const waits: number[] = [];
  const puts: { readonly text: string; readonly settle: (error?: Error) => void }[] = [];
  const journal = { text: '' };
  const growing = copyWhileGrowing({
    later(ms, action) {
      waits.push(ms);
      due = action;
      return () => (due = undefined);
    },
    everyMs: 30_000,
    read: () => journal.text,
    put: (text) =>
      new Promise((resolve, reject) => {
        puts.push({ text, settle: (error) => (error === undefined ? resolve() : reject(error)) });
      }),
  });
  const pass = (): void => {
    const action = due;
    due = undefined;
    action?.();
  };
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return { growing, journal, puts, waits, pass, turns, isDue: () => due !== undefined };
}

test('what has grown is copied whole, and what has not is not copied again', async () => {
  const { journal, puts, waits, pass, turns } = openGrowing();
  pass();
  await turns();
  assert.is(puts.length, 0);
  journal.text = 'one\n';
  pass();
  puts[0]?.settle();
  await turns();
  pass();
  await turns();
  journal.text = 'one\ntwo\n';
  pass();
  assert.equal(
    puts.map(({ text }) => text),
    ['one\n', 'one\ntwo\n'],
  );
  assert.equal([...new Set(waits)], [30_000]);
});

test('a copy that fails is made anew the next time, and no two are on their way at once', async () => {
  const { journal, puts, pass, turns, isDue } = openGrowing();
  journal.text = 'one\n';
  pass();
  assert.is(isDue(), false);
  puts[0]?.settle(new Error('denied'));
  await turns();
  pass();
  assert.is(puts.length, 2);
});

test('the end waits for the copy that is on its way, and starts no other', async () => {
  const { growing, journal, puts, pass, turns, isDue } = openGrowing();
  journal.text = 'one\n';
  pass();
  let hasEnded = false;
  const end = growing.end().then(() => (hasEnded = true));
  await turns();
  assert.is(hasEnded, false);
  puts[0]?.settle();
  await end;
  assert.is(isDue(), false);
  assert.is(puts.length, 1);
});

test.run();
