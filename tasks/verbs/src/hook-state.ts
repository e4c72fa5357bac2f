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
  /** What other machines, and earlier runs here, have shared: known beside what is remembered here, never in its place. */
  learn(from: Readonly<Record<string, string>>): void;
  /**
   * What others do not know: what was recorded since this was opened, and, where it was learned what they know, what an
   * earlier run here has recorded and could not share before it was killed.
   */
  news(): Readonly<Record<string, string>>;
}

export function openHookState(root: string, environment: string): HookState {
  const path = join(root, '.roundtrip/hooks', `${environment}.json`);
  const own = read(path);
  let learned: Readonly<Record<string, string>> | undefined;
  const recorded: Record<string, string> = {};
  /** What of `own` was asked for: it is about the stacks as they are. */
  const current: Record<string, string> = {};
  const remember = (layer: string, key: string): void => {
    own[layer] = key;
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify(own, null, 2)}\n`);
    } catch {
      // The hook runs once more. A disk that is full stops the run by its journal.
    }
  };
  return {
    succeeded(layer, key) {
      if (own[layer] !== key) {
        if (learned?.[layer] !== key) return false;
        remember(layer, key);
      }
      current[layer] = key;
      return true;
    },
    record(layer, key) {
      remember(layer, key);
      recorded[layer] = key;
    },
    learn: (from) => void (learned = from),
    news() {
      const all = learned === undefined ? recorded : { ...current, ...recorded };
      return Object.fromEntries(Object.entries(all).filter(([layer, key]) => learned?.[layer] !== key));
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
    const value = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string> | null;
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
