const LIST = new Intl.ListFormat('en-GB');

/** `a`, `a and b`, `a, b and c`. */
export function listOf(names: Iterable<string>): string {
  return LIST.format(names);
}
