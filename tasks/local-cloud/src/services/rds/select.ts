import { ServiceError } from '../../world.ts';

interface Filter {
  readonly Name: string | undefined;
  readonly Values: readonly string[] | undefined;
}

/** Keeps what fits every filter. @throws ServiceError InvalidParameterValue for a filter that the operation does not have */
export function select<T>(
  all: readonly T[],
  filters: readonly Filter[] = [],
  read: Readonly<Record<string, (item: T) => readonly (string | undefined)[]>>,
): T[] {
  return filters.reduce<T[]>(
    (left, { Name = '', Values = [] }) => {
      const values = Object.hasOwn(read, Name) ? read[Name] : undefined;
      if (values === undefined) throw new ServiceError('InvalidParameterValue', `Unrecognized filter name: ${Name}`);
      return left.filter((item) => values(item).some((value) => value !== undefined && Values.includes(value)));
    },
    [...all],
  );
}
