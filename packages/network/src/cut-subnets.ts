import { formatIpv4Range, partOf, type Ipv4Range } from './ipv4-range.ts';

/** Ranges in zone order. */
export interface Subnets {
  readonly publicCidrs: readonly string[];
  readonly privateCidrs: readonly string[];
}

/**
 * Cuts the subnets of a VPC: three quarters of it are the private subnets, the last quarter holds the public ones,
 * which need room for load balancers and NAT gateways only.
 *
 * The cut is always made for three zones, so that going from two zones to three moves no subnet: a changed range would
 * replace the subnet and everything in it.
 */
export function cutSubnets(vpc: Ipv4Range, zoneCount: number): Subnets {
  const lastQuarter = partOf(vpc, vpc.prefix + 2, 3);
  const zones = Array.from({ length: zoneCount }, (_, index) => index);
  return {
    publicCidrs: zones.map((zone) => formatIpv4Range(partOf(lastQuarter, vpc.prefix + 4, zone))),
    privateCidrs: zones.map((zone) => formatIpv4Range(partOf(vpc, vpc.prefix + 2, zone))),
  };
}
