import { ServiceError } from '../../world.ts';
import { pageOf } from '../page.ts';

/** KMS says with every list whether there is more. */
export function kmsPage<T>(
  all: readonly T[],
  { Limit, Marker }: { readonly Limit?: number | undefined; readonly Marker?: string | undefined },
  size: number,
): { items: readonly T[]; Truncated: boolean; NextMarker?: string } {
  const invalid = (): ServiceError => new ServiceError('InvalidMarkerException', 'Could not deserialize marker');
  const { items, nextToken } = pageOf(all, Limit ?? size, Marker, invalid);
  return nextToken === undefined ? { items, Truncated: false } : { items, Truncated: true, NextMarker: nextToken };
}
