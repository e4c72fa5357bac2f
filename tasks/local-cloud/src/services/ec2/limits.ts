import type { RateLimit } from '../../world.ts';

const FILTERED: RateLimit = { bucket: 'ec2.read-filtered', burst: 100, perSecond: 20 };
const UNFILTERED: RateLimit = { bucket: 'ec2.read-unfiltered', burst: 50, perSecond: 10 };
const MUTATING: RateLimit = { bucket: 'ec2.mutate', burst: 50, perSecond: 5 };
const NAT_GATEWAY: RateLimit = { bucket: 'ec2.nat-gateway', burst: 10, perSecond: 1 };
const VPC_ENDPOINT: RateLimit = { bucket: 'ec2.vpc-endpoint', burst: 4, perSecond: 0.3 };

/**
 * EC2's buckets; a Describe that names ids, filters or a page is counted as filtered.
 * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
export function limitOf(operation: string, input: object): RateLimit {
  if (/^(Describe|Get|Search)/.test(operation)) return isFiltered(input) ? FILTERED : UNFILTERED;
  if (/^(Create|Delete)NatGateway$/.test(operation)) return NAT_GATEWAY;
  if (/^(Create|Modify|Delete)VpcEndpoints?$/.test(operation)) return VPC_ENDPOINT;
  return MUTATING;
}

function isFiltered(input: object): boolean {
  return Object.entries(input).some(
    ([name, value]) => /(Ids|Names|Filters?|MaxResults)$/.test(name) && (typeof value === 'number' || isFilled(value)),
  );
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
