/** Takes the lease of an environment away from whoever has it: `node unlock.js --env stage`. */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { noEnvironment } from './command.ts';
import { mainVerb } from './main-verb.ts';
import { projectRoot } from './project-root.ts';
import { realClock } from './real-clock.ts';

await mainVerb(async () => {
  const { values } = parseArgs({ options: { env: { type: 'string' } } });
  const environment = values.env ?? '';
  if (environment === '') throw noEnvironment('unlock');
  const { unlockEnvironment } = await import('./unlock-environment.ts');
  return await unlockEnvironment({
    root: projectRoot(process.env),
    environment,
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    clock: realClock,
    random: randomBytes(2).toString('hex'),
  });
});
