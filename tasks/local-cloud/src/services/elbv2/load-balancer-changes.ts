import type * as ELB from '@aws-sdk/client-elastic-load-balancing-v2';
import { groupsRefusal, subnetsRefusal } from '../../catalog/elbv2/balancer-network.ts';
import { kindOf, subnetIdsOf } from '../../catalog/elbv2/load-balancers.ts';
import { LOAD_BALANCER } from '../../catalog/elbv2/types.ts';
import { serviceError } from '../../catalog/record.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { changeRecord } from './change-record.ts';
import { findOne } from './find.ts';
import { zonesIn } from './load-balancers.ts';

export function setSubnets(world: World, input: ELB.SetSubnetsInput, { realm }: Call): ELB.SetSubnetsOutput {
  const record = findOne(world, realm, LOAD_BALANCER, input.LoadBalancerArn);
  const named = { Subnets: input.Subnets, SubnetMappings: input.SubnetMappings };
  const refused = subnetsRefusal({ world, realm, properties: { ...record.properties, ...named } });
  if (refused) throw serviceError(refused);
  const change = { ...named, ...(input.IpAddressType && { IpAddressType: input.IpAddressType }) };
  const { properties } = changeRecord(world, realm, record, change);
  return {
    AvailabilityZones: zonesIn(world, realm, subnetIdsOf(properties)),
    IpAddressType: (properties['IpAddressType'] ?? 'ipv4') as ELB.IpAddressType,
  };
}

export function setSecurityGroups(
  world: World,
  input: ELB.SetSecurityGroupsInput,
  { realm }: Call,
): ELB.SetSecurityGroupsOutput {
  const record = findOne(world, realm, LOAD_BALANCER, input.LoadBalancerArn);
  const { properties: before } = record;
  // A network load balancer that began without groups stays without.
  if (kindOf(before) !== 'application' && before['SecurityGroups'] === undefined) {
    const text = `SetSecurityGroups is not supported for load balancers of type '${kindOf(before)}'`;
    throw new ServiceError('InvalidConfigurationRequest', text);
  }
  const SecurityGroups = input.SecurityGroups ?? [];
  const refused = groupsRefusal({ world, realm, properties: { ...before, SecurityGroups } });
  if (refused) throw serviceError(refused);
  changeRecord(world, realm, record, { SecurityGroups });
  return { SecurityGroupIds: SecurityGroups };
}
