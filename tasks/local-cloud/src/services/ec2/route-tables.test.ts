import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { saidBy, testNetwork } from '../../testing/test-network.ts';
import type { TestNetwork } from '../../testing/test-network.ts';

const ANYWHERE = '0.0.0.0/0';

async function withTable(): Promise<TestNetwork & { readonly table: string }> {
  const network = await testNetwork();
  const { RouteTable } = await network.ec2.createRouteTable({ VpcId: network.vpc });
  return { ...network, table: RouteTable?.RouteTableId ?? '' };
}

test('routes lead somewhere, and are seen to lead nowhere once their target is gone', async () => {
  const { ec2, vpc, gateway, table: RouteTableId } = await withTable();
  await ec2.createRoute({ RouteTableId, DestinationCidrBlock: ANYWHERE, GatewayId: gateway });
  const route = async () =>
    (await ec2.describeRouteTables({ RouteTableIds: [RouteTableId] })).RouteTables?.[0]?.Routes?.[1];
  assert.equal(await route(), {
    ...{ DestinationCidrBlock: ANYWHERE, GatewayId: gateway, Origin: 'CreateRoute', State: 'active' },
  });
  assert.is(
    await saidBy(ec2.createRoute({ RouteTableId, DestinationCidrBlock: ANYWHERE, GatewayId: gateway })),
    'RouteAlreadyExists: The route identified by 0.0.0.0/0 already exists.',
  );
  await ec2.detachInternetGateway({ VpcId: vpc, InternetGatewayId: gateway });
  assert.is((await route())?.State, 'blackhole');
  await ec2.deleteRoute({ RouteTableId, DestinationCidrBlock: ANYWHERE });
  assert.is(
    await saidBy(ec2.deleteRoute({ RouteTableId, DestinationCidrBlock: ANYWHERE })),
    `InvalidRoute.NotFound: no route with destination-cidr-block 0.0.0.0/0 in route table ${RouteTableId}`,
  );
});

test('a route has one destination and one target, and both make sense', async () => {
  const { ec2, gateway, table: RouteTableId } = await withTable();
  assert.is(
    await saidBy(ec2.createRoute({ RouteTableId, GatewayId: gateway })),
    'MissingParameter: The request must contain exactly one of: ' +
      'destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId',
  );
  assert.match(
    await saidBy(ec2.createRoute({ RouteTableId, DestinationCidrBlock: ANYWHERE })),
    /^MissingParameter: The request must contain exactly one of: gatewayId, natGatewayId, /,
  );
  assert.is(
    await saidBy(ec2.createRoute({ RouteTableId, DestinationCidrBlock: 'x', GatewayId: gateway })),
    'InvalidParameterValue: Value (x) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.',
  );
  assert.is(
    await saidBy(ec2.createRoute({ RouteTableId, DestinationCidrBlock: ANYWHERE, GatewayId: 'igw-1' })),
    "InvalidGatewayID.NotFound: The gateway ID 'igw-1' does not exist",
  );
  assert.is(
    await saidBy(ec2.createRoute({ RouteTableId, DestinationCidrBlock: ANYWHERE, NatGatewayId: 'nat-1' })),
    "InvalidNatGatewayID.NotFound: The natGateway ID 'nat-1' does not exist",
  );
  const { InternetGateway } = await ec2.createInternetGateway();
  const GatewayId = InternetGateway?.InternetGatewayId;
  assert.is(
    await saidBy(ec2.createRoute({ RouteTableId, DestinationCidrBlock: ANYWHERE, GatewayId })),
    `InvalidParameterValue: route table ${RouteTableId} and network gateway ${GatewayId} belong to different networks`,
  );
  assert.is(
    await saidBy(ec2.deleteRoute({ RouteTableId, DestinationCidrBlock: '10.0.0.0/16' })),
    `InvalidParameterValue: cannot remove local route 10.0.0.0/16 in route table ${RouteTableId}`,
  );
});

test('a replaced route keeps its destination', async () => {
  const { ec2, subnet, gateway, table: RouteTableId } = await withTable();
  const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId: subnet });
  await ec2.createRoute({ RouteTableId, DestinationCidrBlock: ANYWHERE, GatewayId: gateway });
  const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId;
  await ec2.replaceRoute({ RouteTableId, DestinationCidrBlock: ANYWHERE, NetworkInterfaceId });
  const [, route] = (await ec2.describeRouteTables({ RouteTableIds: [RouteTableId] })).RouteTables?.[0]?.Routes ?? [];
  assert.is(route?.NetworkInterfaceId, NetworkInterfaceId);
  assert.is(route?.GatewayId, undefined);
});

test('a table that a subnet uses stays, and so does the main one', async () => {
  const { ec2, vpc, subnet, table: RouteTableId } = await withTable();
  const { AssociationId } = await ec2.associateRouteTable({ RouteTableId, SubnetId: subnet });
  const inUse = `DependencyViolation: The routeTable '${RouteTableId}' has dependencies and cannot be deleted.`;
  assert.is(await saidBy(ec2.deleteRouteTable({ RouteTableId })), inUse);
  const other = (await ec2.createRouteTable({ VpcId: vpc })).RouteTable?.RouteTableId;
  assert.is(
    await saidBy(ec2.associateRouteTable({ RouteTableId: other, SubnetId: subnet })),
    'Resource.AlreadyAssociated: the specified association for route table ' +
      `${other} conflicts with an existing association`,
  );
  const replaced = await ec2.replaceRouteTableAssociation({ AssociationId, RouteTableId: other });
  await ec2.disassociateRouteTable({ AssociationId: replaced.NewAssociationId });
  assert.is(
    await saidBy(ec2.disassociateRouteTable({ AssociationId })),
    `InvalidAssociationID.NotFound: The association ID '${AssociationId}' does not exist`,
  );
  const Filters = [{ Name: 'association.main', Values: ['true'] }];
  const [main] = (await ec2.describeRouteTables({ Filters })).RouteTables ?? [];
  const mainAssociation = main?.Associations?.[0]?.RouteTableAssociationId;
  assert.is(
    await saidBy(ec2.disassociateRouteTable({ AssociationId: mainAssociation })),
    `InvalidParameterValue: cannot disassociate the main route table association ${mainAssociation}`,
  );
  await ec2.replaceRouteTableAssociation({ AssociationId: mainAssociation, RouteTableId });
  assert.is(await saidBy(ec2.deleteRouteTable({ RouteTableId })), inUse, 'it is the main table now');
  await ec2.deleteRouteTable({ RouteTableId: main?.RouteTableId });
});

test('gateway endpoints bring routes of their own', async () => {
  const { ec2, vpc, table } = await withTable();
  const ServiceName = 'com.amazonaws.eu-west-1.s3';
  const { VpcEndpoint } = await ec2.createVpcEndpoint({ VpcId: vpc, ServiceName, RouteTableIds: [table] });
  const [list] =
    (await ec2.describePrefixLists({ Filters: [{ Name: 'prefix-list-name', Values: ['*.s3'] }] })).PrefixLists ?? [];
  const [, route] = (await ec2.describeRouteTables({ RouteTableIds: [table] })).RouteTables?.[0]?.Routes ?? [];
  assert.equal(route, {
    ...{ DestinationPrefixListId: list?.PrefixListId, GatewayId: VpcEndpoint?.VpcEndpointId },
    ...{ Origin: 'CreateRoute', State: 'active' },
  });
});

test.run();
