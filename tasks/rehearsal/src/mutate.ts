/** Proves that the rehearsal can find bugs: breaks the engine in one way after the other, and plays until somebody complains. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MUTATIONS, type Mutation } from './mutations.ts';

const SEEDS_MAX = 500;
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * A copy of what is compiled, whose workspaces find each other there and everything else where it is. Hooks of the
 * module loader would do without it, but with them every import takes real time, which a virtual clock does not stand.
 */
function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'roundtrip-mutate-'));
  for (const workspace of readdirSync(join(ROOT, 'tasks'))) {
    const from = join(ROOT, 'tasks', workspace);
    const to = join(copy, 'tasks', workspace);
    for (const part of ['dist', 'package.json']) {
      if (existsSync(join(from, part))) cpSync(join(from, part), join(to, part), { recursive: true });
    }
    for (const part of ['data', 'node_modules']) {
      if (existsSync(join(from, part))) symlinkSync(join(from, part), join(to, part));
    }
  }
  mkdirSync(join(copy, 'node_modules', '@roundtrip'), { recursive: true });
  const installed = readdirSync(join(ROOT, 'node_modules')).filter((name) => name !== '@roundtrip');
  for (const name of installed) symlinkSync(join(ROOT, 'node_modules', name), join(copy, 'node_modules', name));
  for (const workspace of readdirSync(join(copy, 'tasks'))) {
    symlinkSync(join(copy, 'tasks', workspace), join(copy, 'node_modules', '@roundtrip', workspace));
  }
  return copy;
}

/** @returns what the rehearsal printed about it, and after how many seeds; undefined where it found nothing */
async function play(copy: string, { file, find, replace }: Mutation): Promise<string | undefined> {
  const path = join(copy, 'tasks/engine/dist', file);
  const whole = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    whole.replace(find, () => replace),
  );
  const child = spawn(process.execPath, [join(copy, 'tasks/rehearsal/dist/main.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SEEDS: String(SEEDS_MAX), BASE: 'mutation', STOP: 'first' },
  });
  let printed = '';
  child.stdout.on('data', (data: Buffer) => (printed += data.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  writeFileSync(path, whole);
  if (code === 0) return undefined;
  const first = /^ {2}([a-z-]+): (.*)$/m.exec(printed);
  const seeds = /^(\d+) seeds/m.exec(printed)?.[1] ?? '?';
  return first === null ? undefined : `${first[1]} after ${seeds} seeds: ${first[2]?.slice(0, 120)}`;
}

/** `mutate.js lease` plays those whose names hold that word. */
const [, , word = ''] = process.argv;
const chosen = MUTATIONS.filter(({ name }) => name.includes(word));
let missed = 0;
const copy = copyTree();
try {
  for (const mutation of chosen) {
    const found = await play(copy, mutation);
    if (found === undefined) missed += 1;
    process.stdout.write(
      `${found === undefined ? 'MISSED' : 'caught'} ${mutation.name}\n${found === undefined ? '' : `       ${found}\n`}`,
    );
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
process.stdout.write(`${chosen.length - missed} of ${chosen.length} mutations caught\n`);
process.exitCode = missed === 0 && chosen.length > 0 ? 0 : 1;
