/** `make rehearse ENV=stage`: builds and destroys that environment in simulated accounts, and says whether that goes well. */
import { resolve } from 'node:path';
import { EXIT, formatProblems, ProblemError } from '@roundtrip/problem';
import { playSeed, type PlayedSeed } from './play-seed.ts';
import { readProject } from './project.ts';
import { reportLines } from './report.ts';
import { readEnvironmentSettings } from './settings.ts';
import { judge } from './verdict.ts';

async function main(): Promise<number> {
  const { environment, seeds, withHooks } = readEnvironmentSettings(process.env);
  const project = await readProject(resolve(process.env['ROUNDTRIP_ROOT'] ?? '.'), environment);
  shutOut(project.environment.facts.account);
  const played: PlayedSeed[] = [];
  for (const seed of seeds) played.push(await playSeed({ project, seed, withHooks, isBusy }));
  const verdict = judge(project, played);
  process.stdout.write(`${reportLines(project, played, verdict).join('\n')}\n`);
  if (verdict.isProtected) return EXIT.refused;
  return verdict.isYes ? EXIT.done : EXIT.failed;
}

/** Whatever code of a hook makes a client past its context finds keys that nobody knows, and nobody to ask. */
function shutOut(account: string): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'rehearsal',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
}

/** Files are read when code is first used; time must not pass meanwhile. */
function isBusy(): boolean {
  return process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq') || name === 'CloseReq');
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  process.stderr.write(`${formatProblems(error.problems)}\n`);
  process.exitCode = error.exitCode;
}
