import { asIntrinsic, isRecord } from '@roundtrip/template';

export interface Words {
  /** Parameters whose value nobody may see. */
  readonly secrets: ReadonlySet<string>;
  /** What is shown for parameters whose value is not known yet. */
  readonly unknown: Readonly<Record<string, string>>;
}

/** A value as a plan shows it: `****` for a secret, and words in place of what is not known yet. */
export function readable(value: unknown, words: Words): unknown {
  if (Array.isArray(value)) return value.map((item) => readable(item, words));
  if (!isRecord(value)) return value;
  const intrinsic = asIntrinsic(value);
  if (intrinsic?.name === 'Ref' && typeof intrinsic.argument === 'string') {
    if (words.secrets.has(intrinsic.argument)) return '****';
    const unknown = Object.hasOwn(words.unknown, intrinsic.argument) ? words.unknown[intrinsic.argument] : undefined;
    return unknown ?? value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readable(item, words)]));
}
