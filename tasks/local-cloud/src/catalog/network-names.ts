import type { Behaviours } from './behaviour.ts';
import { randomSuffix } from './names.ts';
import { zoneId } from './route53.ts';

/** Cloud Map and CloudFront: where names are given. */
export const networkNames: Behaviours = {
  'AWS::ServiceDiscovery::PrivateDnsNamespace': {
    make: (making) => ({
      id: `ns-${randomSuffix(making.world, 16).toLowerCase()}`,
      attributes: { HostedZoneId: zoneId(making.world) },
    }),
  },
  'AWS::ServiceDiscovery::Service': {
    make: (making) => ({
      id: `srv-${randomSuffix(making.world, 16).toLowerCase()}`,
      attributes: { Name: making.name('Name') },
    }),
  },
  'AWS::CloudFront::Distribution': {
    make(making) {
      const id = `E${randomSuffix(making.world, 13)}`;
      return { id, attributes: { Id: id, DomainName: `d${making.world.hex(13)}.cloudfront.net` } };
    },
  },
};
