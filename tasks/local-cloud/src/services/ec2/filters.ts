import type * as EC2 from '@aws-sdk/client-ec2';
import { ServiceError } from '../../world.ts';

/** What a filter compares with, by the filter's name: a value, several, or none. */
export type FilterFields<View> = Readonly<Record<string, (view: View) => FilterValue>>;
type FilterValue = string | number | boolean | undefined | readonly (string | undefined)[];

interface Tagged {
  readonly TagSet?: readonly EC2.Tag[] | undefined;
  readonly Tags?: readonly EC2.Tag[] | undefined;
}

/**
 * Whether a thing passes every filter. Values are joined by or, filters by and; `*` and `?` are wildcards.
 *
 * @throws ServiceError InvalidParameterValue for a filter that the operation does not have
 */
export function passesFilters<View extends object>(
  view: View,
  filters: readonly EC2.Filter[] | undefined,
  fields: FilterFields<View>,
): boolean {
  return (filters ?? []).every(({ Name = '', Values = [] }) => {
    const given = valuesOf(view, Name, fields);
    return Values.some((wanted) => given.some((value) => isMatch(value, wanted)));
  });
}

/** @throws ServiceError as above, also where there is nothing to filter */
export function checkFilters<View>(filters: readonly EC2.Filter[] | undefined, fields: FilterFields<View>): void {
  for (const { Name = '' } of filters ?? []) {
    if (Name.startsWith('tag:') || Name === 'tag-key' || Name === 'tag-value') continue;
    if (!Object.hasOwn(fields, Name)) {
      throw new ServiceError('InvalidParameterValue', `The filter '${Name}' is invalid`);
    }
  }
}

function valuesOf<View extends object>(view: View, name: string, fields: FilterFields<View>): readonly string[] {
  const { Tags, TagSet } = view as Tagged;
  const tags = Tags ?? TagSet ?? [];
  if (name.startsWith('tag:')) return tags.filter(({ Key }) => Key === name.slice(4)).map(({ Value }) => Value ?? '');
  if (name === 'tag-key') return tags.map(({ Key }) => Key ?? '');
  if (name === 'tag-value') return tags.map(({ Value }) => Value ?? '');
  const value = fields[name]?.(view);
  return (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined).map(String);
}

/** Walks once over both texts: a filter of nothing but wildcards must not take for ever. */
function isMatch(value: string, wanted: string): boolean {
  let [at, place, star, retry] = [0, 0, -1, 0];
  while (at < value.length) {
    if (wanted[place] === '*') {
      [star, retry] = [place, at];
      place += 1;
    } else if (wanted[place] === '?' || wanted[place] === value[at]) {
      at += 1;
      place += 1;
    } else if (star < 0) {
      return false;
    } else {
      retry += 1;
      [place, at] = [star + 1, retry];
    }
  }
  return /^\**$/.test(wanted.slice(place));
}
