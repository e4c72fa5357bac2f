/**
 * Lists what is left of an environment, or removes it: `node sweep.js --env stage`, `--apply`; or strikes an entry out of
 * its ledger: `--forget <physical id>`.
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { noEnvironment } from './command.ts';
import { mainVerb } from './main-verb.ts';
import { projectRoot } from './project-root.ts';

await mainVerb(async () => {
  const options = {
    env: { type: 'string' },
    apply: { type: 'boolean', default: false },
    forget: { type: 'string' },
  } as const;
  const { values } = parseArgs({ options });
  const environment = values.env ?? '';
  if (environment === '') throw noEnvironment('sweep');
  const { sweepVerb } = await import('./sweep-environment.ts');
  return await sweepVerb({
    root: projectRoot(process.env),
    environment,
    apply: values.apply,
    ...(values.forget === undefined ? {} : { forget: values.forget }),
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    random: randomBytes(2).toString('hex'),
    exit: (code) => process.exit(code),
  });
});
