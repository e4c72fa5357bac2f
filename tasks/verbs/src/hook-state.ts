import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TAG, type ObservedStack } from '@roundtrip/engine';

/**
 * Remembers for which state of the stacks each "after up" hook has succeeded, so that it runs again until it has
 * succeeded once, and again whenever the stacks have changed. Lost memory only means that a hook runs once more.
 */
export interface HookState {
  succeeded(layer: string, key: string): boolean;
  record(layer: string, key: string): void;
  /** What has been recorded since this was opened. */
  readonly recorded: Readonly<Record<string, string>>;
  /** What another machine has recorded; what was recorded here since stays. */
  learn(from: Readonly<Record<string, string>>): void;
}

export function openHookState(root: string, environment: string): HookState {
  const path = join(root, '.roundtrip/hooks', `${environment}.json`);
  const state = read(path);
  const recorded: Record<string, string> = {};
  const write = (): void => {
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify(state, null, 2)}\n`);
    } catch {
      // The hook runs once more. A disk that is full stops the run by its journal.
    }
  };
  return {
    recorded,
    succeeded: (layer, key) => state[layer] === key,
    record(layer, key) {
      state[layer] = key;
      recorded[layer] = key;
      write();
    },
    learn(from) {
      Object.assign(state, from, recorded);
      write();
    },
  };
}

/** What the stacks are now: a rebuilt or updated stack gives another key. */
export function hookKey(stacks: readonly ObservedStack[]): string {
  const parts = stacks.map((stack) => `${stack.id} ${stack.tags[TAG.fingerprint] ?? ''}`).sort();
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}

function read(path: string): Record<string, string> {
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}
