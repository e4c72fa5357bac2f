/** Templates may give a boolean as text. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
