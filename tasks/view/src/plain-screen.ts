import type { Screen } from './live-screen.ts';
import { plainLines, type PlainOptions } from './plain-lines.ts';
import { reduce } from './reduce.ts';
import { emptyRunView } from './run-view.ts';

/** A log for CI and pipes: every line is written once, as soon as its event is known. */
export function openPlainScreen(ports: PlainOptions & { readonly stream: NodeJS.WritableStream }): Screen {
  let view = emptyRunView;
  return {
    show(event) {
      view = reduce(view, event);
      const lines = plainLines(event, view, ports);
      if (lines.length > 0) ports.stream.write(`${lines.join('\n')}\n`);
    },
    view: () => view,
    close() {},
  };
}
