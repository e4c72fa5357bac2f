import { ServiceError } from '../../world.ts';
import type { Operation } from '../../world.ts';

const IPV6 = ['Ipv6AddressCount', 'Ipv6Addresses', 'Ipv6PrefixCount', 'Ipv6Prefixes'];
const IPAM = ['Ipv4IpamPoolId', 'Ipv4NetmaskLength', 'Ipv6IpamPoolId', 'Ipv6NetmaskLength'];
const SECONDARY = ['PrivateIpAddresses', 'SecondaryPrivateIpAddressCount', 'Ipv4PrefixCount', 'Ipv4Prefixes'];
const ROUTE_TARGETS = ['CarrierGatewayId', 'CoreNetworkArn', 'LocalGatewayId', 'OdbNetworkArn'];

/** What could be asked for, and would change what is made, but is not simulated. */
const NOT_SIMULATED: Readonly<Record<string, readonly string[]>> = {
  AllocateAddress: ['Address', 'CustomerOwnedIpv4Pool', 'IpamPoolId', 'PublicIpv4Pool'],
  AssociateRouteTable: ['GatewayId', 'PublicIpv4Pool'],
  AuthorizeSecurityGroupEgress: ['SourceSecurityGroupName'],
  AuthorizeSecurityGroupIngress: ['SourceSecurityGroupName'],
  CreateNatGateway: [
    ...['AvailabilityMode', 'AvailabilityZoneAddresses', 'VpcId'],
    ...['SecondaryAllocationIds', 'SecondaryPrivateIpAddressCount', 'SecondaryPrivateIpAddresses'],
  ],
  CreateNetworkInterface: ['EnablePrimaryIpv6', 'InterfaceType', ...IPV6, ...SECONDARY],
  CreateRoute: ROUTE_TARGETS,
  CreateSnapshot: ['Location', 'OutpostArn'],
  CreateSubnet: ['Ipv6CidrBlock', 'Ipv6Native', 'OutpostArn', ...IPAM],
  CreateVpc: ['AmazonProvidedIpv6CidrBlock', 'Ipv6CidrBlock', 'Ipv6Pool', ...IPAM],
  CreateVpcEndpoint: ['ResourceConfigurationArn', 'ServiceNetworkArn', 'ServiceRegion', 'SubnetConfigurations'],
  DescribeAvailabilityZones: ['AllAvailabilityZones'],
  DescribeRegions: ['AllRegions'],
  DescribeSnapshots: ['RestorableByUserIds'],
  ModifyNetworkInterfaceAttribute: ['AssociatedSubnetIds', 'Attachment', 'EnablePrimaryIpv6'],
  ModifySubnetAttribute: ['CustomerOwnedIpv4Pool', 'EnableLniAtDeviceIndex', 'MapCustomerOwnedIpOnLaunch'],
  ModifyVpcEndpoint: ['DnsOptions', 'IpAddressType', 'SubnetConfigurations'],
  ReplaceRoute: ['LocalTarget', ...ROUTE_TARGETS],
  RunInstances: ['CapacityReservationSpecification', 'InstanceMarketOptions', 'SecurityGroups', ...IPV6],
};

/** Lets an operation refuse what it would otherwise pass over in silence. */
export function withKnownInputs(operations: Readonly<Record<string, Operation>>): Readonly<Record<string, Operation>> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [name, strict(name, operation, NOT_SIMULATED[name])]),
  );
}

function strict(name: string, operation: Operation, unknown: readonly string[] = []): Operation {
  if (unknown.length === 0) return operation;
  return (world, input, call) => {
    const given = unknown.find((member) => isAsked(input[member]));
    if (given === undefined) return operation(world, input, call);
    throw new ServiceError('NotImplemented', `The local cloud does not simulate ${given} in ec2:${name}`, 501);
  };
}

/** `false`, nothing and an empty list ask for nothing. */
function isAsked(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false && value !== '';
}
