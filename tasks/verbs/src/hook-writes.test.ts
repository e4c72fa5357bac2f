import type { JournalEntry } from '@roundtrip/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ConductorMessage, LayerMessage } from './conductor-message.ts';
import { answerWrite, createHookWrites } from './hook-writes.ts';

test('a change waits for the answer with its number, and does not go where the run says so', async () => {
  const sent: LayerMessage[] = [];
  const writes = createHookWrites((message) => sent.push(message));
  const gone: string[] = [];
  const first = writes.before('web', 'UpdateService').then(() => gone.push('first'));
  const second = writes.before('arn:x', 'DeleteResource').catch((error: unknown) => (error as Error).message);
  assert.equal(sent, [
    { type: 'write-waits', number: 1, resource: 'web', operation: 'UpdateService' },
    { type: 'write-waits', number: 2, resource: 'arn:x', operation: 'DeleteResource' },
  ]);
  writes.answer(2, 'the lease was lost');
  assert.is(await second, 'DeleteResource of arn:x was not sent: the lease was lost');
  assert.equal(gone, []);
  writes.answer(1);
  await first;
  assert.equal(gone, ['first']);
});

/** What a run answers, and what stands in its journal then. */
async function asked(ensure: () => Promise<void>, signal = new AbortController().signal) {
  const [sent, written]: [ConductorMessage[], JournalEntry[]] = [[], []];
  const lease = { ensure, lost: signal, release: async () => true };
  await answerWrite(
    { context: { run: 'run-1', signal, lease }, journal: { write: (entry) => void written.push(entry) } },
    { type: 'write-waits', number: 3, resource: 'web', operation: 'UpdateService' },
    new AbortController().signal,
    (message) => sent.push(message),
  );
  return { sent, written };
}

test('a run with its lease notes the change before it lets it go', async () => {
  assert.equal(await asked(async () => undefined), {
    sent: [{ type: 'write-may-go', number: 3 }],
    written: [{ type: 'write', stack: 'web', operation: 'UpdateService', token: 'run-1' }],
  });
});

test('a run that was interrupted, or has lost its lease, notes nothing and says why not', async () => {
  const lost = async (): Promise<void> => {
    throw new Error('the lease was lost');
  };
  const refused = (refusal: string) => ({ sent: [{ type: 'write-may-go', number: 3, refusal }], written: [] });
  assert.equal(await asked(lost), refused('the lease was lost'));
  const over = AbortSignal.abort(new Error('interrupted by SIGINT'));
  assert.equal(await asked(async () => undefined, over), refused('interrupted by SIGINT'));
});

test.run();
