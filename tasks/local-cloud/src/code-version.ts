import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The compiled code that the daemon runs: this workspace and those that it imports. */
const CODE = ['.', '../../template/dist', '../../spec/dist', '../../problem/dist'];

/**
 * The package's version and the time of the youngest compiled file. Two processes that see the same text run the
 * same code; a build in between changes it. Costs some milliseconds, reads no file but package.json.
 */
export function codeVersion(): string {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const { version } = JSON.parse(readFileSync(join(here, '../package.json'), 'utf8')) as { version: string };
  const youngestMs = Math.max(...CODE.map((directory) => youngest(join(here, directory))));
  return `${version}+${Math.floor(youngestMs).toString(36)}`;
}

function youngest(directory: string): number {
  let latestMs = 0;
  let entries: string[];
  try {
    entries = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  } catch {
    return latestMs;
  }
  for (const name of entries) {
    if (name.endsWith('.js') && !name.endsWith('.test.js')) {
      latestMs = Math.max(latestMs, statSync(join(directory, name)).mtimeMs);
    }
  }
  return latestMs;
}
