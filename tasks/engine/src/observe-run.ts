import type { Journal } from './ports.ts';
import type { StackMap } from './poller.ts';

/**
 * Writes a `state` entry for each stack of the environment whose status changed since the sweep before; given to the
 * poller, so that the journal shows what was seen and nothing else.
 */
export function journalStates(journal: Journal, isOurs: (stack: string) => boolean): (stacks: StackMap) => void {
  const seen = new Map<string, string>();
  let first = true;
  return (stacks) => {
    for (const stack of stacks.values()) {
      const state = `${stack.id} ${stack.status}`;
      if (seen.get(stack.name) === state) continue;
      seen.set(stack.name, state);
      if (first || !isOurs(stack.name)) continue;
      const reason = stack.reason === undefined ? {} : { reason: stack.reason };
      journal.write({ type: 'state', stack: stack.name, status: stack.status, ...reason });
    }
    for (const name of seen.keys()) {
      if (stacks.has(name)) continue;
      seen.delete(name);
      if (isOurs(name)) journal.write({ type: 'state', stack: name, status: 'DELETE_COMPLETE' });
    }
    first = false;
  };
}
