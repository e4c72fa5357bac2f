import type * as EC2 from '@aws-sdk/client-ec2';
import { cidrText } from '../../catalog/cidr.ts';
import type { Range } from '../../catalog/cidr.ts';
import { attachmentOf } from '../../catalog/ec2/internet-gateway.ts';
import { managedPrefixLists } from '../../catalog/ec2/prefix-list.ts';
import { idsIn } from '../../catalog/ec2/references.ts';
import { destinationOf, ROUTE_TARGETS } from '../../catalog/ec2/route.ts';
import { ROUTE, ROUTE_TABLE } from '../../catalog/ec2/route-table.ts';
import { isInterface, VPC_ENDPOINT } from '../../catalog/ec2/vpc-endpoint.ts';
import { rangesOf, VPC } from '../../catalog/ec2/vpc.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { dropRecord, findRecord, putRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { create, recordOf } from './own-records.ts';

export function createRoute(world: World, input: EC2.CreateRouteRequest, { realm }: Call): EC2.CreateRouteResult {
  create(world, realm, ROUTE, routeProperties(input));
  return { Return: true };
}

export function deleteRoute(world: World, input: EC2.DeleteRouteRequest, { realm }: Call): object {
  dropRecord(world, realm, routeWith(world, realm, input));
  return {};
}

export function replaceRoute(world: World, input: EC2.ReplaceRouteRequest, { realm }: Call): object {
  const before = routeWith(world, realm, input);
  dropRecord(world, realm, before);
  const { properties } = create(world, realm, ROUTE, routeProperties(input));
  // It stays the route that it was, a stack's where it was one.
  putRecord(world, realm, { ...before, properties });
  return {};
}

function routeProperties(input: EC2.CreateRouteRequest | EC2.ReplaceRouteRequest): Record<string, unknown> {
  const { RouteTableId, DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId, GatewayId } = input;
  const targets = Object.keys(ROUTE_TARGETS).map((name) => [name, input[name as keyof typeof input]]);
  const destination = { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId };
  return { RouteTableId, ...destination, GatewayId, ...Object.fromEntries(targets) };
}

function routeWith(world: World, realm: Realm, input: EC2.DeleteRouteRequest): Resource {
  const table = recordOf(world, realm, ROUTE_TABLE, input.RouteTableId);
  const { id } = table;
  const destination = destinationOf({ ...input });
  const found = findRecord(world, realm, ROUTE, `${id}|${destination}`);
  if (found !== undefined) return found;
  if (localRanges(world, realm, table).some((range) => cidrText(range) === destination)) {
    const text = `cannot remove local route ${destination} in route table ${id}`;
    throw new ServiceError('InvalidParameterValue', text);
  }
  const text = `no route with destination-cidr-block ${destination} in route table ${id}`;
  throw new ServiceError('InvalidRoute.NotFound', text);
}

function localRanges(world: World, realm: Realm, table: Resource): Range[] {
  const network = findRecord(world, realm, VPC, String(table.properties['VpcId']));
  return network === undefined ? [] : rangesOf(world, realm, network);
}

/** A table's routes: inside the VPC, those that were made, and those that gateway endpoints bring. */
export function routesOf(world: World, realm: Realm, table: Resource): EC2.Route[] {
  const local = localRanges(world, realm, table);
  const made = [...resourcesOf(world, realm, ROUTE)].filter(
    ({ properties }) => properties['RouteTableId'] === table.id,
  );
  return [
    ...local.map((range): EC2.Route => ({
      DestinationCidrBlock: cidrText(range),
      ...{ GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
    })),
    ...made.map((route) => routeView(world, realm, route)),
    ...endpointRoutes(world, realm, table),
  ];
}

function routeView(world: World, realm: Realm, { properties }: Resource): EC2.Route {
  const text = (name: string): Record<string, string> => {
    const value = properties[name];
    return value === undefined ? {} : { [name]: String(value) };
  };
  const { DestinationCidrBlock } = properties;
  return {
    ...(DestinationCidrBlock === undefined ? {} : { DestinationCidrBlock: destinationOf(properties) }),
    ...text('DestinationIpv6CidrBlock'),
    ...text('DestinationPrefixListId'),
    ...Object.assign({}, ...['GatewayId', ...Object.keys(ROUTE_TARGETS)].map(text)),
    Origin: 'CreateRoute',
    State: isBlackhole(world, realm, properties) ? 'blackhole' : 'active',
  };
}

/** Whether a route leads to what is gone, or to a gateway that is no longer attached. */
function isBlackhole(world: World, realm: Realm, properties: Readonly<Record<string, unknown>>): boolean {
  const gateway = idsIn(properties['GatewayId']).filter((id) => id.startsWith('igw-'));
  const targets = Object.entries(ROUTE_TARGETS).flatMap(([name, type]) =>
    idsIn(properties[name]).map((id) => [type, id] as const),
  );
  return (
    gateway.some((id) => attachmentOf(world, realm, id) === undefined) ||
    targets.some(([type, id]) => findRecord(world, realm, type, id) === undefined)
  );
}

function endpointRoutes(world: World, realm: Realm, { id }: Resource): EC2.Route[] {
  const endpoints = [...resourcesOf(world, realm, VPC_ENDPOINT)].filter(
    ({ properties }) => !isInterface(properties) && idsIn(properties['RouteTableIds']).includes(id),
  );
  return endpoints.flatMap((endpoint) => {
    const lists = managedPrefixLists(realm.region).filter(({ name }) => name === endpoint.properties['ServiceName']);
    return lists.map((list): EC2.Route => ({
      ...{ DestinationPrefixListId: list.id, GatewayId: endpoint.id },
      ...{ Origin: 'CreateRoute', State: 'active' },
    }));
  });
}
