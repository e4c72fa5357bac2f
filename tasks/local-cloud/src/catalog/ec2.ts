import type { Behaviours, Making, Refusal } from './behaviour.ts';
import { resourceWith } from './resources-of.ts';
import { GATEWAY_ENDPOINT } from './seconds.ts';

export const ec2: Behaviours = {
  'AWS::EC2::VPC': {
    make: (making) => ({
      attributes: {
        CidrBlock: making.text('CidrBlock') ?? '10.0.0.0/16',
        CidrBlockAssociations: [making.id('vpc-cidr-assoc')],
        DefaultNetworkAcl: making.id('acl'),
        DefaultSecurityGroup: making.id('sg'),
        Ipv6CidrBlocks: [],
      },
    }),
  },
  'AWS::EC2::Subnet': {
    make: (making) => ({
      attributes: {
        AvailabilityZone: making.text('AvailabilityZone') ?? `${making.realm.region}a`,
        NetworkAclAssociationId: making.id('aclassoc'),
        Ipv6CidrBlocks: [],
      },
    }),
  },
  'AWS::EC2::SecurityGroup': {
    make(making) {
      const id = making.id('sg');
      return { id, attributes: { Id: id, GroupId: id }, properties: { GroupName: making.name('GroupName') } };
    },
    refuseCreate: takenGroupName,
  },
  'AWS::EC2::EIP': {
    make(making) {
      const address = publicAddress(making);
      return { ref: address, attributes: { PublicIp: address, AllocationId: making.id('eipalloc') } };
    },
  },
  'AWS::EC2::NatGateway': { make: (making) => ({ attributes: { EniId: making.id('eni') } }) },
  'AWS::EC2::VPCGatewayAttachment': {
    make: (making) => ({ attributes: { AttachmentType: making.text('VpnGatewayId') === undefined ? 'IGW' : 'VGW' } }),
  },
  'AWS::EC2::Route': {
    make: (making) => ({
      attributes: {
        CidrBlock:
          making.text('DestinationCidrBlock') ??
          making.text('DestinationIpv6CidrBlock') ??
          making.text('DestinationPrefixListId') ??
          '0.0.0.0/0',
      },
    }),
  },
  'AWS::EC2::VPCEndpoint': {
    make: endpoint,
    seconds: ({ VpcEndpointType }) => (VpcEndpointType === 'Interface' ? undefined : GATEWAY_ENDPOINT),
  },
  'AWS::EC2::Instance': {
    make(making) {
      const address = privateAddress(making);
      const host = `ip-${address.replaceAll('.', '-')}.${making.realm.region}.compute.internal`;
      return {
        attributes: {
          AvailabilityZone: making.text('AvailabilityZone') ?? `${making.realm.region}a`,
          PrivateIp: address,
          PrivateDnsName: host,
          PublicIp: publicAddress(making),
          State: 'running',
        },
      };
    },
  },
  'AWS::EC2::LaunchTemplate': {
    make: () => ({ attributes: { LatestVersionNumber: '1', DefaultVersionNumber: '1' } }),
  },
  'AWS::EC2::FlowLog': { make: flowLog },
};

function flowLog(making: Making): { id: string } {
  return { id: making.id('fl') };
}

function takenGroupName(making: Making): Refusal | undefined {
  const name = making.text('GroupName');
  if (name === undefined) return undefined;
  const vpc = making.text('VpcId');
  const other = resourceWith(
    making.world,
    making.realm,
    making.type.name,
    ({ properties }) => properties['GroupName'] === name && properties['VpcId'] === vpc,
  );
  if (!other) return undefined;
  return {
    text: `The security group '${name}' already exists for VPC '${vpc}'`,
    handlerErrorCode: 'AlreadyExists',
  };
}

function endpoint(making: Making): { attributes: Record<string, unknown> } {
  const isInterface = making.text('VpcEndpointType') === 'Interface';
  const subnets = making.properties['SubnetIds'];
  const interfaces = isInterface && Array.isArray(subnets) ? subnets.map(() => making.id('eni')) : [];
  const id = making.id('vpce');
  const service = making.text('ServiceName')?.split('.').at(-1) ?? 'service';
  const host = `${id}-${making.world.hex(8)}.${service}.${making.realm.region}.vpce.amazonaws.com`;
  return {
    attributes: {
      Id: id,
      NetworkInterfaceIds: interfaces,
      DnsEntries: isInterface ? [`Z38GZ743OKFT7T:${host}`] : [],
      CreationTimestamp: new Date(making.world.now).toISOString(),
    },
  };
}

/** An address of the block that most Elastic IPs come from. */
function publicAddress(making: Making): string {
  return `52.${octet(making)}.${octet(making)}.${octet(making)}`;
}

function privateAddress(making: Making): string {
  return `10.${octet(making)}.${octet(making)}.${octet(making)}`;
}

function octet(making: Making): number {
  return 1 + Math.floor(making.world.random() * 253);
}
