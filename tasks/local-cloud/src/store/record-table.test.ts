import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { RecordTable } from './record-table.ts';

const id = fc.constantFrom('a', 'b', 'c', 'd');
const change = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), id, value: fc.integer() }),
  fc.record({ kind: fc.constant('delete' as const), id }),
);
const transactions = fc.array(fc.record({ changes: fc.array(change, { maxLength: 6 }), commits: fc.boolean() }));

test('a rolled back transaction leaves records, count and order as they were', () => {
  fc.assert(
    fc.property(transactions, (given) => {
      const table = new RecordTable<number>(() => undefined);
      for (const { changes, commits } of given) {
        const before = [...table.entries()];
        for (const each of changes) {
          if (each.kind === 'put') table.put(each.id, each.value);
          else table.delete(each.id);
        }
        if (commits) table.commit();
        else table.rollback();
        if (!commits) assert.equal([...table.entries()], before);
        assert.is(table.size, [...table.values()].length);
      }
    }),
  );
});

test('what commit reports, applied in order to another table, gives the same table', () => {
  fc.assert(
    fc.property(transactions, (given) => {
      const table = new RecordTable<number>(() => undefined);
      const copy = new RecordTable<number>(() => undefined);
      for (const { changes, commits } of given) {
        for (const each of changes) {
          if (each.kind === 'put') table.put(each.id, each.value);
          else table.delete(each.id);
        }
        if (!commits) table.rollback();
        for (const [key, record] of table.commit()) {
          if (record === undefined) copy.delete(key);
          else copy.put(key, record);
          copy.commit();
        }
      }
      assert.equal([...copy.entries()], [...table.entries()]);
    }),
  );
});

test('a deleted record is gone before the transaction ends', () => {
  const table = new RecordTable<string>(() => undefined);
  table.put('a', 'one');
  table.commit();
  table.delete('a');
  assert.is(table.get('a'), undefined);
  assert.is(table.size, 0);
  assert.equal([...table.values()], []);
});

test.run();
