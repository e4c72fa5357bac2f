import { pageOf } from '../page.ts';
import { invalid } from './find.ts';

const SIZE = { min: 1, max: 400 };

/** @throws ServiceError ValidationError for a size out of range or a marker of somebody else's */
export function elbv2Page<T>(
  all: readonly T[],
  { PageSize: size = SIZE.max, Marker: marker }: { PageSize?: number | undefined; Marker?: string | undefined },
): { items: readonly T[]; NextMarker?: string } {
  if (size < SIZE.min || size > SIZE.max) {
    const rule = size < SIZE.min ? `greater than or equal to ${SIZE.min}` : `less than or equal to ${SIZE.max}`;
    throw invalid(
      `1 validation error detected: Value '${size}' at 'pageSize' failed to satisfy constraint: Member must have value ${rule}`,
    );
  }
  const { items, nextToken } = pageOf(all, size, marker === '' ? undefined : marker, () =>
    invalid(`The marker '${marker}' is not valid`),
  );
  return nextToken === undefined ? { items } : { items, NextMarker: nextToken };
}
