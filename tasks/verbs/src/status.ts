/** All environments, their stacks, state, age and last run: `node status.js [--json]`. */
import { parseArgs } from 'node:util';
import { EXIT } from '@roundtrip/problem';
import { mainVerb } from './main-verb.ts';
import { projectRoot } from './project-root.ts';

await mainVerb(async () => {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const { readStatus } = await import('./read-status.ts');
  const view = await readStatus(projectRoot(process.env), process.env);
  const unreachable = view.environments.some((environment) => environment.reachable !== true);
  if (values.json) {
    process.stdout.write(`${JSON.stringify(view, null, 2)}\n`);
  } else {
    const { outputMode, statusLines } = await import('@roundtrip/view');
    const { color } = outputMode({ isTTY: process.stdout.isTTY, env: process.env, columns: process.stdout.columns });
    process.stdout.write(`${statusLines(view, { color, ...width() }).join('\n')}\n`);
  }
  return unreachable ? EXIT.failed : EXIT.done;
});

/** Lines are cut to a terminal's columns, and never in a file or a pipe. */
function width(): { columns?: number } {
  return process.stdout.isTTY ? { columns: process.stdout.columns } : {};
}
