import type { Problem } from '@roundtrip/problem';
import type { YamlSource } from './yaml-source.ts';

/** A protected environment protects all that it has: nothing of it may be switched off by a run. */
export function checkUnprotect(source: YamlSource, unprotect: unknown, protect: unknown): Problem[] {
  if (unprotect !== true || protect !== true) return [];
  return [
    {
      code: 'unprotect-on-protected',
      place: source.placeOfKey(['unprotect']),
      what: 'unprotect lets a run switch off deletion protection, but protect is true',
      why: 'destroying a protected environment is refused, so nothing of it is ever unprotected',
      next: 'take unprotect out, or write "protect: false"',
    },
  ];
}
