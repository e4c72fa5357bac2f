/**
 * One layer of a run: what turbo starts in its order. It reports to the run that started turbo, runs the layer's hooks
 * when it is told to, and ends with the layer's exit code. Planning and writing happen in the run, which sees the whole
 * account with one poller.
 */
import { connect } from 'node:net';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { ConductorMessage, LayerMessage } from './conductor-message.ts';
import { createHookPace } from './hook-pace.ts';
import { createHookWrites } from './hook-writes.ts';
import { onLines, sendLine } from './json-lines.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { env: { type: 'string' } },
});
const task = positionals[0] ?? '';
const layer = basename(process.cwd());
const path = process.env['ROUNDTRIP_CONDUCTOR'];

if (path === undefined) {
  console.error(`"npm run ${task}" in packages/${layer} is one layer of a run and does nothing by itself`);
  console.error('  why: guards, order and journal belong to the whole environment');
  console.error(`  next: type: make ${task === 'up' || task === 'down' ? `${task} ENV=<environment>` : task}`);
  process.exit(2);
}

/** A hook that has not ended by itself this long after an interrupt is ended with all that it started. */
const HOOK_END_MS_MAX = 2_000;

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // The run has the same signal and ends this layer in good order; a hook that sleeps is woken.
  process.on(signal, () => {
    interrupted.abort(new Error(`interrupted by ${signal}`));
    setTimeout(endGroup, HOOK_END_MS_MAX).unref();
  });
}

const socket = connect(path);
const send = (message: LayerMessage): void => sendLine(socket, message);
socket.on('connect', () => {
  send({ type: 'hello', layer, task, ...(values.env === undefined ? {} : { environment: values.env }) });
});
socket.on('error', (error) => {
  console.error(`layer ${layer}: the run that started it is gone (${error.message})`);
  process.exit(1);
});
// The run is gone: a hook must not go on without anybody who watches it.
socket.on('close', endGroup);
const pace = createHookPace(send);
const writes = createHookWrites(send);
onLines<ConductorMessage>(socket, (message) => {
  if (message.type === 'call-may-go') return pace.letGo(message.number);
  if (message.type === 'write-may-go') return writes.answer(message.number, message.refusal);
  if (message.type === 'finished') {
    if (message.text !== undefined) console.error(message.text);
    process.exit(message.exitCode);
  }
  void import('./run-hook.ts').then(async ({ runHook }) => {
    const log = (line: string): void => send({ type: 'hook-output', line });
    const error = await runHook(message, interrupted.signal, { log, pace, beforeWrite: writes.before });
    send({ type: 'hook-finished', ...(error === undefined ? {} : { error }) });
  });
});

/** Turbo gives each task a process group of its own: npm, this process, and whatever a hook has started. */
function endGroup(): void {
  process.kill(0, 'SIGKILL');
}
