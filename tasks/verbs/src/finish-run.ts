import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEvent } from '@roundtrip/engine';
import { EXIT } from '@roundtrip/problem';
import { slowness, timelineHtml } from '@roundtrip/view';
import type { RunFiles } from './journal-file.ts';
import { realClock } from './real-clock.ts';
import type { RunState } from './run-state.ts';

/** Writes the last entries of the journal and the run's picture. */
export async function finishRun(input: {
  state: RunState;
  files: RunFiles;
  startedAt: number;
  exitCode: number;
  /** The journals of earlier runs. */
  earlier: readonly (readonly JournalEvent[])[];
}): Promise<void> {
  const { state, files, startedAt, exitCode, earlier } = input;
  const { journal } = state;
  const { counter, root } = state.open;
  const wallMs = realClock.now() - startedAt;
  const slower = exitCode === EXIT.done ? slowness(journal.events, wallMs, earlier) : undefined;
  if (slower !== undefined) journal.write({ type: 'slower', ...slower });
  const calls = { ...counter.calls };
  journal.write({ type: 'run-finished', exitCode, wallMs, calls, throttled: counter.throttled });
  const picture = await timelineHtml(journal.events);
  try {
    writeFileSync(join(root, files.timeline), picture);
  } catch {
    // A disk that is full has stopped the run before; the picture can be drawn from the journal.
  }
}
