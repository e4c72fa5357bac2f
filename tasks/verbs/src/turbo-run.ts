import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startConductor } from './conductor.ts';
import type { RunFiles } from './journal-file.ts';
import { redact } from './redact.ts';
import type { RunState } from './run-state.ts';
import { startTurbo } from './turbo-start.ts';

/** After an interrupt turbo gets this long to end its children. */
const TURBO_END_MS_MAX = 3_000;

/**
 * Lets turbo start the layers in its order and serves them until turbo has ended.
 * @returns true when every layer is done, by the journal: turbo's own exit code is 0 when it is interrupted.
 */
export async function runThroughTurbo(state: RunState, files: RunFiles): Promise<boolean> {
  const { open, command, journal } = state;
  const { signal } = state.context;
  const conductor = await startConductor(state);
  const log = join(open.root, files.turboLog);
  const clean = (line: string): string => redact(line, journal.secrets);
  const turbo = startTurbo(open.root, command, open.layers, conductor.path, log, clean);
  const end = (): void => endTurbo(turbo);
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  const [code] = (await once(turbo, 'close')) as [number | null];
  signal.removeEventListener('abort', end);
  await conductor.close();
  const done = closeLayers(state);
  if (!done && !signal.aborted && !journal.events.some((event) => event.type === 'failure') && code !== 0) {
    journal.write({
      type: 'notice',
      text: `turbo ended with exit code ${code}; what it printed is in ${files.turboLog}`,
    });
  }
  return done && code === 0;
}

/** Exactly one SIGTERM: turbo then ends its children in good order; a second one would kill them. */
function endTurbo(turbo: ChildProcess): void {
  turbo.kill('SIGTERM');
  const timer = setTimeout(() => {
    if (turbo.pid !== undefined && turbo.exitCode === null) process.kill(-turbo.pid, 'SIGKILL');
    // What it started may still hold its pipes, and nobody waits for that.
    turbo.stdout?.destroy();
    turbo.stderr?.destroy();
  }, TURBO_END_MS_MAX);
  turbo.once('close', () => clearTimeout(timer));
}

/** Journals the layers that turbo never started, because one before them failed; true when all layers are done. */
function closeLayers(state: RunState): boolean {
  const { journal, open } = state;
  const finished = new Map(
    journal.events.flatMap((event) => (event.type === 'layer-finished' ? [[event.layer, event.outcome] as const] : [])),
  );
  const ended = new Set(journal.events.flatMap((event) => (event.type === 'step-finished' ? [event.stack] : [])));
  const planned = new Map(
    journal.events.flatMap((event) => (event.type === 'step-planned' ? [[event.stack, event.layer] as const] : [])),
  );
  for (const { name } of open.layers.filter((layer) => !finished.has(layer.name))) {
    for (const [stack, layer] of planned) {
      if (layer !== name || ended.has(stack)) continue;
      journal.write({ type: 'step-finished', stack, outcome: 'not-started', elapsedMs: 0 });
    }
    journal.write({ type: 'layer-finished', layer: name, outcome: 'not-started' });
  }
  return open.layers.every((layer) => finished.get(layer.name) === 'done');
}
