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
}

export function openHookState(root: string, environment: string): HookState {
  const path = join(root, '.roundtrip/hooks', `${environment}.json`);
  const state = read(path);
  return {
    succeeded: (layer, key) => state[layer] === key,
    record(layer, key) {
      state[layer] = key;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify(state, null, 2)}\n`);
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
