import type * as EC2 from '@aws-sdk/client-ec2';
import { isTrue } from '../../catalog/ec2/is-true.ts';
import { lifecycles } from '../../catalog/ec2/lifecycle.ts';
import { absentRefusal, idsIn, missing } from '../../catalog/ec2/references.ts';
import { ROUTE_TABLE } from '../../catalog/ec2/route-table.ts';
import { SECURITY_GROUP } from '../../catalog/ec2/security-group-rule.ts';
import { SUBNET } from '../../catalog/ec2/subnet.ts';
import { isInterface, VPC_ENDPOINT } from '../../catalog/ec2/vpc-endpoint.ts';
import { serviceError } from '../../catalog/record.ts';
import { behaviourOf } from '../../catalog/catalog.ts';
import { interfacesOf } from '../../catalog/network-interfaces.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { findRecord, setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { groupName } from './network-interfaces.ts';
import { madeOnce } from './made-once.ts';
import { create, recordOf, removeLater, tagsFor, textOf } from './own-records.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';

const NOUN: Noun<EC2.VpcEndpoint> = {
  type: VPC_ENDPOINT,
  idOf: ({ VpcEndpointId }) => VpcEndpointId,
  fields: {
    'vpc-endpoint-id': ({ VpcEndpointId }) => VpcEndpointId,
    'vpc-endpoint-state': ({ State }) => State,
    'vpc-endpoint-type': ({ VpcEndpointType }) => VpcEndpointType,
    'vpc-id': ({ VpcId }) => VpcId,
    'service-name': ({ ServiceName }) => ServiceName,
    'ip-address-type': ({ IpAddressType }) => IpAddressType,
  },
};

export function describeVpcEndpoints(
  world: World,
  input: EC2.DescribeVpcEndpointsRequest,
  { realm }: Call,
): EC2.DescribeVpcEndpointsResult {
  const views = [...resourcesOf(world, realm, VPC_ENDPOINT)].map((record) => endpointView(world, realm, record));
  const { items, more } = select(views, NOUN, { ...input, ids: input.VpcEndpointIds });
  return { VpcEndpoints: items, ...more };
}

export function createVpcEndpoint(
  world: World,
  input: EC2.CreateVpcEndpointRequest,
  { realm }: Call,
): EC2.CreateVpcEndpointResult {
  const { VpcId, VpcEndpointType, ServiceName, RouteTableIds, SubnetIds, SecurityGroupIds, PolicyDocument } = input;
  const properties = { VpcId, VpcEndpointType, ServiceName, RouteTableIds, SubnetIds, SecurityGroupIds };
  // An interface endpoint made by a call has its private name unless it says otherwise.
  const PrivateDnsEnabled = input.PrivateDnsEnabled ?? (VpcEndpointType === 'Interface' ? true : undefined);
  const given = { ...properties, PolicyDocument, PrivateDnsEnabled };
  const tags = tagsFor(input.TagSpecifications, 'vpc-endpoint');
  const [record] = madeOnce(world, realm, input, () => [create(world, realm, VPC_ENDPOINT, given, tags)]);
  return {
    ...(record === undefined ? {} : { VpcEndpoint: endpointView(world, realm, record) }),
    ...(input.ClientToken === undefined ? {} : { ClientToken: input.ClientToken }),
  };
}

export function modifyVpcEndpoint(
  world: World,
  input: EC2.ModifyVpcEndpointRequest,
  { realm }: Call,
): EC2.ModifyVpcEndpointResult {
  const before = recordOf(world, realm, VPC_ENDPOINT, input.VpcEndpointId);
  const changed = (name: string, added: readonly string[] = [], removed: readonly string[] = []): object =>
    added.length + removed.length === 0
      ? {}
      : {
          [name]: [...new Set([...idsIn(before.properties[name]), ...added])].filter((id) => !removed.includes(id)),
        };
  const refused =
    absentRefusal(world, realm, ROUTE_TABLE, input.AddRouteTableIds ?? []) ??
    absentRefusal(world, realm, SUBNET, input.AddSubnetIds ?? []) ??
    absentRefusal(world, realm, SECURITY_GROUP, input.AddSecurityGroupIds ?? []);
  if (refused !== undefined) throw serviceError(refused);
  const after = setProperties(world, realm, before, {
    ...changed('RouteTableIds', input.AddRouteTableIds, input.RemoveRouteTableIds),
    ...changed('SubnetIds', input.AddSubnetIds, input.RemoveSubnetIds),
    ...changed('SecurityGroupIds', input.AddSecurityGroupIds, input.RemoveSecurityGroupIds),
    ...(input.PolicyDocument === undefined ? {} : { PolicyDocument: input.PolicyDocument }),
    ...(input.ResetPolicy === true ? { PolicyDocument: undefined } : {}),
    ...(input.PrivateDnsEnabled === undefined ? {} : { PrivateDnsEnabled: input.PrivateDnsEnabled }),
  });
  behaviourOf(VPC_ENDPOINT).changed?.(world, realm, before, after);
  return { Return: true };
}

