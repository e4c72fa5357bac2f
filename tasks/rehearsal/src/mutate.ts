/** Proves that the rehearsal can find bugs: breaks the engine in one way after the other, and plays until somebody complains. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { MUTATIONS, type Mutation } from './mutations.ts';

const SEEDS_MAX = 500;
const HOOK = new URL('mutate-hook.js', import.meta.url);
const MAIN = fileURLToPath(new URL('main.js', import.meta.url));

/** @returns what the rehearsal printed about it, and after how many seeds; undefined where it found nothing */
async function play(mutation: Mutation): Promise<string | undefined> {
  const child = spawn(process.execPath, ['--import', HOOK.href, MAIN], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      MUTATION: JSON.stringify(mutation),
      SEEDS: String(SEEDS_MAX),
      BASE: 'mutation',
      STOP: 'first',
    },
  });
  let printed = '';
  child.stdout.on('data', (data: Buffer) => (printed += data.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return undefined;
  const first = /^ {2}([a-z-]+): (.*)$/m.exec(printed);
  const seeds = /^(\d+) seeds/m.exec(printed)?.[1] ?? '?';
  return first === null ? undefined : `${first[1]} after ${seeds} seeds: ${first[2]?.slice(0, 120)}`;
}

let missed = 0;
for (const mutation of MUTATIONS) {
  const found = await play(mutation);
  if (found === undefined) missed += 1;
  process.stdout.write(
    `${found === undefined ? 'MISSED' : 'caught'} ${mutation.name}\n${found === undefined ? '' : `       ${found}\n`}`,
  );
}
process.stdout.write(`${MUTATIONS.length - missed} of ${MUTATIONS.length} mutations caught\n`);
process.exitCode = missed === 0 ? 0 : 1;
