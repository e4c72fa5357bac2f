import type * as EC2 from '@aws-sdk/client-ec2';
import { rulesOf, SECURITY_GROUP } from '../../catalog/ec2/security-group-rule.ts';
import type { GroupRule } from '../../catalog/ec2/security-group-rule.ts';
import { deleteRecord } from '../../catalog/record.ts';
import { resourcesOf, resourceWith } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { create, recordOf, required, tagsFor, textOf } from './own-records.ts';
import { permissionsOf } from './permissions.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';

type Field = (permission: EC2.IpPermission) => readonly (string | undefined)[];

/** Each filter of permissions stands once for what comes in and once for what goes out. */
const PERMISSION_FIELDS: Readonly<Record<string, Field>> = {
  cidr: ({ IpRanges = [] }) => IpRanges.map(({ CidrIp }) => CidrIp),
  'from-port': ({ FromPort }) => (FromPort === undefined ? [] : [String(FromPort)]),
  'group-id': ({ UserIdGroupPairs = [] }) => UserIdGroupPairs.map(({ GroupId }) => GroupId),
  'prefix-list-id': ({ PrefixListIds = [] }) => PrefixListIds.map(({ PrefixListId }) => PrefixListId),
  protocol: ({ IpProtocol }) => [IpProtocol],
  'to-port': ({ ToPort }) => (ToPort === undefined ? [] : [String(ToPort)]),
};

const NOUN: Noun<EC2.SecurityGroup> = {
  type: SECURITY_GROUP,
  idOf: ({ GroupId }) => GroupId,
  fields: {
    'group-id': ({ GroupId }) => GroupId,
    'group-name': ({ GroupName }) => GroupName,
    description: ({ Description }) => Description,
    'vpc-id': ({ VpcId }) => VpcId,
    'owner-id': ({ OwnerId }) => OwnerId,
    ...Object.fromEntries(
      Object.entries(PERMISSION_FIELDS).flatMap(([name, field]) => [
        [`ip-permission.${name}`, ({ IpPermissions = [] }: EC2.SecurityGroup) => IpPermissions.flatMap(field)],
        [
          `egress.ip-permission.${name}`,
          ({ IpPermissionsEgress = [] }: EC2.SecurityGroup) => IpPermissionsEgress.flatMap(field),
        ],
      ]),
    ),
  },
};

export function describeSecurityGroups(
  world: World,
  input: EC2.DescribeSecurityGroupsRequest,
  { realm }: Call,
): EC2.DescribeSecurityGroupsResult {
  const all = [...resourcesOf(world, realm, SECURITY_GROUP)].map((record) => groupView(world, realm, record));
  const { GroupNames: names = [] } = input;
  const absent = names.find((name) => !all.some(({ GroupName }) => GroupName === name));
  if (absent !== undefined) {
    throw new ServiceError('InvalidGroup.NotFound', `The security group '${absent}' does not exist`);
  }
  const views = names.length === 0 ? all : all.filter(({ GroupName }) => names.includes(GroupName ?? ''));
  const { items, more } = select(views, NOUN, { ...input, ids: input.GroupIds });
  return { SecurityGroups: items, ...more };
}

export function createSecurityGroup(
  world: World,
  input: EC2.CreateSecurityGroupRequest,
  { realm }: Call,
): EC2.CreateSecurityGroupResult {
  const GroupName = required(input.GroupName, 'GroupName');
  const GroupDescription = required(input.Description, 'GroupDescription');
  if (input.VpcId === undefined) throw new ServiceError('VPCIdNotSpecified', 'No default VPC for this user');
  const properties = { GroupName, GroupDescription, VpcId: input.VpcId };
  const tags = tagsFor(input.TagSpecifications, 'security-group');
  const record = create(world, realm, SECURITY_GROUP, properties, tags);
  return { GroupId: record.id, SecurityGroupArn: record.arn, Tags: tagList(tags) };
}

export function deleteSecurityGroup(
  world: World,
  input: EC2.DeleteSecurityGroupRequest,
  { realm }: Call,
): EC2.DeleteSecurityGroupResult {
  const { id } = groupOf(world, realm, input);
  deleteRecord({ world, realm, type: SECURITY_GROUP, id });
  return { Return: true, GroupId: id };
}

/** @throws ServiceError where neither id nor name is a group's */
export function groupOf(
  world: World,
  realm: Realm,
  { GroupId, GroupName }: { readonly GroupId?: string | undefined; readonly GroupName?: string | undefined },
): Resource {
  if (GroupId !== undefined) return recordOf(world, realm, SECURITY_GROUP, GroupId);
  if (GroupName === undefined) {
    throw new ServiceError('MissingParameter', 'The request must contain the parameter groupName or groupId');
  }
  const named = resourceWith(world, realm, SECURITY_GROUP, (group) => textOf(group, 'GroupName') === GroupName);
  if (named !== undefined) return named;
  throw new ServiceError('InvalidGroup.NotFound', `The security group '${GroupName}' does not exist`);
}

function groupView(world: World, realm: Realm, record: Resource): EC2.SecurityGroup {
  const rules = rulesOf(world, realm, record);
  const going = (isEgress: boolean): GroupRule[] => rules.filter((rule) => rule.isEgress === isEgress);
  return {
    GroupId: record.id,
    GroupName: textOf(record, 'GroupName'),
    Description: textOf(record, 'GroupDescription'),
    VpcId: textOf(record, 'VpcId'),
    OwnerId: realm.account,
    SecurityGroupArn: record.arn,
    IpPermissions: permissionsOf(going(false), realm),
    IpPermissionsEgress: permissionsOf(going(true), realm),
    Tags: tagList(record.tags),
  };
}
