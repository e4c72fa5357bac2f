import { createHash } from 'node:crypto';

/** Priorities below this belong to other layers on the same listener. */
export const FIRST_PRIORITY = 4000;
const BAND = 4000;
const DEEPEST = 10;

/**
 * The listener rule's priority for a path, 4000 to 47999. It follows from the path alone, so a new service never moves
 * the others' rules; deeper paths come first, so that `/` does not swallow `/catalog`. Two paths may meet on one
 * number: `check` refuses that and asks for a `priority` in one of the files.
 */
export function listenerPriority(path: string): number {
  const depth = Math.min(path.split('/').filter((part) => part !== '').length, DEEPEST);
  const within = createHash('sha256').update(path).digest().readUInt32BE(0) % BAND;
  return FIRST_PRIORITY + (DEEPEST - depth) * BAND + within;
}
