import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { World } from '../world.ts';
import { noLog } from './log.ts';
import type { Log, LogEntry } from './log.ts';
import { Store } from './store.ts';

const realm = { account: '111111111111', region: 'eu-west-1' };
const due = (name: string) => ({ kind: 'test.due', realm, payload: { name } });

/** A log in memory that keeps what a file would. */
function keptLog(): Log & { readonly entries: LogEntry[] } {
  const entries: LogEntry[] = [];
  return {
    ...noLog,
    entries,
    read: () => entries,
    append: (entry) => entries.push(JSON.parse(JSON.stringify(entry)) as LogEntry),
  };
}

const openStore = (log: Log = noLog): Store => new Store({ log, seed: 'test' });

test('a transaction that throws leaves no record, no due thing and no drawn number', () => {
  const store = openStore();
  const draw = (world: World): string => world.hex(8);
  const expected = openStore().transact(1, draw);
  assert.throws(() =>
    store.transact(1, (world) => {
      world.table('thing', realm).put('a', { value: 1 });
      world.later(5, due('never'));
      world.hex(8);
      throw new TypeError('broken');
    }),
  );
  assert.is(store.nextDue(), undefined);
  assert.is(
    store.transact(1, (world) => world.table('thing', realm).size),
    0,
  );
  assert.is(store.transact(1, draw), expected);
});

test('transactions that nobody was answered about in between are one line, places in the order of insertion included', () => {
  const log = keptLog();
  const store = openStore(log);
  const put = (id: string, value: number): void =>
    store.transact(1, (world) => world.table('thing', realm).put(id, { value }));
  const remove = (id: string): void => store.transact(1, (world) => world.table('thing', realm).delete(id));
  put('a', 1);
  put('b', 2);
  store.flush();
  for (const value of [3, 4, 5]) put('b', value);
  remove('a');
  put('a', 6);
  put('c', 7);
  remove('c');
  store.flush();
  store.flush();
  assert.is(log.entries.length, 2);
  assert.equal(
    log.entries[1]?.c.map(([, , , id, record]) => [id, record]),
    [
      ['b', { value: 5 }],
      ['a', null],
      ['a', { value: 6 }],
      ['c', null],
    ],
  );
  const look = (world: World) => [...world.table('thing', realm).values()];
  assert.equal(openStore(log).transact(2, look), store.transact(2, look));
});

test('what a log kept gives the same records, times, queue and chance', () => {
  const log = keptLog();
  const store = openStore(log);
  store.transact(100, (world) => {
    world.table('thing', realm).put('a', { value: 1 });
    world.table('thing', realm).put('b', { value: 2 });
    world.later(50, due('later'));
    world.later(10, due('sooner'));
    world.hex(8);
  });
  store.transact(120, (world) => world.table('thing', realm).delete('a'));
  store.flush();
  const again = openStore(log);
  assert.is(again.now, 120);
  assert.equal(again.nextDue(), store.nextDue());
  assert.is(again.nextDue()?.at, 110);
  const look = (world: World) => [[...world.table('thing', realm).values()], [...world.realms('thing')], world.hex(8)];
  assert.equal(again.transact(130, look), store.transact(130, look));
});

test('reading writes nothing', () => {
  const log = keptLog();
  openStore(log).transact(5, (world) => [...world.table('thing', realm).values(), world.random()]);
  assert.equal(log.entries, []);
});

test('what is cancelled does not become due, and cancelling may be rolled back', () => {
  const store = openStore();
  const id = store.transact(0, (world) => world.later(10, due('a')));
  assert.throws(() =>
    store.transact(1, (world) => {
      world.cancel(id);
      throw new TypeError('broken');
    }),
  );
  assert.is(store.nextDue()?.payload['name'], 'a');
  store.transact(2, (world) => world.cancel(id));
  assert.is(store.nextDue(), undefined);
});

test('time does not go back', () => {
  const store = openStore();
  store.transact(100, () => undefined);
  assert.is(
    store.transact(50, (world) => world.now),
    100,
  );
});

test('accounts and regions are worlds of their own', () => {
  const store = openStore();
  store.transact(0, (world) => world.table('thing', realm).put('a', 1));
  const elsewhere = { ...realm, region: 'us-east-1' };
  assert.is(
    store.transact(0, (world) => world.table('thing', elsewhere).get('a')),
    undefined,
  );
  assert.equal(
    store.transact(0, (world) => [...world.realms('thing')]),
    [realm],
  );
});

test('a reset forgets everything and draws from the beginning again', () => {
  const store = openStore();
  const first = store.transact(0, (world) => {
    world.table('thing', realm).put('a', 1);
    world.later(10, due('a'));
    return world.hex(16);
  });
  store.reset();
  assert.is(store.nextDue(), undefined);
  assert.equal(
    store.transact(0, (world) => [...world.realms('thing')]),
    [],
  );
  assert.is(
    store.transact(0, (world) => world.hex(16)),
    first,
  );
});

test.run();
