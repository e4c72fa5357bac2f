import type * as EC2 from '@aws-sdk/client-ec2';
import { zoneId } from '../../catalog/ec2/subnet.ts';
import { zonesOf } from '../../catalog/zones.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';

const ZONE_NOUN: Noun<EC2.AvailabilityZone> = {
  type: 'zone',
  idOf: ({ ZoneName }) => ZoneName,
  fields: {
    'group-name': ({ GroupName }) => GroupName,
    'opt-in-status': ({ OptInStatus }) => OptInStatus,
    'region-name': ({ RegionName }) => RegionName,
    state: ({ State }) => State,
    'zone-id': ({ ZoneId }) => ZoneId,
    'zone-name': ({ ZoneName }) => ZoneName,
    'zone-type': ({ ZoneType }) => ZoneType,
  },
};

export function describeAvailabilityZones(
  _world: World,
  { ZoneNames = [], ZoneIds = [], Filters }: EC2.DescribeAvailabilityZonesRequest,
  { realm }: Call,
): EC2.DescribeAvailabilityZonesResult {
  const all = zonesOf(realm.region).map((name): EC2.AvailabilityZone => ({
    ZoneName: name,
    ZoneId: zoneId(name),
    ZoneType: 'availability-zone',
    RegionName: realm.region,
    GroupName: `${realm.region}-zg-1`,
    NetworkBorderGroup: realm.region,
    OptInStatus: 'opt-in-not-required',
    State: 'available',
    Messages: [],
  }));
  const absent = ZoneNames.find((name) => !all.some(({ ZoneName }) => ZoneName === name));
  if (absent !== undefined) throw new ServiceError('InvalidParameterValue', `Invalid availability zone: [${absent}]`);
  const chosen = all.filter(
    (zone) =>
      (ZoneNames.length === 0 || ZoneNames.includes(zone.ZoneName ?? '')) &&
      (ZoneIds.length === 0 || ZoneIds.includes(zone.ZoneId ?? '')),
  );
  return { AvailabilityZones: select(chosen, ZONE_NOUN, { Filters }).items };
}

/** The regions that need no opting in. */
const REGIONS: readonly string[] = [
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
  ...['ca-central-1', 'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'sa-east-1'],
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
];

const REGION_NOUN: Noun<EC2.Region> = {
  type: 'region',
  idOf: ({ RegionName }) => RegionName,
  fields: {
    endpoint: ({ Endpoint }) => Endpoint,
    'opt-in-status': ({ OptInStatus }) => OptInStatus,
    'region-name': ({ RegionName }) => RegionName,
  },
};

export function describeRegions(
  _world: World,
  { RegionNames = [], Filters }: EC2.DescribeRegionsRequest,
): EC2.DescribeRegionsResult {
  const absent = RegionNames.find((name) => !REGIONS.includes(name));
  if (absent !== undefined) throw new ServiceError('InvalidParameterValue', `Invalid region names: [${absent}]`);
  const chosen = REGIONS.filter((name) => RegionNames.length === 0 || RegionNames.includes(name));
  const views = chosen.map((name) => ({
    RegionName: name,
    Endpoint: `ec2.${name}.amazonaws.com`,
    OptInStatus: 'opt-in-not-required',
  }));
  return { Regions: select(views, REGION_NOUN, { Filters }).items };
}

const ACCOUNT_ATTRIBUTES: Readonly<Record<string, string>> = {
  'supported-platforms': 'VPC',
  'default-vpc': 'none',
  'max-instances': '20',
  'vpc-max-security-groups-per-interface': '5',
  'max-elastic-ips': '5',
  'vpc-max-elastic-ips': '5',
};

export function describeAccountAttributes(
  _world: World,
  { AttributeNames = [] }: EC2.DescribeAccountAttributesRequest,
): EC2.DescribeAccountAttributesResult {
  const names = AttributeNames as readonly string[];
  const chosen = Object.entries(ACCOUNT_ATTRIBUTES).filter(([name]) => names.length === 0 || names.includes(name));
  return {
    AccountAttributes: chosen.map(([AttributeName, AttributeValue]) => ({
      AttributeName,
      AttributeValues: [{ AttributeValue }],
    })),
  };
}
