/** Takes an environment up or down: `node run.js stage`, `node run.js destroy-stage`, `node run.js up --env dev`. */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { EXIT, ProblemError } from '@roundtrip/problem';
import { commandOf } from './command.ts';
import { mainVerb } from './main-verb.ts';
import { projectRoot } from './project-root.ts';

const DESTROY_PROD = {
  code: 'destroy-prod',
  what: 'Refused: make destroy-prod exists only to refuse',
  why: 'production is never destroyed by one command',
  next: 'to take staging away, type: make destroy-stage',
};

await mainVerb(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { env: { type: 'string' } } });
  const task = positionals[0] ?? '';
  if (task === 'destroy-prod') throw new ProblemError(DESTROY_PROD, EXIT.refused);
  const command = commandOf(task, values.env);
  const { runEnvironment } = await import('./run-environment.ts');
  const random = randomBytes(2).toString('hex');
  return await runEnvironment({
    root: projectRoot(process.env),
    command,
    env: process.env,
    stdout: process.stdout,
    random,
  });
});
