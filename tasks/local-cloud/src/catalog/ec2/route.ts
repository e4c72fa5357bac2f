import type { Behaviour, Making, Refusal } from '../behaviour.ts';
import { cidrText, rangeOf } from '../cidr.ts';
import { resourceWith } from '../resources-of.ts';
import { findRecord } from '../stored-record.ts';
import { missing, referenceRefusal } from './references.ts';
import { alreadyThere, firstOf, invalid } from './refusals.ts';
import { ROUTE, ROUTE_TABLE } from './route-table.ts';
import { rangesOf, VPC } from './vpc.ts';

export const route: Behaviour = {
  make: (making) => ({ attributes: { CidrBlock: destinationOf(making.properties) } }),
  refuseCreate: (making) =>
    // Without a table it is no request that a client could have sent.
    making.text('RouteTableId') === undefined
      ? undefined
      : firstOf(
          () => referenceRefusal(making, 'RouteTableId', ROUTE_TABLE),
          () => destinationRefusal(making),
          () => targetRefusal(making),
          () => takenRefusal(making),
        ),
};

/** Where a route leads: the property that a target is given in, and the target's type. */
export const ROUTE_TARGETS = {
  EgressOnlyInternetGatewayId: 'AWS::EC2::EgressOnlyInternetGateway',
  InstanceId: 'AWS::EC2::Instance',
  NatGatewayId: 'AWS::EC2::NatGateway',
  NetworkInterfaceId: 'AWS::EC2::NetworkInterface',
  TransitGatewayId: 'AWS::EC2::TransitGateway',
  VpcEndpointId: 'AWS::EC2::VPCEndpoint',
  VpcPeeringConnectionId: 'AWS::EC2::VPCPeeringConnection',
} as const;

/** What a route is known by in its table. */
export function destinationOf(properties: Readonly<Record<string, unknown>>): string {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = properties;
  if (typeof DestinationCidrBlock === 'string') {
    const range = rangeOf(DestinationCidrBlock);
    return range === undefined ? DestinationCidrBlock : cidrText(range);
  }
  return String(DestinationIpv6CidrBlock ?? DestinationPrefixListId ?? '0.0.0.0/0');
}

const DESTINATIONS = ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId'] as const;

function destinationRefusal({ text }: Making): Refusal | undefined {
  const count = DESTINATIONS.filter((name) => text(name) !== undefined).length;
  const words = 'destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId';
  const said = exactlyOne(count, words);
  const cidr = text('DestinationCidrBlock');
  if (said !== undefined || cidr === undefined || rangeOf(cidr) !== undefined) return said;
  return invalid(
    'InvalidParameterValue',
    `Value (${cidr}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.`,
  );
}

function exactlyOne(count: number, words: string): Refusal | undefined {
  if (count === 1) return undefined;
  const code = count === 0 ? 'MissingParameter' : 'InvalidParameterCombination';
  return invalid(code, `The request must contain exactly one of: ${words}`);
}

const TARGET_WORDS =
  'gatewayId, natGatewayId, networkInterfaceId, vpcPeeringConnectionId, egressOnlyInternetGatewayId, ' +
  'transitGatewayId, localGatewayId, carrierGatewayId, vpcEndpointId, coreNetworkArn or instanceId';
const OTHER_TARGETS: readonly string[] = ['CarrierGatewayId', 'CoreNetworkArn', 'GatewayId', 'LocalGatewayId'];

function targetRefusal(making: Making): Refusal | undefined {
  const given = [...Object.keys(ROUTE_TARGETS), ...OTHER_TARGETS].filter((name) => making.text(name) !== undefined);
  const said = exactlyOne(given.length, TARGET_WORDS);
  if (said !== undefined) return said;
  for (const [property, type] of Object.entries(ROUTE_TARGETS)) {
    const refusal = referenceRefusal(making, property, type);
    // The one place where EC2 calls a NAT gateway otherwise than everywhere else.
    if (refusal !== undefined && property === 'NatGatewayId') {
      const text = `The natGateway ID '${making.text(property)}' does not exist`;
      return { ...refusal, text, code: 'InvalidNatGatewayID.NotFound' };
    }
    if (refusal !== undefined) return refusal;
  }
  return firstOf(
    () => gatewayRefusal(making),
    () => natRefusal(making),
  );
}

function gatewayRefusal(making: Making): Refusal | undefined {
  const { world, realm, text } = making;
  const id = text('GatewayId');
  if (id === undefined || !id.startsWith('igw-')) return undefined;
  if (findRecord(world, realm, 'AWS::EC2::InternetGateway', id) === undefined) {
    const { code: _code, ...refusal } = missing('AWS::EC2::InternetGateway', id);
    return { ...refusal, text: `The gateway ID '${id}' does not exist`, code: 'InvalidGatewayID.NotFound' };
  }
  const attachment = resourceWith(
    ...([world, realm, 'AWS::EC2::VPCGatewayAttachment'] as const),
    ({ properties }) => properties['InternetGatewayId'] === id && properties['VpcId'] === vpcIdOf(making),
  );
  return attachment === undefined ? foreign(making, `network gateway ${id}`) : undefined;
}

function natRefusal(making: Making): Refusal | undefined {
  const { world, realm, text } = making;
  const nat = findRecord(world, realm, 'AWS::EC2::NatGateway', text('NatGatewayId') ?? '');
  const subnet = nat && findRecord(world, realm, 'AWS::EC2::Subnet', String(nat.properties['SubnetId']));
  if (nat === undefined || subnet === undefined || subnet.properties['VpcId'] === vpcIdOf(making)) return undefined;
  return foreign(making, `interface ${String(nat.attributes['EniId'])}`);
}

function foreign({ text }: Making, target: string): Refusal {
  return invalid(
    'InvalidParameterValue',
    `route table ${text('RouteTableId')} and ${target} belong to different networks`,
  );
}

function vpcIdOf({ world, realm, text }: Making): unknown {
  return findRecord(world, realm, ROUTE_TABLE, text('RouteTableId') ?? '')?.properties['VpcId'];
}

function takenRefusal(making: Making): Refusal | undefined {
  const { world, realm, properties } = making;
  const destination = destinationOf(properties);
  const isThere = findRecord(world, realm, ROUTE, `${String(properties['RouteTableId'])}|${destination}`) !== undefined;
  const owner = findRecord(world, realm, VPC, String(vpcIdOf(making)));
  const isLocal = owner !== undefined && rangesOf(world, realm, owner).some((range) => cidrText(range) === destination);
  if (!isThere && !isLocal) return undefined;
  return alreadyThere('RouteAlreadyExists', `The route identified by ${destination} already exists.`);
}
