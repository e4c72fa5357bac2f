import { invalidInput } from './find.ts';

export interface Filter {
  readonly Name: string | undefined;
  readonly Values: readonly string[] | undefined;
  readonly Condition?: string | undefined;
}

/**
 * Whether something passes every filter. EQ and BEGINS_WITH take one value, BETWEEN two, IN any number of them.
 *
 * @param valueOf what a filter of that name looks at
 * @throws ServiceError InvalidInput
 */
export function passes(filters: readonly Filter[] | undefined, valueOf: (name: string) => string | undefined): boolean {
  return (filters ?? []).every((filter) => matches(filter, valueOf(filter.Name ?? '')));
}

const COUNTS: Readonly<Record<string, number>> = { EQ: 1, BEGINS_WITH: 1, BETWEEN: 2 };

/** Asked once for a list, so that a wrong filter is refused where nothing is there to be filtered. */
export function checkFilters(filters: readonly Filter[] | undefined, names: readonly string[]): void {
  for (const { Name = '', Values = [], Condition = 'EQ' } of filters ?? []) {
    if (!names.includes(Name)) throw invalidInput(`Filter name ${Name} is not one of ${names.join(', ')}.`);
    if (!(Condition in COUNTS) && Condition !== 'IN') throw invalidInput(`Filter condition ${Condition} is unknown.`);
    const count = COUNTS[Condition];
    const isWrong = count === undefined ? Values.length === 0 : Values.length !== count;
    if (isWrong) throw invalidInput(`Filter ${Name} with condition ${Condition} has ${Values.length} values.`);
  }
}

function matches({ Values = [], Condition = 'EQ' }: Filter, value: string | undefined): boolean {
  if (value === undefined) return false;
  const [first = '', second = ''] = Values;
  if (Condition === 'BEGINS_WITH') return value.startsWith(first);
  if (Condition === 'BETWEEN') return Number(first) <= Number(value) && Number(value) <= Number(second);
  return Values.includes(value);
}
