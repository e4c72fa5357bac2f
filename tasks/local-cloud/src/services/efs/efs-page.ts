import { pageOf } from '../page.ts';
import { badRequest } from './find.ts';

const PAGE_SIZE = 100;

/** The older half of EFS's lists goes on from markers, and gives the caller's back. */
export function markerPage<T>(
  all: readonly T[],
  { MaxItems, Marker }: { readonly MaxItems?: number | undefined; readonly Marker?: string | undefined },
): { items: T[]; markers: { Marker?: string; NextMarker?: string } } {
  const { items, nextToken } = pageOf(all, MaxItems ?? PAGE_SIZE, Marker, () => badRequest('Invalid Marker.'));
  return {
    items: [...items],
    markers: {
      ...(Marker === undefined ? {} : { Marker }),
      ...(nextToken === undefined ? {} : { NextMarker: nextToken }),
    },
  };
}

/** The newer half goes on from tokens. */
export function tokenPage<T>(
  all: readonly T[],
  { MaxResults, NextToken }: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): { items: T[]; more: { NextToken?: string } } {
  const { items, nextToken } = pageOf(all, MaxResults ?? PAGE_SIZE, NextToken, () => badRequest('Invalid NextToken.'));
  return { items: [...items], more: nextToken === undefined ? {} : { NextToken: nextToken } };
}
