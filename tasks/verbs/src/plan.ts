/** Prints what a run would do and writes nothing: `node plan.js stage`, `node plan.js down --env dev`, `--json`. */
import { parseArgs } from 'node:util';
import { EXIT } from '@roundtrip/problem';
import { commandOf } from './command.ts';
import { mainVerb } from './main-verb.ts';
import { projectRoot } from './project-root.ts';

await mainVerb(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { env: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const command = commandOf(positionals[0] ?? '', values.env);
  const { planEnvironment } = await import('./plan-environment.ts');
  const { view, blockers } = await planEnvironment(projectRoot(process.env), command, process.env);
  const { guardBlockers } = await import('./survey-words.ts');
  if (values.json) {
    process.stdout.write(`${JSON.stringify(view, null, 2)}\n`);
    guardBlockers(blockers);
    return EXIT.done;
  }
  const { outputMode, planLines } = await import('@roundtrip/view');
  const { color } = outputMode({ isTTY: process.stdout.isTTY, env: process.env, columns: process.stdout.columns });
  process.stdout.write(`${planLines(view, { color, ...width() }).join('\n')}\n`);
  // What the run would refuse is refused here too, once the plan stands there.
  guardBlockers(blockers);
  return EXIT.done;
});

/** Lines are cut to a terminal's columns, and never in a file or a pipe. */
function width(): { columns?: number } {
  return process.stdout.isTTY ? { columns: process.stdout.columns } : {};
}
