import { isRecord } from '@roundtrip/template';

/** A value with every secret text in it replaced, as NoEcho parameters are shown. */
export function leavesWithout(value: unknown, secrets: readonly string[]): unknown {
  if (secrets.length === 0) return value;
  if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, '****'), value);
  if (Array.isArray(value)) return value.map((item) => leavesWithout(item, secrets));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, leavesWithout(item, secrets)]));
}
