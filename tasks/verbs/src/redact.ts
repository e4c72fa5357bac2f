/** Keys and tokens as AWS makes them, wherever they turn up in a text. */
const PATTERNS = [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, /(?<=(?:secret|token|password)\S{0,12}["'=:\s]{1,4})[A-Za-z0-9/+=]{16,}/gi];

/** A text without the given secrets and without anything that looks like a key. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) if (secret.length >= 8) clean = clean.replaceAll(secret, '****');
  for (const pattern of PATTERNS) clean = clean.replace(pattern, '****');
  return clean;
}
