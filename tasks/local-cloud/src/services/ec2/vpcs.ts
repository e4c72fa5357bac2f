import type * as EC2 from '@aws-sdk/client-ec2';
import { isTrue } from '../../catalog/ec2/is-true.ts';
import { VPC, vpcStates } from '../../catalog/ec2/vpc.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { create, recordOf, remove, tagsFor } from './own-records.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';

const NOUN: Noun<EC2.Vpc> = {
  type: VPC,
  idOf: ({ VpcId }) => VpcId,
  fields: {
    'vpc-id': ({ VpcId }) => VpcId,
    cidr: ({ CidrBlock }) => CidrBlock,
    'cidr-block-association.cidr-block': ({ CidrBlockAssociationSet }) =>
      CidrBlockAssociationSet?.map(({ CidrBlock }) => CidrBlock),
    'cidr-block-association.association-id': ({ CidrBlockAssociationSet }) =>
      CidrBlockAssociationSet?.map(({ AssociationId }) => AssociationId),
    'dhcp-options-id': ({ DhcpOptionsId }) => DhcpOptionsId,
    'is-default': ({ IsDefault }) => IsDefault,
    isDefault: ({ IsDefault }) => IsDefault,
    'owner-id': ({ OwnerId }) => OwnerId,
    state: ({ State }) => State,
  },
};

export function describeVpcs(world: World, input: EC2.DescribeVpcsRequest, { realm }: Call): EC2.DescribeVpcsResult {
  const views = [...resourcesOf(world, realm, VPC)].map((record) => vpcView(world, realm, record));
  const { items, more } = select(views, NOUN, { ...input, ids: input.VpcIds });
  return { Vpcs: items, ...more };
}

export function createVpc(world: World, input: EC2.CreateVpcRequest, { realm }: Call): EC2.CreateVpcResult {
  if (input.CidrBlock === undefined) {
    throw new ServiceError('MissingParameter', 'Either cidrBlock or ipv4IpamPoolId must be provided');
  }
  const properties = { CidrBlock: input.CidrBlock, InstanceTenancy: input.InstanceTenancy };
  const record = create(world, realm, VPC, properties, tagsFor(input.TagSpecifications, 'vpc'));
  return { Vpc: { ...vpcView(world, realm, record), State: 'pending' } };
}

export function deleteVpc(world: World, { VpcId }: EC2.DeleteVpcRequest, { realm }: Call): object {
  remove(world, realm, VPC, VpcId);
  return {};
}

const ATTRIBUTES: Readonly<Record<string, readonly [property: string, fallback: boolean]>> = {
  enableDnsSupport: ['EnableDnsSupport', true],
  enableDnsHostnames: ['EnableDnsHostnames', false],
  enableNetworkAddressUsageMetrics: ['EnableNetworkAddressUsageMetrics', false],
};

export function describeVpcAttribute(
  world: World,
  { VpcId, Attribute = '' as EC2.VpcAttributeName }: EC2.DescribeVpcAttributeRequest,
  { realm }: Call,
): EC2.DescribeVpcAttributeResult {
  const { id, properties } = recordOf(world, realm, VPC, VpcId);
  const known = ATTRIBUTES[Attribute];
  if (known === undefined) {
    const text = `Value (${Attribute}) for parameter attribute is invalid. Unknown attribute.`;
    throw new ServiceError('InvalidParameterValue', text);
  }
  const [property, fallback] = known;
  return { VpcId: id, [property]: { Value: isTrue(properties[property] ?? fallback) } };
}

export function modifyVpcAttribute(world: World, input: EC2.ModifyVpcAttributeRequest, { realm }: Call): object {
  const record = recordOf(world, realm, VPC, input.VpcId);
  const given = [input.EnableDnsSupport, input.EnableDnsHostnames, input.EnableNetworkAddressUsageMetrics];
  if (given.filter((one) => one !== undefined).length !== 1) {
    throw new ServiceError('InvalidParameterCombination', 'Fields for multiple attribute types specified');
  }
  const { EnableDnsSupport, EnableDnsHostnames, EnableNetworkAddressUsageMetrics } = input;
  const changes = Object.entries({ EnableDnsSupport, EnableDnsHostnames, EnableNetworkAddressUsageMetrics });
  setProperties(world, realm, record, {
    ...Object.fromEntries(changes.flatMap(([name, value]) => (value === undefined ? [] : [[name, value.Value]]))),
  });
  return {};
}

function vpcView(world: World, realm: Realm, record: Resource): EC2.Vpc {
  const { id, properties, attributes, tags } = record;
  const [first] = attributes['CidrBlockAssociations'] as readonly string[];
  const cidr = String(attributes['CidrBlock']);
  const added = [...resourcesOf(world, realm, 'AWS::EC2::VPCCidrBlock')].filter(
    (block) => block.properties['VpcId'] === id && block.properties['CidrBlock'] !== undefined,
  );
  const blocks = [
    [first ?? '', cidr],
    ...added.map((block) => [block.id.split('|')[0] ?? '', String(block.properties['CidrBlock'])]),
  ];
  return {
    VpcId: id,
    OwnerId: realm.account,
    CidrBlock: cidr,
    State: 'available',
    DhcpOptionsId: vpcStates(world, realm).get(id)?.dhcpOptionsId ?? 'default',
    InstanceTenancy: (properties['InstanceTenancy'] ?? 'default') as EC2.Tenancy,
    IsDefault: false,
    Ipv6CidrBlockAssociationSet: [],
    CidrBlockAssociationSet: blocks.map(([AssociationId = '', CidrBlock = '']) => ({
      AssociationId,
      CidrBlock,
      CidrBlockState: { State: 'associated' },
    })),
    Tags: tagList(tags),
  };
}
