import {
  DescribeAddressesCommand,
  EC2Client,
  paginateDescribeNetworkInterfaces,
  paginateDescribeSecurityGroups,
  paginateDescribeSnapshots,
  paginateDescribeVolumes,
  paginateDescribeVpcEndpoints,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type { CallCounter } from '../call-counter.ts';
import { clientOf } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import { arnOf, tagsOf, type Scope, type Sighting } from './sighting.ts';

/** Interfaces, groups, addresses, endpoints, volumes and snapshots: what services leave in a network, and what storage outlives it. */
export async function findNetworksAndVolumes(
  settings: ClientSettings,
  counter: CallCounter,
  scope: Scope,
): Promise<readonly Sighting[]> {
  const client = clientOf(EC2Client, 'ec2', settings, counter);
  const found = await Promise.all([
    findInterfaces(client, scope),
    findGroups(client, scope),
    findAddresses(client, scope),
    findEndpoints(client, scope),
    findVolumes(client, scope),
    findSnapshots(client, scope),
  ]);
  return found.flat();
}

/** A load balancer's says which one it is of, a task's only by its groups. */
async function findInterfaces(client: EC2Client, { region, account }: Scope): Promise<Sighting[]> {
  const found: Sighting[] = [];
  for await (const { NetworkInterfaces = [] } of paginateDescribeNetworkInterfaces({ client }, {})) {
    for (const one of NetworkInterfaces) {
      const { NetworkInterfaceId: id = '', OwnerId: owner = account, VpcId, Description = '', Groups = [] } = one;
      const tags = tagsOf(one.TagSet);
      const names = [tags['Name'] ?? '', Description, ...Groups.map(({ GroupName = '' }) => GroupName)];
      const arn = arnOf('ec2', region, owner, `network-interface/${id}`);
      found.push({ arn, type: 'AWS::EC2::NetworkInterface', id, names, tags, owner, ...inNetwork(VpcId) });
    }
  }
  return found;
}

/** Each network has a group named default, which goes with it. */
async function findGroups(client: EC2Client, { region, account }: Scope): Promise<Sighting[]> {
  const found: Sighting[] = [];
  for await (const { SecurityGroups = [] } of paginateDescribeSecurityGroups({ client }, {})) {
    for (const one of SecurityGroups) {
      const { GroupId: id = '', GroupName = '', OwnerId: owner = account, VpcId } = one;
      if (GroupName === 'default') continue;
      const tags = tagsOf(one.Tags);
      const arn = arnOf('ec2', region, owner, `security-group/${id}`);
      const names = [GroupName, tags['Name'] ?? ''];
      found.push({ arn, type: 'AWS::EC2::SecurityGroup', id, names, tags, owner, ...inNetwork(VpcId) });
    }
  }
  return found;
}

async function findAddresses(client: EC2Client, { region, account }: Scope): Promise<Sighting[]> {
  const { Addresses = [] } = await client.send(new DescribeAddressesCommand({}));
  return Addresses.map(({ AllocationId = '', PublicIp = '', Tags }) => {
    const tags = tagsOf(Tags);
    return {
      arn: arnOf('ec2', region, account, `elastic-ip/${AllocationId}`),
      type: 'AWS::EC2::EIP',
      // What Cloud Control takes.
      id: `${PublicIp}|${AllocationId}`,
      names: [tags['Name'] ?? ''],
      tags,
    };
  });
}

/** Cloud Control's identifier of a public address; undefined where it is released. */
export async function findAddress(
  settings: ClientSettings,
  counter: CallCounter,
  ip: string,
): Promise<string | undefined> {
  const client = clientOf(EC2Client, 'ec2', settings, counter);
  const filter = { Filters: [{ Name: 'public-ip', Values: [ip] }] };
  const [address] = (await client.send(new DescribeAddressesCommand(filter))).Addresses ?? [];
  return address === undefined ? undefined : `${ip}|${address.AllocationId ?? ''}`;
}

/** A deleted one goes on being listed for a while. */
async function findEndpoints(client: EC2Client, { region, account }: Scope): Promise<Sighting[]> {
  const found: Sighting[] = [];
  for await (const { VpcEndpoints = [] } of paginateDescribeVpcEndpoints({ client }, {})) {
    for (const one of VpcEndpoints) {
      const { VpcEndpointId: id = '', OwnerId: owner = account, State, VpcId } = one;
      if (State?.toLowerCase() === 'deleted') continue;
      const tags = tagsOf(one.Tags);
      const arn = arnOf('ec2', region, owner, `vpc-endpoint/${id}`);
      const names = [tags['Name'] ?? ''];
      found.push({
        ...{ arn, type: 'AWS::EC2::VPCEndpoint', id, names, tags, owner },
        ...inNetwork(VpcId),
        ...endpointCharge(one),
      });
    }
  }
  return found;
}

/** One with interfaces is charged for each zone; one of a gateway, for S3 or DynamoDB, is not charged. */
function endpointCharge({ VpcEndpointType, SubnetIds = [] }: VpcEndpoint): Pick<Sighting, 'charge'> {
  if (VpcEndpointType === 'Interface') return { charge: { row: 'endpoint-interface', quantity: SubnetIds.length } };
  return VpcEndpointType === 'Gateway' ? { charge: { row: 'endpoint-gateway', quantity: 1 } } : {};
}

async function findVolumes(client: EC2Client, { region, account }: Scope): Promise<Sighting[]> {
  const found: Sighting[] = [];
  for await (const { Volumes = [] } of paginateDescribeVolumes({ client }, {})) {
    for (const { VolumeId: id = '', Tags, VolumeType = 'gp2', Size } of Volumes) {
      const tags = tagsOf(Tags);
      found.push({
        ...{ arn: arnOf('ec2', region, account, `volume/${id}`), type: 'AWS::EC2::Volume', id, tags },
        names: [tags['Name'] ?? ''],
        ...(Size === undefined ? {} : { charge: { row: `volume-${VolumeType}`, quantity: Size } }),
      });
    }
  }
  return found;
}

/** Only what the account owns: everybody's public snapshots would be listed otherwise. */
async function findSnapshots(client: EC2Client, { region }: Scope): Promise<Sighting[]> {
  const found: Sighting[] = [];
  for await (const { Snapshots = [] } of paginateDescribeSnapshots({ client }, { OwnerIds: ['self'] })) {
    for (const { SnapshotId: id = '', Tags, Description = '', VolumeSize, OwnerId } of Snapshots) {
      const tags = tagsOf(Tags);
      found.push({
        ...{ arn: arnOf('ec2', region, '', `snapshot/${id}`), type: 'AWS::EC2::Snapshot', id, tags },
        names: [tags['Name'] ?? '', Description],
        ...(OwnerId === undefined ? {} : { owner: OwnerId }),
        ...(VolumeSize === undefined ? {} : { charge: { row: 'snapshot-ebs', quantity: VolumeSize } }),
      });
    }
  }
  return found;
}

function inNetwork(network: string | undefined): { network?: string } {
  return network === undefined || network === '' ? {} : { network };
}
