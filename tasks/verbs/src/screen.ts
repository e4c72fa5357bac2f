import type { JournalEvent } from '@roundtrip/engine';
import {
  emptyRunView,
  formatCount,
  openLiveScreen,
  outputMode,
  plainLines,
  reduce,
  summary,
  type RunView,
} from '@roundtrip/view';
import type { Copied } from './journal-copies.ts';
import type { RunFiles } from './journal-file.ts';
import { realClock } from './real-clock.ts';

/** Where a run shows itself. Everything shown is a view of the journal. */
export interface RunScreen {
  show(event: JournalEvent): void;
  /** Ends the live part and prints the summary. */
  finish(files: RunFiles, copied: Copied | undefined): void;
}

/** A live screen on a terminal, plain lines anywhere else. */
export async function openScreen(stdout: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Promise<RunScreen> {
  const { kind, color, github } = outputMode({ isTTY: stdout.isTTY === true, env, columns: stdout.columns });
  const print = (lines: readonly string[]): void => {
    for (const line of lines) stdout.write(`${line}\n`);
  };
  const live = kind === 'live' ? await openLiveScreen({ stream: stdout, color, now: realClock.now, every }) : undefined;
  let view: RunView = emptyRunView;
  return {
    show(event) {
      view = reduce(view, event);
      if (live === undefined) print(plainLines(event, view, { color, github }));
      else live.show(event);
    },
    finish(files, copied) {
      live?.close();
      const paths = { journalFile: files.journal, timelineFile: files.timeline };
      const copy = copied === undefined ? {} : { copy: copyText(copied) };
      print(['', ...summary(view, { color, ...paths, ...copy })]);
    },
  };
}

/** What became of the journals' copies: `s3://…, and of 1 earlier run`. */
export function copyText({ place, others, problem }: Copied): string {
  const earlier = others === 0 ? [] : [`of ${formatCount(others, 'earlier run')}`];
  const done = [...(place === undefined ? [] : [place]), ...earlier].join(', and ');
  if (problem === undefined) return done;
  return `${done === '' ? '' : `${done}; `}not all is copied: ${problem}; the next run goes on with it`;
}

function every(ms: number, action: () => void): () => void {
  const timer = setInterval(action, ms);
  return () => clearInterval(timer);
}
