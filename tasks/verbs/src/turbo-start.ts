import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Layer } from '@roundtrip/environment';
import type { Command } from './command.ts';
import { projectRoot } from './project-root.ts';
import { TURBO_QUIET, turboBinary } from './turbo-binary.ts';

/**
 * Starts turbo on one task in a process group of its own, so that the terminal's Ctrl-C reaches the run alone, which
 * passes exactly one signal on. It finds `bin/npm` before npm (see there). Its own output goes to a file: what people see comes from the journal.
 * @param clean takes secrets out of a line: hooks may print what they like
 */
export function startTurbo(
  root: string,
  command: Command,
  layers: readonly Layer[],
  conductor: string,
  log: string,
  clean: (line: string) => string,
): ChildProcess {
  mkdirSync(dirname(log), { recursive: true });
  const args = [
    'run',
    command.task,
    '--continue=dependencies-successful',
    '--log-order=stream',
    '--output-logs=full',
    `--concurrency=${layers.length + 1}`,
    ...layers.map((layer) => `--filter=${layer.packageName}`),
  ];
  const path = [join(projectRoot({}), 'tasks/verbs/bin'), process.env['PATH'] ?? ''].join(delimiter);
  const env = { ...process.env, ...TURBO_QUIET, PATH: path, ROUNDTRIP_CONDUCTOR: conductor };
  const child = spawn(turboBinary(), args, { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const file = createWriteStream(log);
  // A log of a log: a disk that is full stops the run by its journal.
  file.on('error', () => undefined);
  const keep = (stream: Readable): void => {
    createInterface({ input: stream }).on('line', (line) => file.write(`${clean(line)}\n`));
  };
  keep(child.stdout);
  keep(child.stderr);
  return child;
}
