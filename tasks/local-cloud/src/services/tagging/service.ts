import type { RateLimit, Service } from '../../world.ts';
import { ServiceError } from '../../world.ts';
import { tagResources, untagResources } from './change-tags.ts';
import { getResources } from './get-resources.ts';
import { getTagKeys, getTagValues } from './tag-names.ts';

/** Finds and changes everything by its tags, whichever service it belongs to; see SPEC.md beside this file. */
export const tagging: Service = {
  client: 'client-resource-groups-tagging-api',
  operations: {
    GetResources: getResources,
    GetTagKeys: getTagKeys,
    GetTagValues: getTagValues,
    TagResources: tagResources,
    UntagResources: untagResources,
  },
  limitOf: (operation) => LIMITS.get(operation),
  throttled: new ServiceError('ThrottledException', 'Rate exceeded'),
};

/** https://docs.aws.amazon.com/general/latest/gr/arg.html, in requests a second. */
const PER_SECOND: Readonly<Record<string, number>> = {
  GetResources: 15,
  GetTagKeys: 5,
  GetTagValues: 5,
  TagResources: 5,
  UntagResources: 5,
};

const LIMITS: ReadonlyMap<string, RateLimit> = new Map(
  Object.entries(PER_SECOND).map(([operation, perSecond]) => [
    operation,
    { bucket: `tagging.${operation}`, burst: perSecond, perSecond },
  ]),
);
