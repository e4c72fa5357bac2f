import type { JournalEvent } from '@roundtrip/engine';
import { plainLines } from './plain-lines.ts';
import { reduce } from './reduce.ts';
import { renderLive } from './render-live.ts';
import { emptyRunView, type RunView } from './run-view.ts';

/** Where a run is shown: a screen that is drawn again and again, or a log. */
export interface Screen {
  /** Takes the next event of the journal. */
  show(event: JournalEvent): void;
  /** The run as shown so far. */
  view(): RunView;
  /** Writes what is still held back and leaves the terminal as it was. May be called twice. */
  close(): void;
}

export interface LiveScreenPorts {
  readonly stream: NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number };
  readonly color: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Calls the action every so many milliseconds until the function that it returns is called. */
  readonly every: (ms: number, action: () => void) => () => void;
}

const TICK_MS = 200;
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';

/** Events whose lines stay on the screen above the frame; the rest is in the frame while it lasts. */
const LASTING = new Set<JournalEvent['type']>([
  'run-started',
  'guard-passed',
  'layer-finished',
  'step-finished',
  'failure',
  'hook-output',
  'hook-finished',
  'notice',
  'lease',
  'retry',
  'cleared',
  'orphaned',
  'interrupted',
  'stopped',
]);

/**
 * A live screen on a terminal: the frame of `renderLive`, drawn five times a second, and above it, for good, what has
 * ended. Events are only taken in; drawing waits for the tick, so that a burst of events costs one frame.
 */
export async function openLiveScreen(ports: LiveScreenPorts): Promise<Screen> {
  // Loaded here because it takes 70 ms, which a verb that prints no frame should not pay.
  const { createLogUpdate } = await import('log-update');
  const { stream, color } = ports;
  // The cursor is hidden here and not by the library, which would put signal handlers beside those of the runner.
  const frame = createLogUpdate(stream, { showCursor: true });
  let view = emptyRunView;
  let held: string[] = [];
  let open = true;
  const flush = () => {
    if (held.length === 0) return;
    frame.clear();
    stream.write(`${held.join('\n')}\n`);
    held = [];
  };
  const draw = () => {
    flush();
    const { columns = 80, rows = 24 } = stream;
    frame(renderLive(view, { nowMs: ports.now(), columns, rows, color }).join('\n'));
  };
  stream.write(HIDE_CURSOR);
  const stop = ports.every(TICK_MS, draw);
  return {
    show(event) {
      view = reduce(view, event);
      if (LASTING.has(event.type)) held.push(...plainLines(event, view, { color }));
    },
    view: () => view,
    close() {
      if (!open) return;
      open = false;
      stop();
      flush();
      frame.clear();
      stream.write(SHOW_CURSOR);
    },
  };
}
