import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that this file belongs to; `ROUNDTRIP_ROOT` names another one (tests and benchmarks do). */
export function projectRoot(env: NodeJS.ProcessEnv): string {
  return env['ROUNDTRIP_ROOT'] ?? ownRoot();
}

/** Found by going up, because this file runs from dist/ as well as from a bundle. */
function ownRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'turbo.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
