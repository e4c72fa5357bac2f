/** Text of a scalar, as CloudFormation joins and compares them; undefined for lists and objects. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A whole number, written as a number or as text; undefined for anything else. */
export function wholeNumber(value: unknown): number | undefined {
  const text = scalarText(value);
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}