/** What cannot be deleted is said in the answer, and does not hold up the rest. */
export function deleteVpcEndpoints(
  world: World,
  { VpcEndpointIds = [] }: EC2.DeleteVpcEndpointsRequest,
  { realm }: Call,
): EC2.DeleteVpcEndpointsResult {
  const Unsuccessful: EC2.UnsuccessfulItem[] = [];
  for (const id of VpcEndpointIds) {
    if (lifecycles(world, realm).get(id)?.state === 'deleting') continue;
    if (findRecord(world, realm, VPC_ENDPOINT, id) !== undefined) removeLater(world, realm, VPC_ENDPOINT, id);
    else {
      const { code, text } = missing(VPC_ENDPOINT, id);
      Unsuccessful.push({ ResourceId: id, Error: { Code: code, Message: text } });
    }
  }
  return { Unsuccessful };
}

/** Services that have endpoints, by the word in their name; the first two through route tables. */
const SERVICES: readonly string[] = [
  ...['s3', 'dynamodb', 'ecr.api', 'ecr.dkr', 'ecs', 'ecs-agent', 'ecs-telemetry', 'ec2', 'ec2messages', 'kms'],
  ...['logs', 'monitoring', 'rds', 'secretsmanager', 'sns', 'sqs', 'ssm', 'ssmmessages', 'sts', 'elasticfilesystem'],
];

export function describeVpcEndpointServices(
  _world: World,
  { ServiceNames = [], Filters }: EC2.DescribeVpcEndpointServicesRequest,
  { realm }: Call,
): EC2.DescribeVpcEndpointServicesResult {
  const all = SERVICES.map((word) => serviceDetail(word, realm));
  const absent = ServiceNames.find((name) => !all.some(({ ServiceName }) => ServiceName === name));
  if (absent !== undefined) {
    throw new ServiceError('InvalidServiceName', `The Vpc Endpoint Service '${absent}' does not exist`);
  }
  const chosen =
    ServiceNames.length === 0 ? all : all.filter(({ ServiceName }) => ServiceNames.includes(ServiceName ?? ''));
  const { items } = select(chosen, SERVICE_NOUN, { Filters });
  return { ServiceNames: items.map(({ ServiceName }) => ServiceName ?? ''), ServiceDetails: items };
}

const SERVICE_NOUN: Noun<EC2.ServiceDetail> = {
  type: VPC_ENDPOINT,
  idOf: ({ ServiceName }) => ServiceName,
  fields: {
    owner: ({ Owner }) => Owner,
    'service-name': ({ ServiceName }) => ServiceName,
    'service-type': ({ ServiceType }) => ServiceType?.map((one) => one.ServiceType),
  },
};

function serviceDetail(word: string, { region }: Realm): EC2.ServiceDetail {
  const isGateway = word === 's3' || word === 'dynamodb';
  return {
    ServiceName: `com.amazonaws.${region}.${word}`,
    ServiceType: [{ ServiceType: isGateway ? 'Gateway' : 'Interface' }],
    ServiceRegion: region,
    Owner: 'amazon',
    AcceptanceRequired: false,
    ManagesVpcEndpoints: false,
    VpcEndpointPolicySupported: true,
    Tags: [],
  };
}

function endpointView(world: World, realm: Realm, record: Resource): EC2.VpcEndpoint {
  const { properties, attributes } = record;
  const policy = properties['PolicyDocument'];
  const own = idsIn(properties['SecurityGroupIds']);
  // Where no group was named, its interfaces have the VPC's default one.
  const groups =
    own.length > 0 ? own : interfacesOf(world, realm, record.id).flatMap((one) => idsIn(one.properties['GroupSet']));
  return {
    VpcEndpointId: record.id,
    VpcEndpointType: (textOf(record, 'VpcEndpointType') ?? 'Gateway') as EC2.VpcEndpointType,
    VpcId: textOf(record, 'VpcId'),
    ServiceName: textOf(record, 'ServiceName'),
    State: (lifecycles(world, realm).get(record.id)?.state ?? 'available') as EC2.State,
    PolicyDocument: typeof policy === 'string' ? policy : JSON.stringify(policy ?? OPEN_POLICY),
    RouteTableIds: idsIn(properties['RouteTableIds']).filter((id) => findRecord(world, realm, ROUTE_TABLE, id)),
    SubnetIds: idsIn(properties['SubnetIds']),
    Groups: [...new Set(groups)].map((id) => groupName(world, realm, id)),
    PrivateDnsEnabled: isTrue(properties['PrivateDnsEnabled']),
    RequesterManaged: false,
    NetworkInterfaceIds: isInterface(properties) ? interfacesOf(world, realm, record.id).map(({ id }) => id) : [],
    DnsEntries: idsIn(attributes['DnsEntries']).map((entry) => {
      const [HostedZoneId = '', DnsName = ''] = entry.split(':');
      return { HostedZoneId, DnsName };
    }),
    CreationTimestamp: new Date(record.createdAt),
    OwnerId: realm.account,
    Tags: tagList(record.tags),
  };
}

const OPEN_POLICY = {
  Version: '2008-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};
