import type * as EC2 from '@aws-sdk/client-ec2';
import { INSTANCE } from '../../catalog/ec2/instance.ts';
import { isTrue } from '../../catalog/ec2/is-true.ts';
import { lifecycles } from '../../catalog/ec2/lifecycle.ts';
import { groupsElsewhere } from '../../catalog/ec2/network-interface.ts';
import { absentRefusal } from '../../catalog/ec2/references.ts';
import { SECURITY_GROUP } from '../../catalog/ec2/security-group-rule.ts';
import { interfacesOf } from '../../catalog/network-interfaces.ts';
import { serviceError } from '../../catalog/record.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { recordOf, textOf } from './own-records.ts';

export function describeInstanceAttribute(
  world: World,
  { InstanceId, Attribute }: EC2.DescribeInstanceAttributeRequest,
  { realm }: Call,
): EC2.InstanceAttribute {
  const record = recordOf(world, realm, INSTANCE, InstanceId);
  const known = ATTRIBUTES[Attribute ?? ''];
  if (known !== undefined) return { InstanceId: record.id, ...known(record) };
  const text = `The local cloud does not simulate the attribute ${Attribute} in ec2:DescribeInstanceAttribute`;
  throw new ServiceError('NotImplemented', text, 501);
}

const ATTRIBUTES: Readonly<Record<string, (record: Resource) => EC2.InstanceAttribute>> = {
  disableApiTermination: ({ properties }) => ({
    DisableApiTermination: { Value: isTrue(properties['DisableApiTermination']) },
  }),
  instanceType: (record) => ({ InstanceType: { Value: textOf(record, 'InstanceType') ?? 'm1.small' } }),
  sourceDestCheck: ({ properties }) => ({ SourceDestCheck: { Value: properties['SourceDestCheck'] !== false } }),
  userData: (record) => ({ UserData: { Value: textOf(record, 'UserData') } }),
};

const CHANGEABLE: ReadonlySet<string> = new Set([
  ...['DisableApiTermination', 'Groups', 'InstanceType', 'SourceDestCheck'],
  ...['DryRun', 'InstanceId'],
]);

export function modifyInstanceAttribute(
  world: World,
  input: EC2.ModifyInstanceAttributeRequest,
  { realm }: Call,
): object {
  const record = recordOf(world, realm, INSTANCE, input.InstanceId);
  const other = Object.entries(input).find(([name, value]) => value !== undefined && !CHANGEABLE.has(name));
  if (other !== undefined) {
    const text = `The local cloud does not simulate ${other[0]} in ec2:ModifyInstanceAttribute`;
    throw new ServiceError('NotImplemented', text, 501);
  }
  const { DisableApiTermination, Groups, InstanceType, SourceDestCheck } = input;
  if (InstanceType !== undefined && lifecycles(world, realm).get(record.id)?.state !== 'stopped') {
    const text = `The instance '${record.id}' is not in the 'stopped' state.`;
    throw new ServiceError('IncorrectInstanceState', text);
  }
  const changes = Object.entries({ DisableApiTermination, InstanceType, SourceDestCheck });
  const given = changes.flatMap(([name, value]) => (value === undefined ? [] : [[name, value.Value]]));
  const changed = setProperties(world, realm, record, Object.fromEntries(given));
  if (Groups !== undefined) regroup(world, realm, changed, Groups);
  return {};
}

function regroup(world: World, realm: Realm, record: Resource, groups: readonly string[]): void {
  const refused =
    absentRefusal(world, realm, SECURITY_GROUP, groups) ??
    groupsElsewhere(world, realm, textOf(record, 'SubnetId'), groups);
  if (refused !== undefined) throw serviceError(refused);
  setProperties(world, realm, record, { SecurityGroupIds: [...groups] });
  for (const own of interfacesOf(world, realm, record.id)) setProperties(world, realm, own, { GroupSet: [...groups] });
}
