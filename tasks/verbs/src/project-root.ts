import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that this file belongs to; `ROUNDTRIP_ROOT` names another one (tests and benchmarks do). */
export function projectRoot(env: NodeJS.ProcessEnv): string {
  return env['ROUNDTRIP_ROOT'] ?? resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
}
