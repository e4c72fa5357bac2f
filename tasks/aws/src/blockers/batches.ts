/** Cuts a list into pieces of that many items at most: what one call of AWS's takes. */
export function batches<T>(items: readonly T[], size: number): T[][] {
  const pieces = Array.from({ length: Math.ceil(items.length / size) }, (_piece, index) => index * size);
  return pieces.map((from) => items.slice(from, from + size));
}
