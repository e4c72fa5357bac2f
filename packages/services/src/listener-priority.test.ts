import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { listenerPriority } from './listener-priority.ts';

const segment = fc.stringMatching(/^[a-z]{1,8}$/);

test('a path keeps its priority, whatever services come beside it', () => {
  assert.is(listenerPriority('/catalog'), 41822);
  assert.is(listenerPriority('/'), 44178);
});

test('every priority is one that a listener takes and no other layer uses', () => {
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 15 }), (segments) => {
      const priority = listenerPriority(`/${segments.join('/')}`);
      return priority >= 4000 && priority <= 50000;
    }),
  );
});

test('a deeper path comes before the one above it', () => {
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 8 }), segment, (segments, more) => {
      const above = segments.length === 0 ? '/' : `/${segments.join('/')}`;
      return listenerPriority(`/${[...segments, more].join('/')}`) < listenerPriority(above);
    }),
  );
});

test.run();
