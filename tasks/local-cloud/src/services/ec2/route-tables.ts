import type * as EC2 from '@aws-sdk/client-ec2';
import { ROUTE_TABLE, ROUTE_TABLE_ASSOCIATION } from '../../catalog/ec2/route-table.ts';
import { vpcStates } from '../../catalog/ec2/vpc.ts';
import type { VpcState } from '../../catalog/ec2/vpc.ts';
import { serviceError } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { dropRecord, findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { missing } from '../../catalog/ec2/references.ts';
import { tagList } from '../tag-list.ts';
import { madeOnce } from './made-once.ts';
import { create, recordOf, remove, required, tagsFor } from './own-records.ts';
import { routesOf } from './routes.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';

const NOUN: Noun<EC2.RouteTable> = {
  type: ROUTE_TABLE,
  idOf: ({ RouteTableId }) => RouteTableId,
  fields: {
    'route-table-id': ({ RouteTableId }) => RouteTableId,
    'vpc-id': ({ VpcId }) => VpcId,
    'owner-id': ({ OwnerId }) => OwnerId,
    'association.subnet-id': ({ Associations }) => Associations?.map(({ SubnetId }) => SubnetId),
    'association.main': ({ Associations }) => Associations?.map(({ Main }) => String(Main)),
    'association.route-table-id': ({ Associations }) => Associations?.map(({ RouteTableId }) => RouteTableId),
    'association.route-table-association-id': ({ Associations }) =>
      Associations?.map(({ RouteTableAssociationId }) => RouteTableAssociationId),
    'route.destination-cidr-block': ({ Routes }) => Routes?.map(({ DestinationCidrBlock }) => DestinationCidrBlock),
    'route.destination-prefix-list-id': ({ Routes }) =>
      Routes?.map(({ DestinationPrefixListId }) => DestinationPrefixListId),
    'route.gateway-id': ({ Routes }) => Routes?.map(({ GatewayId }) => GatewayId),
    'route.nat-gateway-id': ({ Routes }) => Routes?.map(({ NatGatewayId }) => NatGatewayId),
    'route.origin': ({ Routes }) => Routes?.map(({ Origin }) => Origin),
    'route.state': ({ Routes }) => Routes?.map(({ State }) => State),
    'route.transit-gateway-id': ({ Routes }) => Routes?.map(({ TransitGatewayId }) => TransitGatewayId),
    'route.vpc-peering-connection-id': ({ Routes }) =>
      Routes?.map(({ VpcPeeringConnectionId }) => VpcPeeringConnectionId),
  },
};

export function describeRouteTables(
  world: World,
  input: EC2.DescribeRouteTablesRequest,
  { realm }: Call,
): EC2.DescribeRouteTablesResult {
  const views = [...resourcesOf(world, realm, ROUTE_TABLE)].map((record) => tableView(world, realm, record));
  const { items, more } = select(views, NOUN, { ...input, ids: input.RouteTableIds });
  return { RouteTables: items, ...more };
}

export function createRouteTable(
  world: World,
  input: EC2.CreateRouteTableRequest,
  { realm }: Call,
): EC2.CreateRouteTableResult {
  const tags = tagsFor(input.TagSpecifications, 'route-table');
  const { VpcId } = input;
  const [record] = madeOnce(world, realm, input, () => [create(world, realm, ROUTE_TABLE, { VpcId }, tags)]);
  return record === undefined ? {} : { RouteTable: tableView(world, realm, record) };
}

export function deleteRouteTable(world: World, { RouteTableId }: EC2.DeleteRouteTableRequest, { realm }: Call): object {
  remove(world, realm, ROUTE_TABLE, RouteTableId);
  return {};
}

export function associateRouteTable(
  world: World,
  input: EC2.AssociateRouteTableRequest,
  { realm }: Call,
): EC2.AssociateRouteTableResult {
  const SubnetId = required(input.SubnetId, 'subnetId');
  const record = create(world, realm, ROUTE_TABLE_ASSOCIATION, { RouteTableId: input.RouteTableId, SubnetId });
  return { AssociationId: record.id, ...ASSOCIATED };
}

export function disassociateRouteTable(
  world: World,
  { AssociationId = '' }: EC2.DisassociateRouteTableRequest,
  { realm }: Call,
): object {
  dropRecord(world, realm, associationWith(world, realm, AssociationId));
  return {};
}

export function replaceRouteTableAssociation(
  world: World,
  { AssociationId = '', RouteTableId }: EC2.ReplaceRouteTableAssociationRequest,
  { realm }: Call,
): EC2.ReplaceRouteTableAssociationResult {
  const table = recordOf(world, realm, ROUTE_TABLE, RouteTableId);
  const main = statesOf(world, realm).find(([, { mainAssociationId }]) => mainAssociationId === AssociationId);
  if (main !== undefined) return { NewAssociationId: makeMain(world, realm, main, table), ...ASSOCIATED };
  const older = associationWith(world, realm, AssociationId);
  dropRecord(world, realm, older);
  const { SubnetId } = older.properties;
  const record = create(world, realm, ROUTE_TABLE_ASSOCIATION, { RouteTableId, SubnetId });
  return { NewAssociationId: record.id, ...ASSOCIATED };
}

const ASSOCIATED = { AssociationState: { State: 'associated' } } as const;

/** Makes a table that of all subnets of its VPC that have no other. Out: the new association. */
function makeMain(world: World, realm: Realm, [vpcId, state]: MainTable, table: Resource): string {
  if (table.properties['VpcId'] !== vpcId) {
    const text = `route table ${table.id} and network ${vpcId} belong to different networks`;
    throw new ServiceError('InvalidParameterValue', text);
  }
  const mainAssociationId = `rtbassoc-${world.hex(17)}`;
  vpcStates(world, realm).put(vpcId, { ...state, mainRouteTableId: table.id, mainAssociationId });
  return mainAssociationId;
}

function associationWith(world: World, realm: Realm, id: string): Resource {
  if (statesOf(world, realm).some(([, { mainAssociationId }]) => mainAssociationId === id)) {
    throw new ServiceError('InvalidParameterValue', `cannot disassociate the main route table association ${id}`);
  }
  const found = findRecord(world, realm, ROUTE_TABLE_ASSOCIATION, id);
  if (found === undefined) throw serviceError(missing('AWS::EC2::EIPAssociation', id));
  return found;
}

type MainTable = readonly [vpcId: string, state: VpcState];

function statesOf(world: World, realm: Realm): MainTable[] {
  return [...resourcesOf(world, realm, 'AWS::EC2::VPC')].flatMap(({ id }) => {
    const state = vpcStates(world, realm).get(id);
    return state === undefined ? [] : [[id, state] as const];
  });
}

function tableView(world: World, realm: Realm, record: Resource): EC2.RouteTable {
  const vpcId = String(record.properties['VpcId']);
  const state = vpcStates(world, realm).get(vpcId);
  const associated = { RouteTableId: record.id, AssociationState: { State: 'associated' as const } };
  const own = [...resourcesOf(world, realm, ROUTE_TABLE_ASSOCIATION)].filter(
    ({ properties }) => properties['RouteTableId'] === record.id,
  );
  const isMain = state?.mainRouteTableId === record.id;
  return {
    RouteTableId: record.id,
    VpcId: vpcId,
    OwnerId: realm.account,
    PropagatingVgws: [],
    Associations: [
      ...(isMain ? [{ ...associated, Main: true, RouteTableAssociationId: state.mainAssociationId }] : []),
      ...own.map(({ id, properties }) => ({
        ...{ ...associated, Main: false, RouteTableAssociationId: id },
        SubnetId: String(properties['SubnetId']),
      })),
    ],
    Routes: routesOf(world, realm, record),
    Tags: tagList(record.tags),
  };
}
