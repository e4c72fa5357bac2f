import type { TargetDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { isInside, rangeOf } from '../../catalog/cidr.ts';
import { INSTANCE } from '../../catalog/ec2/instance.ts';
import { SUBNET } from '../../catalog/ec2/subnet.ts';
import { registeredTargets } from '../../catalog/elbv2/targets.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Realm, World } from '../../world.ts';
import { invalid } from './find.ts';

/** @throws ServiceError ValidationError, InvalidTarget, TooManyTargets for what cannot be a target of the group */
export function checkTarget(world: World, realm: Realm, group: Resource, target: TargetDescription): void {
  switch (group.properties['TargetType'] ?? 'instance') {
    case 'instance':
      return checkInstance(world, realm, group, target.Id ?? '');
    case 'ip':
      return checkAddress(world, realm, group, target);
    case 'lambda':
      return checkFunction(world, realm, group, target.Id ?? '');
    default:
  }
}

function checkInstance(world: World, realm: Realm, { properties }: Resource, id: string): void {
  const instance = findRecord(world, realm, INSTANCE, id);
  if (instance === undefined) throw invalid(`Instance ID '${id}' is not valid`);
  const { VpcId: network } = properties;
  if (instance.attributes['VpcId'] === network) return;
  throw new ServiceError(
    'InvalidTarget',
    `The following targets are not in the target group VPC '${String(network)}': '${id}'`,
  );
}

/** An address outside of the VPC's subnets needs a zone, one inside has its own. */
function checkAddress(world: World, realm: Realm, { properties }: Resource, target: TargetDescription): void {
  const { Id: address = '', AvailabilityZone: zone } = target;
  const range = rangeOf(`${address}/32`);
  if (range === undefined) throw invalid(`The IP address '${address}' is not a valid IPv4 address`);
  const subnet = [...resourcesOf(world, realm, SUBNET)].find(({ properties: its }) => {
    const outer = its['VpcId'] === properties['VpcId'] ? rangeOf(String(its['CidrBlock'])) : undefined;
    return outer !== undefined && isInside(range, outer);
  });
  if (subnet === undefined) {
    if (zone !== undefined) return;
    throw invalid(`The Availability Zone is required for IP address '${address}' because it is not in the VPC`);
  }
  const own = String(subnet.attributes['AvailabilityZone']);
  if (zone === undefined || zone === own) return;
  throw invalid(
    `The IP address '${address}' is within the VPC, and cannot have its Availability Zone overridden to '${zone}' from '${own}'`,
  );
}

function checkFunction(world: World, realm: Realm, group: Resource, arn: string): void {
  if (!/^arn:[\w-]+:lambda:/.test(arn)) throw invalid(`'${arn}' is not a valid Lambda function ARN`);
  const others = registeredTargets(world, realm, group.id).filter(({ id }) => id !== arn);
  if (others.length === 0) return;
  throw new ServiceError('TooManyTargets', 'The maximum number of targets per target group has been reached');
}
