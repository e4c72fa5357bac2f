import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { LayerMessage } from './conductor-message.ts';
import { createHookPace } from './hook-pace.ts';

test('a call goes when the run says so, each by its own number', async () => {
  const sent: LayerMessage[] = [];
  const pace = createHookPace((message) => sent.push(message));
  const gone: string[] = [];
  const read = pace.take('read').then(() => gone.push('read'));
  const write = pace.take('write').then(() => gone.push('write'));
  assert.equal(sent, [
    { type: 'call-waits', number: 1, kind: 'read' },
    { type: 'call-waits', number: 2, kind: 'write' },
  ]);
  pace.letGo(2);
  await write;
  assert.equal(gone, ['write']);
  pace.letGo(1);
  await read;
  assert.equal(gone, ['write', 'read']);
});

test('a throttle is told to the run', () => {
  const sent: LayerMessage[] = [];
  createHookPace((message) => sent.push(message)).throttled('read');
  assert.equal(sent, [{ type: 'call-throttled', kind: 'read' }]);
});

test.run();
