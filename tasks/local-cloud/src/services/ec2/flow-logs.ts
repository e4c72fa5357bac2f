import type * as EC2 from '@aws-sdk/client-ec2';
import { missing } from '../../catalog/ec2/references.ts';
import { SUBNET } from '../../catalog/ec2/subnet.ts';
import { VPC } from '../../catalog/ec2/vpc.ts';
import { NETWORK_INTERFACE } from '../../catalog/network-interfaces.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { dropRecord, findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { madeOnce } from './made-once.ts';
import { create, recordOf, tagsFor, textOf } from './own-records.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';

const FLOW_LOG = 'AWS::EC2::FlowLog';

const NOUN: Noun<EC2.FlowLog> = {
  type: FLOW_LOG,
  idOf: ({ FlowLogId }) => FlowLogId,
  fields: {
    'deliver-log-status': ({ DeliverLogsStatus }) => DeliverLogsStatus,
    'flow-log-id': ({ FlowLogId }) => FlowLogId,
    'log-destination-type': ({ LogDestinationType }) => LogDestinationType,
    'log-group-name': ({ LogGroupName }) => LogGroupName,
    'resource-id': ({ ResourceId }) => ResourceId,
    'traffic-type': ({ TrafficType }) => TrafficType,
  },
};

export function describeFlowLogs(
  world: World,
  input: EC2.DescribeFlowLogsRequest,
  { realm }: Call,
): EC2.DescribeFlowLogsResult {
  const views = [...resourcesOf(world, realm, FLOW_LOG)].map(flowLogView);
  // As with NAT gateways, the filters are called by the singular.
  const { items, more } = select(views, NOUN, { ...input, ids: input.FlowLogIds, Filters: input.Filter });
  return { FlowLogs: items, ...more };
}

const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  NetworkInterface: NETWORK_INTERFACE,
  Subnet: SUBNET,
  VPC,
};

export function createFlowLogs(
  world: World,
  input: EC2.CreateFlowLogsRequest,
  { realm }: Call,
): EC2.CreateFlowLogsResult {
  const { ResourceIds = [], ResourceType = 'VPC' } = input;
  const type = RESOURCE_TYPES[ResourceType];
  if (type === undefined) {
    const text = `The local cloud does not simulate flow logs of a ${ResourceType}`;
    throw new ServiceError('NotImplemented', text, 501);
  }
  const tags = tagsFor(input.TagSpecifications, 'vpc-flow-log');
  const made = madeOnce(world, realm, input, () =>
    ResourceIds.map((ResourceId) => {
      recordOf(world, realm, type, ResourceId);
      return create(world, realm, FLOW_LOG, flowLogProperties(input, ResourceId, ResourceType), tags);
    }),
  );
  const { ClientToken } = input;
  return { ClientToken, FlowLogIds: made.map(({ id }) => id), Unsuccessful: [] };
}

function flowLogProperties(
  input: EC2.CreateFlowLogsRequest,
  ResourceId: string,
  ResourceType: string,
): Record<string, unknown> {
  const { DeliverLogsPermissionArn, LogDestination, LogDestinationType, LogFormat, LogGroupName } = input;
  const { MaxAggregationInterval, TrafficType } = input;
  return {
    ...{ ResourceId, ResourceType, DeliverLogsPermissionArn, LogDestination, LogDestinationType },
    ...{ LogFormat, LogGroupName, MaxAggregationInterval, TrafficType },
  };
}

export function deleteFlowLogs(
  world: World,
  { FlowLogIds = [] }: EC2.DeleteFlowLogsRequest,
  { realm }: Call,
): EC2.DeleteFlowLogsResult {
  const Unsuccessful: EC2.UnsuccessfulItem[] = [];
  for (const id of FlowLogIds) {
    const record = findRecord(world, realm, FLOW_LOG, id);
    const { code, text } = missing(FLOW_LOG, id);
    if (record === undefined) Unsuccessful.push({ ResourceId: id, Error: { Code: code, Message: text } });
    else dropRecord(world, realm, record);
  }
  return { Unsuccessful };
}

function flowLogView(record: Resource): EC2.FlowLog {
  const interval = record.properties['MaxAggregationInterval'];
  return {
    FlowLogId: record.id,
    FlowLogStatus: 'ACTIVE',
    DeliverLogsStatus: 'SUCCESS',
    DeliverLogsPermissionArn: textOf(record, 'DeliverLogsPermissionArn'),
    LogDestination: textOf(record, 'LogDestination'),
    LogDestinationType: (textOf(record, 'LogDestinationType') ?? 'cloud-watch-logs') as EC2.LogDestinationType,
    LogGroupName: textOf(record, 'LogGroupName'),
    ResourceId: textOf(record, 'ResourceId'),
    TrafficType: textOf(record, 'TrafficType') as EC2.TrafficType,
    MaxAggregationInterval: Number(interval ?? 600),
    CreationTime: new Date(record.createdAt),
    Tags: tagList(record.tags),
  };
}
