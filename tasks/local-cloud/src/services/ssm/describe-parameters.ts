import type * as SSM from '@aws-sdk/client-ssm';
import { versionsOf } from '../../catalog/parameter-versions.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { arnOf, invalidToken, metadataOf, PARAMETER } from './parameter.ts';

const PAGE_SIZE = 50;

/** One filter of either kind. */
interface Filter {
  readonly key: string;
  readonly option: string;
  readonly values: readonly string[];
}

export function describeParameters(
  world: World,
  input: SSM.DescribeParametersRequest,
  call: Call,
): SSM.DescribeParametersResult {
  const filters = filtersOf(input);
  const found = [...resourcesOf(world, call.realm, PARAMETER)]
    .filter((record) => filters.every((filter) => matches(record, filter)))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  const { items, nextToken } = pageOf(found, input.MaxResults ?? PAGE_SIZE, input.NextToken, invalidToken);
  return {
    Parameters: items.flatMap((record) => {
      const version = versionsOf(world, call.realm, record).at(-1);
      return version === undefined ? [] : [{ ...metadataOf(record.id, version), ARN: arnOf(call.realm, record.id) }];
    }),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

function filtersOf({ Filters = [], ParameterFilters = [] }: SSM.DescribeParametersRequest): Filter[] {
  if (Filters.length > 0 && ParameterFilters.length > 0) {
    throw new ServiceError(
      'ValidationException',
      'You can use either Filters or ParameterFilters in a single request.',
    );
  }
  return [
    ...Filters.map(({ Key = '', Values = [] }) => ({ key: String(Key), option: 'BeginsWith', values: Values })),
    ...ParameterFilters.map(({ Key = '', Option, Values = [] }) => ({
      key: Key,
      option: Option ?? (Key === 'Path' ? 'OneLevel' : 'Equals'),
      values: Values,
    })),
  ];
}

function matches({ id, properties, tags }: Resource, { key, option, values }: Filter): boolean {
  if (key.startsWith('tag:')) {
    const value = tags[key.slice(4)];
    return value !== undefined && (values.length === 0 || values.some((wanted) => fits(value, wanted, option)));
  }
  if (key === 'Path') return values.some((path) => isBelow(id, path, option === 'Recursive'));
  const known: Readonly<Record<string, unknown>> = {
    Name: id,
    Type: properties['Type'] ?? 'String',
    KeyId: properties['KeyId'] ?? 'alias/aws/ssm',
    Tier: properties['Tier'] ?? 'Standard',
    DataType: properties['DataType'] ?? 'text',
  };
  if (!(key in known)) throw new ServiceError('InvalidFilterKey', 'The specified key is not valid.');
  return values.some((wanted) => fits(String(known[key]), wanted, option));
}

function fits(value: string, wanted: string, option: string): boolean {
  if (option === 'Equals') return value === wanted;
  if (option === 'BeginsWith') return value.startsWith(wanted);
  if (option === 'Contains') return value.includes(wanted);
  throw new ServiceError('InvalidFilterOption', `The following filter option is not valid: ${option}.`);
}

function isBelow(name: string, path: string, isRecursive: boolean): boolean {
  const start = `${path.replace(/\/$/, '')}/`;
  return name.startsWith(start) && (isRecursive || !name.slice(start.length).includes('/'));
}
