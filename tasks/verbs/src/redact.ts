/** Keys and tokens as AWS makes them, wherever they turn up in a text. */
const PATTERNS = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /(?<=(?:secret|token|password)\S{0,12}["'=:\s]{1,4})[A-Za-z0-9/+=]{16,}/gi,
];

/** Shorter texts would be found in words that mean nothing. */
const SECRET_CHARACTERS_MIN = 8;

/** A text without the given secrets and without anything that looks like a key. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  // The longest first: one may be the beginning of another.
  for (const secret of secrets.toSorted((a, b) => b.length - a.length)) {
    if (secret.length >= SECRET_CHARACTERS_MIN) clean = clean.replaceAll(secret, '****');
  }
  for (const pattern of PATTERNS) clean = clean.replace(pattern, '****');
  return clean;
}

/**
 * Plain data with each of its texts redacted by itself: in JSON a secret may be written with escapes, and the name of
 * a field (`token`) says nothing of its value.
 */
export function redactTexts<T>(value: T, secrets: readonly string[]): T {
  if (typeof value === 'string') return redact(value, secrets) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => redactTexts(one, secrets)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, redactTexts<unknown>(one, secrets)])) as T;
}
