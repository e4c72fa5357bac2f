/** Checks the journals of an environment's latest runs against their chain and their copies: `node audit.js --env stage`. */
import { parseArgs } from 'node:util';
import { EXIT, ProblemError } from '@roundtrip/problem';
import { noEnvironment } from './command.ts';
import { mainVerb } from './main-verb.ts';
import { projectRoot } from './project-root.ts';

/** Runs that are looked at where nobody says how many. */
const RUNS = 20;

await mainVerb(async () => {
  const { values } = parseArgs({ options: { env: { type: 'string' }, runs: { type: 'string' } } });
  const environment = values.env ?? '';
  if (environment === '') throw noEnvironment('audit');
  const count = countOf(values.runs);
  const { auditEnvironment } = await import('./audit-environment.ts');
  const { view, problems } = await auditEnvironment(projectRoot(process.env), environment, count, process.env);
  const { auditLines, outputMode } = await import('@roundtrip/view');
  const { color } = outputMode({ isTTY: process.stdout.isTTY, env: process.env, columns: process.stdout.columns });
  process.stdout.write(`${auditLines(view, { color }).join('\n')}\n`);
  if (problems.length > 0) throw new ProblemError(problems, EXIT.failed);
  return EXIT.done;
});

function countOf(given: string | undefined): number {
  if (given === undefined || given === '') return RUNS;
  const count = Number(given);
  if (Number.isInteger(count) && count > 0) return count;
  throw new ProblemError({
    code: 'audit-runs',
    what: `RUNS is "${given}", which is no number of runs`,
    next: 'RUNS=100, or leave it out for the latest 20',
  });
}
