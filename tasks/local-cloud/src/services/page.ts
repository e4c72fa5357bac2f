/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly nextToken?: string;
}

/**
 * Cuts a list into pages of at least one, so that whoever asks for the next until there is none comes to an end. The token is the place where the next page begins; AWS's are opaque, so is this one.
 *
 * @param token what the caller got with the page before
 * @param invalid makes the service's own error for a token that is none of ours
 */
export function pageOf<T>(all: readonly T[], size: number, token: string | undefined, invalid: () => Error): Page<T> {
  const start = token === undefined ? 0 : placeOf(token);
  if (start === undefined) throw invalid();
  const items = all.slice(start, start + Math.max(1, Math.floor(size)));
  const end = start + items.length;
  return end < all.length ? { items, nextToken: tokenOf(end) } : { items };
}

function tokenOf(place: number): string {
  return Buffer.from(`from:${place}`).toString('base64');
}

function placeOf(token: string): number | undefined {
  const digits = /^from:(\d{1,9})$/.exec(Buffer.from(token, 'base64').toString('latin1'))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
