import { createHash } from 'node:crypto';
import { TAG, type ResolvedStack } from './stack.ts';

/**
 * The fingerprint of a stack: what it is made of in 32 hexadecimal digits. It is written as the tag
 * `roundtrip:fingerprint`, so that a later run sees from one sweep, without reading templates, that nothing changed.
 * Key order does not count; termination protection does not either (it is seen and set by itself).
 */
export function fingerprint(stack: ResolvedStack): string {
  const hash = createHash('sha256');
  hash.update(stack.templateBody);
  hash.update(canonical(stack.parameters));
  hash.update(canonical(withoutFingerprint(stack.tags)));
  hash.update(JSON.stringify([...stack.capabilities].sort()));
  return hash.digest('hex').slice(0, 32);
}

/** The tags that go with the write: the stack's own and its fingerprint. */
export function tagsWithFingerprint(stack: ResolvedStack): Readonly<Record<string, string>> {
  return { ...stack.tags, [TAG.fingerprint]: fingerprint(stack) };
}

function canonical(record: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withoutFingerprint(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => key !== TAG.fingerprint));
}
