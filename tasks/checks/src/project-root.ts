import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that this file belongs to, as an absolute path; commands of this workspace work on nothing else. */
export function projectRoot(): string {
  return resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
}
