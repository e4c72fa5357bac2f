import type * as ELB from '@aws-sdk/client-elastic-load-balancing-v2';
import { changedProperties } from '../../catalog/changed-properties.ts';
import { defaultGroup, vpcOfSubnets, zoneOfSubnet } from '../../catalog/elbv2/balancer-network.ts';
import {
  activeAt,
  findLoadBalancer,
  isInternal,
  kindOf,
  loadBalancersOf,
  subnetIdsOf,
} from '../../catalog/elbv2/load-balancers.ts';
import { LOAD_BALANCER } from '../../catalog/elbv2/types.ts';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagMap } from '../tag-list.ts';
import { givenIn } from './change-record.ts';
import { elbv2Page } from './elbv2-page.ts';
import { findAll, invalid } from './find.ts';

export function describeLoadBalancers(
  world: World,
  input: ELB.DescribeLoadBalancersInput,
  { realm }: Call,
): ELB.DescribeLoadBalancersOutput {
  const { items, ...next } = elbv2Page(asked(world, realm, input), input);
  return { LoadBalancers: items.map((one) => loadBalancerShape(world, realm, one)), ...next };
}

function asked(world: World, realm: Realm, input: ELB.DescribeLoadBalancersInput): Resource[] {
  const { LoadBalancerArns: arns = [], Names: names = [] } = input;
  if (arns.length > 0 && names.length > 0) {
    throw invalid('Load balancer names and load balancer ARNs cannot be specified at the same time');
  }
  if (arns.length > 0) return findAll(world, realm, LOAD_BALANCER, arns);
  const all = loadBalancersOf(world, realm);
  if (names.length === 0) return all;
  const missing = names.filter((name) => !all.some(({ properties }) => properties['Name'] === name));
  if (missing.length === 0) return all.filter(({ properties }) => names.includes(String(properties['Name'])));
  throw new ServiceError('LoadBalancerNotFound', `Load balancers '[${missing.join(', ')}]' not found`);
}

/** Asked again for one that is there already, exactly as it is, AWS answers with that one. */
export function createLoadBalancer(
  world: World,
  input: ELB.CreateLoadBalancerInput,
  { realm }: Call,
): ELB.CreateLoadBalancerOutput {
  const pool = input.IpamPools?.Ipv4IpamPoolId;
  const properties: Resource['properties'] = {
    ...{ Type: 'application', Scheme: 'internet-facing', IpAddressType: 'ipv4' },
    ...givenIn(input, 'Tags', 'IpamPools', 'CustomerOwnedIpv4Pool'),
    ...(pool === undefined ? {} : { Ipv4IpamPoolId: pool }),
  };
  const known = loadBalancersOf(world, realm).find(({ properties: its }) => its['Name'] === input.Name);
  const isSame = known !== undefined && changedProperties(known.properties, properties).length === 0;
  const record = isSame
    ? known
    : createRecord(world, realm, { type: LOAD_BALANCER, properties, tags: tagMap(input.Tags) });
  return { LoadBalancers: [loadBalancerShape(world, realm, record)] };
}

/** One that is not there counts as deleted. */
export function deleteLoadBalancer(
  world: World,
  input: ELB.DeleteLoadBalancerInput,
  { realm }: Call,
): ELB.DeleteLoadBalancerOutput {
  const id = input.LoadBalancerArn ?? '';
  if (!id.includes(':loadbalancer/')) throw invalid(`'${id}' is not a valid load balancer ARN`);
  // CloudFormation may have begun to delete it, and removes its record itself.
  if (findLoadBalancer(world, realm, id) !== undefined) deleteRecord({ world, realm, type: LOAD_BALANCER, id });
  return {};
}

function loadBalancerShape(world: World, realm: Realm, record: Resource): ELB.LoadBalancer {
  const { attributes, properties } = record;
  const subnetIds = subnetIdsOf(properties);
  return {
    LoadBalancerArn: record.id,
    DNSName: String(attributes['DNSName']),
    CanonicalHostedZoneId: String(attributes['CanonicalHostedZoneID']),
    CreatedTime: new Date(record.createdAt),
    LoadBalancerName: String(properties['Name']),
    Scheme: isInternal(properties) ? 'internal' : 'internet-facing',
    VpcId: vpcOfSubnets(world, realm, subnetIds),
    State: { Code: activeAt(world, realm, record) <= world.now ? 'active' : 'provisioning' },
    Type: kindOf(properties) as ELB.LoadBalancerTypeEnum,
    AvailabilityZones: zonesIn(world, realm, subnetIds),
    ...securityGroups(world, realm, record),
    IpAddressType: (properties['IpAddressType'] ?? 'ipv4') as ELB.IpAddressType,
  };
}

export function zonesIn(world: World, realm: Realm, subnetIds: readonly string[]): ELB.AvailabilityZone[] {
  return subnetIds.map((SubnetId) => ({
    ZoneName: zoneOfSubnet(world, realm, SubnetId),
    SubnetId,
    LoadBalancerAddresses: [],
  }));
}

/** An application load balancer has the VPC's default group where it was given none. */
function securityGroups(world: World, realm: Realm, { properties }: Resource): { SecurityGroups?: string[] } {
  const given = (properties['SecurityGroups'] ?? []) as string[];
  if (given.length > 0) return { SecurityGroups: given };
  if (kindOf(properties) !== 'application') return {};
  return { SecurityGroups: [defaultGroup(world, realm, subnetIdsOf(properties)) ?? []].flat() };
}
