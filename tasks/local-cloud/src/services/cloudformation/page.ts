import { validationError } from './validation-error.ts';

const PAGE_SIZE = 100;

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/**
 * One page of a list that is in ascending order of `rank`. The token holds the last rank that was shown, so that a page
 * neither repeats nor leaves out anything when the list changes in between.
 */
export function pageOf<T>(all: readonly T[], token: string | undefined, rank: (item: T) => number): Page<T> {
  const after = token === undefined ? -Infinity : rankIn(token);
  const start = all.findIndex((item) => rank(item) > after);
  const items = start < 0 ? [] : all.slice(start, start + PAGE_SIZE);
  const last = items.at(-1);
  const hasMore = start >= 0 && start + PAGE_SIZE < all.length;
  return { items, nextToken: hasMore && last !== undefined ? tokenOf(rank(last)) : undefined };
}

export function tokenOf(rank: number): string {
  return Buffer.from(`rank:${rank}`).toString('base64');
}

/** Throws ValidationError for what is no token of ours. */
export function rankIn(token: string): number {
  const [, rank] = /^rank:(-?\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8')) ?? [];
  if (rank === undefined) throw validationError('The provided NextToken is invalid');
  return Number(rank);
}
