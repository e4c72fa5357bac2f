import type { Realm, World } from '../../world.ts';
import type { Refusal } from '../behaviour.ts';
import { gatewayOfVpc } from '../ec2/internet-gateway.ts';
import { idsIn } from '../ec2/references.ts';
import { firstOf, invalid } from '../ec2/refusals.ts';
import { SECURITY_GROUP } from '../ec2/security-group-rule.ts';
import { SUBNET } from '../ec2/subnet.ts';
import { findRecord } from '../stored-record.ts';
import { isInternal, kindOf, subnetIdsOf } from './load-balancers.ts';
import { wrong } from './names.ts';

/** A load balancer as it is asked for, whether it is new or is to be changed. */
export interface Asked {
  readonly world: World;
  readonly realm: Realm;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Why a load balancer cannot be put into its subnets. */
export function subnetsRefusal({ world, realm, properties }: Asked): Refusal | undefined {
  const ids = subnetIdsOf(properties);
  const absent = ids.filter((id) => findRecord(world, realm, SUBNET, id) === undefined);
  if (absent.length > 0) return noSubnet(absent);
  const zones = new Set(ids.map((id) => zoneOfSubnet(world, realm, id)));
  return firstOf(
    () => fewSubnets(kindOf(properties), ids, zones.size),
    () => (isInternal(properties) ? undefined : noGateway(world, realm, ids)),
  );
}

function noSubnet(absent: readonly string[]): Refusal {
  const [only = ''] = absent;
  const text =
    absent.length === 1
      ? `The subnet ID '${only}' does not exist`
      : `The subnet IDs '${absent.join(', ')}' do not exist`;
  return { text, handlerErrorCode: 'InvalidRequest', code: 'SubnetNotFound' };
}

function fewSubnets(kind: string, ids: readonly string[], zones: number): Refusal | undefined {
  if (zones < ids.length) {
    return invalid(
      'InvalidConfigurationRequest',
      'A load balancer cannot be attached to multiple subnets in the same Availability Zone',
    );
  }
  if (kind === 'application' && zones < 2) {
    return wrong('At least two subnets in two different Availability Zones must be specified');
  }
  return zones === 0 ? wrong('At least one subnet must be specified') : undefined;
}

function noGateway(world: World, realm: Realm, ids: readonly string[]): Refusal | undefined {
  const network = vpcOfSubnets(world, realm, ids);
  if (gatewayOfVpc(world, realm, network) !== undefined) return undefined;
  return invalid('InvalidSubnet', `VPC ${network} has no internet gateway`);
}

/** Why a load balancer cannot have its security groups. */
export function groupsRefusal({ world, realm, properties }: Asked): Refusal | undefined {
  const isThere = (id: string): boolean =>
    findRecord(world, realm, SECURITY_GROUP, id) !== undefined || isDefaultGroup({ world, realm, properties }, id);
  if (idsIn(properties['SecurityGroups']).every(isThere)) return undefined;
  return invalid('InvalidConfigurationRequest', 'One or more security groups are invalid');
}

function isDefaultGroup({ world, realm, properties }: Asked, id: string): boolean {
  return defaultGroup(world, realm, subnetIdsOf(properties)) === id;
}

/** The default security group of the subnets' VPC. */
export function defaultGroup(world: World, realm: Realm, subnetIds: readonly string[]): string | undefined {
  const vpc = findRecord(world, realm, 'AWS::EC2::VPC', vpcOfSubnets(world, realm, subnetIds));
  const group = vpc?.attributes['DefaultSecurityGroup'];
  return group === undefined ? undefined : String(group);
}

export function vpcOfSubnets(world: World, realm: Realm, [first = '']: readonly string[]): string {
  return String(findRecord(world, realm, SUBNET, first)?.properties['VpcId'] ?? '');
}

export function zoneOfSubnet(world: World, realm: Realm, id: string): string {
  return String(findRecord(world, realm, SUBNET, id)?.attributes['AvailabilityZone'] ?? '');
}
