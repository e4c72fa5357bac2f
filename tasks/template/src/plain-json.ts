import { splitGetAtt } from './intrinsic.ts';

/**
 * Reads a template that is JSON without a fault, fifty times as quickly as the reader that knows where everything stands.
 * Out: undefined for everything else; that reader then says what is wrong with it.
 */
export function plainJson(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const counted = { keys: 0 };
    const value = expanded(JSON.parse(text) as unknown, counted);
    // JSON.parse silently takes the last of two equal keys.
    return counted.keys === keysWritten(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** @throws TypeError at null, which no template may hold */
function expanded(value: unknown, counted: { keys: number }): unknown {
  if (value === null) throw new TypeError('null');
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => expanded(item, counted));
  const entries = Object.entries(value).map(([key, item]) => {
    counted.keys += 1;
    const inner = expanded(item, counted);
    return [key, key === 'Fn::GetAtt' ? splitGetAtt(inner) : inner] as const;
  });
  return Object.fromEntries(entries);
}

/** Outside of texts JSON has a colon after each key and nowhere else. */
function keysWritten(text: string): number {
  const withoutTexts = text.replaceAll(/"[^"\\]*(?:\\.[^"\\]*)*"/gs, '');
  return withoutTexts.split(':').length - 1;
}
