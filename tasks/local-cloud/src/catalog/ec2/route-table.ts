import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Making, Refusal } from '../behaviour.ts';
import { resourcesOf } from '../resources-of.ts';
import { dropRecord, findRecord } from '../stored-record.ts';
import { referenceRefusal } from './references.ts';
import { alreadyThere, firstOf, hasDependencies, invalid } from './refusals.ts';
import { SUBNET } from './subnet.ts';
import { isDefault, VPC } from './vpc.ts';

export const ROUTE_TABLE = 'AWS::EC2::RouteTable';
export const ROUTE = 'AWS::EC2::Route';
export const ROUTE_TABLE_ASSOCIATION = 'AWS::EC2::SubnetRouteTableAssociation';

export const routeTable: Behaviour = {
  refuseCreate: (making) => referenceRefusal(making, 'VpcId', VPC),
  refuseDelete: inUse,
  gone: forgetRoutes,
};

export const routeTableAssociation: Behaviour = {
  make: (making) => ({ id: making.id('rtbassoc') }),
  refuseCreate: (making) =>
    firstOf(
      () => referenceRefusal(making, 'RouteTableId', ROUTE_TABLE),
      () => referenceRefusal(making, 'SubnetId', SUBNET),
      () => associationRefusal(making),
    ),
  made: replaceOlder,
};

function inUse(world: World, realm: Realm, record: Resource): Refusal | undefined {
  const isUsed =
    isDefault(world, realm, record) || [...associationsOf(world, realm, 'RouteTableId', record.id)].length > 0;
  return isUsed ? hasDependencies('routeTable', record.id) : undefined;
}

function forgetRoutes(world: World, realm: Realm, { id }: Resource): void {
  for (const route of [...resourcesOf(world, realm, ROUTE)]) {
    if (route.properties['RouteTableId'] === id) dropRecord(world, realm, route);
  }
}

function associationRefusal({ world, realm, text, stackId }: Making): Refusal | undefined {
  const [tableId = '', subnetId = ''] = [text('RouteTableId'), text('SubnetId')];
  const [table, place] = [findRecord(world, realm, ROUTE_TABLE, tableId), findRecord(world, realm, SUBNET, subnetId)];
  if (table?.properties['VpcId'] !== place?.properties['VpcId']) {
    return invalid(
      'InvalidParameterValue',
      `route table ${tableId} and subnet ${subnetId} belong to different networks`,
    );
  }
  const [older] = associationsOf(world, realm, 'SubnetId', subnetId);
  // A stack that gives its subnet another route table replaces the association.
  if (older === undefined || (stackId !== undefined && older.stackId === stackId)) return undefined;
  return alreadyThere(
    'Resource.AlreadyAssociated',
    `the specified association for route table ${tableId} conflicts with an existing association`,
  );
}

function replaceOlder(world: World, realm: Realm, { id, properties }: Resource): void {
  for (const older of [...associationsOf(world, realm, 'SubnetId', String(properties['SubnetId']))]) {
    if (older.id !== id) dropRecord(world, realm, older);
  }
}

function* associationsOf(
  world: World,
  realm: Realm,
  property: 'RouteTableId' | 'SubnetId',
  id: string,
): Iterable<Resource> {
  for (const association of resourcesOf(world, realm, ROUTE_TABLE_ASSOCIATION)) {
    if (association.properties[property] === id) yield association;
  }
}
