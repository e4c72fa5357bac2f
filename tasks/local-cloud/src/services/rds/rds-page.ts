import { ServiceError } from '../../world.ts';
import { pageOf } from '../page.ts';

const RECORDS = { min: 20, typical: 100, max: 100 };

/** @throws ServiceError InvalidParameterValue for fewer than 20 or more than 100 records */
export function rdsPage<T>(
  all: readonly T[],
  { MaxRecords = RECORDS.typical, Marker }: { MaxRecords?: number | undefined; Marker?: string | undefined },
): { items: readonly T[]; Marker?: string } {
  if (MaxRecords < RECORDS.min || MaxRecords > RECORDS.max) {
    throw new ServiceError(
      'InvalidParameterValue',
      `Invalid value ${MaxRecords} for MaxRecords. Must be between 20 and 100`,
    );
  }
  const invalid = (): ServiceError => new ServiceError('InvalidParameterValue', 'The request marker is invalid.');
  const { items, nextToken } = pageOf(all, MaxRecords, Marker === '' ? undefined : Marker, invalid);
  return nextToken === undefined ? { items } : { items, Marker: nextToken };
}
