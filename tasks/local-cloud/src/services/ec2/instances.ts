import type * as EC2 from '@aws-sdk/client-ec2';
import { INSTANCE } from '../../catalog/ec2/instance.ts';
import { enter, lifecycles, turnLater } from '../../catalog/ec2/lifecycle.ts';
import { idsIn } from '../../catalog/ec2/references.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { interfacesOf } from '../../catalog/network-interfaces.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { groupName } from './network-interfaces.ts';
import { recordOf, removeLater, textOf } from './own-records.ts';
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
  const together = new Map<string, EC2.Instance[]>();
  for (const instance of items) {
    const id = reservationId(world, realm, instance);
    together.set(id, [...(together.get(id) ?? []), instance]);
  }
  return { Reservations: [...together.values()].map((instances) => reservation(world, realm, instances)), ...more };
}

const STATUS_NOUN: Noun<EC2.InstanceStatus> = {
  type: INSTANCE,
  idOf: ({ InstanceId }) => InstanceId,
  fields: {
    'availability-zone': ({ AvailabilityZone }) => AvailabilityZone,
    'instance-state-code': ({ InstanceState }) => InstanceState?.Code,
    'instance-state-name': ({ InstanceState }) => InstanceState?.Name,
    'instance-status.status': ({ InstanceStatus }) => InstanceStatus?.Status,
    'system-status.status': ({ SystemStatus }) => SystemStatus?.Status,
  },
};

/** Instances that do not run are left out unless they are asked for. */
export function describeInstanceStatus(
  world: World,
  input: EC2.DescribeInstanceStatusRequest,
  { realm }: Call,
): EC2.DescribeInstanceStatusResult {
  const all = [...resourcesOf(world, realm, INSTANCE)].map((record) => statusView(world, realm, record));
  const { items, more } = select(all, STATUS_NOUN, { ...input, ids: input.InstanceIds });
  const shown = items.filter(
    ({ InstanceState }) => input.IncludeAllInstances === true || InstanceState?.Name === 'running',
  );
  return { InstanceStatuses: shown, ...more };
}

function statusView(world: World, realm: Realm, record: Resource): EC2.InstanceStatus {
  const { State: InstanceState, Placement } = instanceView(world, realm, record);
  const isRunning = InstanceState?.Name === 'running';
  const summary: EC2.InstanceStatusSummary = {
    Status: isRunning ? 'ok' : 'not-applicable',
    ...(isRunning ? { Details: [{ Name: 'reachability', Status: 'passed' }] } : {}),
  };
  const AvailabilityZone = Placement?.AvailabilityZone;
  const checks = { InstanceStatus: summary, SystemStatus: summary };
  return { InstanceId: record.id, AvailabilityZone, InstanceState, ...checks };
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

/** Instances that were run by one request are one reservation. */
export function reservation(world: World, realm: Realm, instances: EC2.Instance[]): EC2.Reservation {
  const [first = {}] = instances;
  const ReservationId = reservationId(world, realm, first);
  return { ReservationId, OwnerId: realm.account, Groups: [], Instances: instances };
}

function reservationId(world: World, realm: Realm, { InstanceId = '' }: EC2.Instance): string {
  return lifecycles(world, realm).get(InstanceId)?.reservationId ?? InstanceId.replace(/^i-/, 'r-');
}

export function instanceView(world: World, realm: Realm, record: Resource): EC2.Instance {
  const { attributes, properties } = record;
  const state = lifecycles(world, realm).get(record.id)?.state ?? 'running';
  const text = (name: string): string | undefined => String(attributes[name] ?? '') || undefined;
  const profile = textOf(record, 'IamInstanceProfile');
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
    IamInstanceProfile:
      profile === undefined ? undefined : { Arn: `arn:aws:iam::${realm.account}:instance-profile/${profile}` },
    SecurityGroups: groups.map((id) => groupName(world, realm, id)),
    SourceDestCheck: properties['SourceDestCheck'] !== false,
    Tags: tagList(record.tags),
  };
}
