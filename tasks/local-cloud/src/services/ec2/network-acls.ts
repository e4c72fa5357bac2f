import type * as EC2 from '@aws-sdk/client-ec2';
import { ACL_ASSOCIATION, ACL_ENTRY } from '../../catalog/ec2/network-acl.ts';
import { SUBNET } from '../../catalog/ec2/subnet.ts';
import { isDefault } from '../../catalog/ec2/vpc.ts';
import { resourcesOf, resourceWith } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';
import { textOf } from './own-records.ts';

const ACL = 'AWS::EC2::NetworkAcl';

const NOUN: Noun<EC2.NetworkAcl> = {
  type: ACL,
  idOf: ({ NetworkAclId }) => NetworkAclId,
  fields: {
    'association.association-id': ({ Associations }) => Associations?.map((one) => one.NetworkAclAssociationId),
    'association.network-acl-id': ({ Associations }) => Associations?.map(({ NetworkAclId }) => NetworkAclId),
    'association.subnet-id': ({ Associations }) => Associations?.map(({ SubnetId }) => SubnetId),
    default: ({ IsDefault }) => IsDefault,
    'network-acl-id': ({ NetworkAclId }) => NetworkAclId,
    'owner-id': ({ OwnerId }) => OwnerId,
    'vpc-id': ({ VpcId }) => VpcId,
  },
};

export function describeNetworkAcls(
  world: World,
  input: EC2.DescribeNetworkAclsRequest,
  { realm }: Call,
): EC2.DescribeNetworkAclsResult {
  const views = [...resourcesOf(world, realm, ACL)].map((record) => aclView(world, realm, record));
  const { items, more } = select(views, NOUN, { ...input, ids: input.NetworkAclIds });
  return { NetworkAcls: items, ...more };
}

/** The rule that every list ends with. */
const LAST_RULE = 32767;

function aclView(world: World, realm: Realm, record: Resource): EC2.NetworkAcl {
  const IsDefault = isDefault(world, realm, record);
  return {
    NetworkAclId: record.id,
    VpcId: textOf(record, 'VpcId'),
    OwnerId: realm.account,
    IsDefault,
    Associations: subnetsOf(world, realm, record, IsDefault),
    Entries: [
      ...(IsDefault ? [entry(100, true, 'allow'), entry(100, false, 'allow')] : []),
      ...ownEntries(world, realm, record),
      ...[entry(LAST_RULE, true, 'deny'), entry(LAST_RULE, false, 'deny')],
    ],
    Tags: tagList(record.tags),
  };
}

/** The default list is that of every subnet of its VPC that has no other. */
function subnetsOf(world: World, realm: Realm, acl: Resource, isDefaultAcl: boolean): EC2.NetworkAclAssociation[] {
  return [...resourcesOf(world, realm, SUBNET)].flatMap((subnet) => {
    const own = resourceWith(world, realm, ACL_ASSOCIATION, ({ properties }) => properties['SubnetId'] === subnet.id);
    const isInVpc = subnet.properties['VpcId'] === acl.properties['VpcId'];
    const isHere = own === undefined ? isDefaultAcl && isInVpc : own.properties['NetworkAclId'] === acl.id;
    const id = own?.id ?? String(subnet.attributes['NetworkAclAssociationId']);
    return isHere ? [{ NetworkAclAssociationId: id, NetworkAclId: acl.id, SubnetId: subnet.id }] : [];
  });
}

function ownEntries(world: World, realm: Realm, acl: Resource): EC2.NetworkAclEntry[] {
  return [...resourcesOf(world, realm, ACL_ENTRY)]
    .filter(({ properties }) => properties['NetworkAclId'] === acl.id)
    .map((record) => ({
      ...entry(
        Number(record.properties['RuleNumber']),
        String(record.properties['Egress']) === 'true',
        (textOf(record, 'RuleAction') ?? 'deny') as EC2.RuleAction,
      ),
      Protocol: textOf(record, 'Protocol'),
      CidrBlock: textOf(record, 'CidrBlock'),
      Ipv6CidrBlock: textOf(record, 'Ipv6CidrBlock'),
      PortRange: rangeView(record.properties['PortRange']),
    }));
}

function rangeView(value: unknown): EC2.PortRange | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { From, To } = value as { readonly From?: unknown; readonly To?: unknown };
  return { From: Number(From), To: Number(To) };
}

function entry(RuleNumber: number, Egress: boolean, RuleAction: EC2.RuleAction): EC2.NetworkAclEntry {
  return { RuleNumber, Egress, RuleAction, Protocol: '-1', CidrBlock: '0.0.0.0/0' };
}
