import type * as EC2 from '@aws-sdk/client-ec2';
import { INSTANCE } from '../../catalog/ec2/instance.ts';
import { enter, lifecycles, turnLater } from '../../catalog/ec2/lifecycle.ts';
import { idsIn } from '../../catalog/ec2/references.ts';
import { interfacesOf } from '../../catalog/network-interfaces.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { groupName } from './network-interfaces.ts';
import { create, recordOf, removeLater, tagsFor, textOf } from './own-records.ts';
import { withRemains } from './remains.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';

const NOUN: Noun<EC2.Instance> = {
  type: INSTANCE,
  idOf: ({ InstanceId }) => InstanceId,
  fields: {
    'availability-zone': ({ Placement }) => Placement?.AvailabilityZone,
    'image-id': ({ ImageId }) => ImageId,
    'instance-id': ({ InstanceId }) => InstanceId,
    'instance-state-code': ({ State }) => State?.Code,
    'instance-state-name': ({ State }) => State?.Name,
    'instance-type': ({ InstanceType }) => InstanceType,
    'instance.group-id': ({ SecurityGroups }) => SecurityGroups?.map(({ GroupId }) => GroupId),
    'instance.group-name': ({ SecurityGroups }) => SecurityGroups?.map(({ GroupName }) => GroupName),
    'key-name': ({ KeyName }) => KeyName,
    'private-ip-address': ({ PrivateIpAddress }) => PrivateIpAddress,
    'subnet-id': ({ SubnetId }) => SubnetId,
    'vpc-id': ({ VpcId }) => VpcId,
  },
};

/** The codes that states have beside their names. */
const CODES: Readonly<Record<string, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

const STOP_MS = 30_000;
const START_MS = 15_000;

export function describeInstances(
  world: World,
  input: EC2.DescribeInstancesRequest,
  { realm }: Call,
): EC2.DescribeInstancesResult {
  const views = withRemains(world, realm, INSTANCE).map((record) => instanceView(world, realm, record));
  const { items, more } = select(views, NOUN, { ...input, ids: input.InstanceIds });
  return { Reservations: items.map((instance) => reservation(realm, [instance])), ...more };
}

export function runInstances(world: World, input: EC2.RunInstancesRequest, { realm }: Call): EC2.Reservation {
  const { ImageId, InstanceType, KeyName, SubnetId, SecurityGroupIds, UserData, MinCount = 1, MaxCount = 1 } = input;
  if (MinCount < 1 || MaxCount < MinCount) {
    const text = `Value (${MinCount}) for parameter minCount is invalid. It must be between 1 and maxCount.`;
    throw new ServiceError('InvalidParameterValue', text);
  }
  if (ImageId === undefined && input.LaunchTemplate === undefined) {
    throw new ServiceError('MissingParameter', 'The request must contain the parameter ImageId');
  }
  const ownTags = input.TagSpecifications?.filter(({ ResourceType }) => ResourceType === 'instance');
  const tags = tagsFor(ownTags, 'instance');
  const { DisableApiTermination } = input;
  const properties = { ImageId, InstanceType, KeyName, SubnetId, SecurityGroupIds, UserData, DisableApiTermination };
  const made = Array.from({ length: MaxCount }, () => create(world, realm, INSTANCE, properties, tags));
  return reservation(
    realm,
    made.map((record) => instanceView(world, realm, record)),
  );
}

export function terminateInstances(
  world: World,
  { InstanceIds = [] }: EC2.TerminateInstancesRequest,
  { realm }: Call,
): EC2.TerminateInstancesResult {
  return {
    TerminatingInstances: InstanceIds.map((id) =>
      changing(world, realm, id, (state) => {
        if (state !== 'shutting-down' && state !== 'terminated') removeLater(world, realm, INSTANCE, id);
      }),
    ),
  };
}

export function stopInstances(
  world: World,
  { InstanceIds = [] }: EC2.StopInstancesRequest,
  { realm }: Call,
): EC2.StopInstancesResult {
  return {
    StoppingInstances: InstanceIds.map((id) =>
      changing(world, realm, id, (state) => {
        if (state === 'running') turn(world, realm, { id, through: 'stopping', to: 'stopped', afterMs: STOP_MS });
        else if (state !== 'stopped' && state !== 'stopping') throw wrongState(id, 'stopped');
      }),
    ),
  };
}

export function startInstances(
  world: World,
  { InstanceIds = [] }: EC2.StartInstancesRequest,
  { realm }: Call,
): EC2.StartInstancesResult {
  return {
    StartingInstances: InstanceIds.map((id) =>
      changing(world, realm, id, (state) => {
        if (state === 'stopped') turn(world, realm, { id, through: 'pending', to: 'running', afterMs: START_MS });
        else if (state !== 'running' && state !== 'pending') throw wrongState(id, 'started');
      }),
    ),
  };
}

interface Turn {
  readonly id: string;
  readonly through: string;
  readonly to: string;
  readonly afterMs: number;
}

function turn(world: World, realm: Realm, { id, through, to, afterMs }: Turn): void {
  enter(world, realm, id, through);
  turnLater(world, realm, { id, from: through, to, afterMs });
}

function wrongState(id: string, done: string): ServiceError {
  const text = `The instance '${id}' is not in a state from which it can be ${done}.`;
  return new ServiceError('IncorrectInstanceState', text);
}

/** Does something with an instance, and says what state it was in and is in now. */
function changing(world: World, realm: Realm, id: string, change: (state: string) => void): EC2.InstanceStateChange {
  const stateOf = (): string => lifecycles(world, realm).get(id)?.state ?? 'running';
  const before = stateOf();
  if (before !== 'terminated') recordOf(world, realm, INSTANCE, id);
  change(before);
  return { InstanceId: id, PreviousState: stateView(before), CurrentState: stateView(stateOf()) };
}

function stateView(name: string): EC2.InstanceState {
  return { Name: name as EC2.InstanceStateName, Code: CODES[name] };
}

function reservation(realm: Realm, instances: EC2.Instance[]): EC2.Reservation {
  const id = instances[0]?.InstanceId?.replace(/^i-/, 'r-');
  return { ReservationId: id, OwnerId: realm.account, Groups: [], Instances: instances };
}

function instanceView(world: World, realm: Realm, record: Resource): EC2.Instance {
  const { attributes, properties } = record;
  const state = lifecycles(world, realm).get(record.id)?.state ?? 'running';
  const text = (name: string): string | undefined => String(attributes[name] ?? '') || undefined;
  const groups = interfacesOf(world, realm, record.id).flatMap((own) => idsIn(own.properties['GroupSet']));
  return {
    InstanceId: record.id,
    ImageId: textOf(record, 'ImageId'),
    InstanceType: (textOf(record, 'InstanceType') ?? 'm1.small') as EC2._InstanceType,
    KeyName: textOf(record, 'KeyName'),
    State: stateView(state),
    LaunchTime: new Date(record.createdAt),
    Placement: { AvailabilityZone: text('AvailabilityZone'), Tenancy: 'default' },
    ...(state === 'terminated'
      ? {}
      : {
          SubnetId: textOf(record, 'SubnetId'),
          VpcId: text('VpcId'),
          PrivateIpAddress: text('PrivateIp'),
          PrivateDnsName: text('PrivateDnsName'),
          PublicIpAddress: text('PublicIp'),
        }),
    SecurityGroups: groups.map((id) => groupName(world, realm, id)),
    SourceDestCheck: properties['SourceDestCheck'] !== false,
    Tags: tagList(record.tags),
  };
}
