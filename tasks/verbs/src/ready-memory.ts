import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ObservedStack, ReadyMemory } from '@roundtrip/engine';

/** Remembers on this machine which stacks of an environment were seen ready, until they are made or changed again. */
export function openReadyMemory(root: string, environment: string): ReadyMemory {
  const path = join(root, '.roundtrip/ready', `${environment}.json`);
  const ready = read(path);
  return {
    has: (stack) => ready[stack.name] === markOf(stack),
    record(stack) {
      ready[stack.name] = markOf(stack);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify(ready, null, 2)}\n`);
    },
  };
}

/** Another one for a stack that was made anew or changed since, by whomever. */
function markOf({ id, updatedAt }: ObservedStack): string {
  return updatedAt === undefined ? id : `${id} ${new Date(updatedAt).toISOString()}`;
}

function read(path: string): Record<string, string> {
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}
