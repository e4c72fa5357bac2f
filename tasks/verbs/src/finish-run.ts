import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { timelineHtml } from '@roundtrip/view';
import type { RunFiles } from './journal-file.ts';
import { realClock } from './real-clock.ts';
import type { RunState } from './run-state.ts';

/** Writes the last entry of the journal and the run's picture. */
export async function finishRun(input: {
  state: RunState;
  files: RunFiles;
  startedAt: number;
  exitCode: number;
}): Promise<void> {
  const { state, files, startedAt, exitCode } = input;
  const { counter, root } = state.open;
  state.journal.write({
    type: 'run-finished',
    exitCode,
    wallMs: realClock.now() - startedAt,
    calls: { ...counter.calls },
    throttled: counter.throttled,
  });
  writeFileSync(join(root, files.timeline), await timelineHtml(state.journal.events));
}
