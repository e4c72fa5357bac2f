import { strict as assert } from 'node:assert';
import { defineLayer, output, type LayerContext, type StackDefinition } from '@roundtrip/environment';
import { checkNetwork } from './src/check-network.ts';
import { cutSubnets } from './src/cut-subnets.ts';
import { parseIpv4Range } from './src/ipv4-range.ts';
import { networkConfig, type NetworkConfig } from './src/network-config.ts';

export default defineLayer({
  name: 'network',
  config: networkConfig,
  check: checkNetwork,
  stacks: (context) => [networkStack(context), ...context.config.interfaceEndpoints.map(endpointStack)],
});

function networkStack({ config, environment }: LayerContext<NetworkConfig>): StackDefinition {
  const vpc = parseIpv4Range(config.cidr);
  assert(vpc, 'checkNetwork has refused a malformed range');
  const { publicCidrs, privateCidrs } = cutSubnets(vpc, config.zones);
  const privateDomain = config.privateDomain ?? `${environment.name.toLowerCase()}.internal`;
  return {
    template: 'templates/network.yaml',
    capabilities: ['CAPABILITY_IAM'],
    parameters: {
      VpcCidr: config.cidr,
      PublicSubnetCidrs: publicCidrs.join(','),
      PrivateSubnetCidrs: privateCidrs.join(','),
      ZoneCount: String(config.zones),
      NatGateways: config.nat,
      FlowLogTraffic: config.flowLogTraffic,
      FlowLogRetentionDays: String(config.flowLogRetentionDays),
      PrivateDomain: privateDomain,
      NamespaceDomain: `services.${privateDomain}`,
    },
  };
}

/** One stack each, so that the list in the env file may hold any service and CloudFormation needs no loop. */
function endpointStack(service: string): StackDefinition {
  return {
    name: `endpoint-${service.replaceAll('.', '-')}`,
    template: 'templates/interface-endpoint.yaml',
    parameters: {
      ServiceName: service,
      VpcId: output('network', 'VpcId'),
      SubnetIds: output('network', 'PrivateSubnetIds'),
      SecurityGroupId: output('network', 'EndpointSecurityGroupId'),
    },
  };
}
