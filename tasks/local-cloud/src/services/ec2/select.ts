import type * as EC2 from '@aws-sdk/client-ec2';
import { serviceError } from '../../catalog/record.ts';
import { idRefusal, missing } from '../../catalog/ec2/references.ts';
import { ServiceError } from '../../world.ts';
import { pageOf } from '../page.ts';
import { checkFilters, passesFilters } from './filters.ts';
import type { FilterFields } from './filters.ts';

export interface Selection {
  readonly ids?: readonly string[] | undefined;
  readonly Filters?: readonly EC2.Filter[] | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface Noun<View> {
  /** CloudFormation's name of the type: says how AWS words that there is none. */
  readonly type: string;
  readonly idOf: (view: View) => string | undefined;
  readonly fields: FilterFields<View>;
}

export interface Selected<View> {
  readonly items: View[];
  readonly more: { readonly NextToken?: string };
}

const PAGE_MAX = 1000;
const PAGE_MIN = 5;

/**
 * What a Describe operation answers: those with the ids, that pass the filters, one page of them.
 *
 * @throws ServiceError for ids that are malformed or of nothing, for filters and pages that are not
 */
export function select<View extends object>(
  views: Iterable<View>,
  noun: Noun<View>,
  { ids = [], Filters, MaxResults, NextToken }: Selection,
): Selected<View> {
  checkFilters(Filters, noun.fields);
  checkPage(MaxResults);
  const chosen = ids.length === 0 ? [...views] : withIds([...views], noun, ids);
  const passing = chosen.filter((view) => passesFilters(view, Filters, noun.fields));
  const { items, nextToken } = pageOf(
    passing,
    MaxResults === undefined ? Infinity : Math.min(MaxResults, PAGE_MAX),
    NextToken,
    invalidToken,
  );
  return { items: [...items], more: nextToken === undefined ? {} : { NextToken: nextToken } };
}

function withIds<View>(views: readonly View[], { type, idOf }: Noun<View>, ids: readonly string[]): View[] {
  const wanted = [...new Set(ids)];
  const malformed = wanted.map((id) => idRefusal(type, id)).find((refusal) => refusal !== undefined);
  if (malformed !== undefined) throw serviceError(malformed);
  const known = new Set(views.map(idOf));
  const absent = wanted.filter((id) => !known.has(id));
  if (absent.length > 0) throw serviceError(missing(type, ...absent));
  return views.filter((view) => wanted.includes(idOf(view) ?? ''));
}

function checkPage(size: number | undefined): void {
  if (size === undefined || size >= PAGE_MIN) return;
  throw new ServiceError(
    'InvalidParameterValue',
    `Value ( ${size} ) for parameter maxResults is invalid. Expecting a value greater than ${PAGE_MIN}.`,
  );
}

function invalidToken(): ServiceError {
  return new ServiceError('InvalidParameterValue', 'Unable to parse pagination token');
}
