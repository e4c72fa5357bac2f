import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import type { Behaviours, Refusal } from './behaviour.ts';
import { randomSuffix } from './names.ts';
import { resourceWith } from './resources-of.ts';

/** Route 53, Cloud Map and CloudFront: where names are given. */
export const networkNames: Behaviours = {
  'AWS::Route53::HostedZone': {
    make: (making) => ({
      id: zoneId(making.world),
      attributes: {
        NameServers: [53, 598, 1122, 1987].map(
          (n, i) => `ns-${n}.awsdns-0${i + 1}.${['com', 'net', 'org', 'co.uk'][i]}`,
        ),
      },
    }),
    refuseDelete: zoneInUse,
  },
  'AWS::Route53::RecordSet': {
    make(making) {
      const name = making.text('Name') ?? '';
      const zone = making.text('HostedZoneId') ?? making.text('HostedZoneName') ?? '';
      const parts = [name, zone, making.text('Type') ?? 'A', making.text('SetIdentifier') ?? ''];
      return { id: parts.join('|'), ref: name.replace(/\.$/, '') };
    },
    taken(id) {
      const [name, , type] = id.split('|');
      return `[Tried to create resource record set [name='${name?.replace(/\.?$/, '.')}', type='${type}'] but it already exists]`;
    },
  },
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

function zoneId(world: World): string {
  return `Z${randomSuffix(world, 20)}`;
}

function zoneInUse(world: World, realm: Realm, zone: Resource): Refusal | undefined {
  const record = resourceWith(
    world,
    realm,
    'AWS::Route53::RecordSet',
    ({ properties }) => properties['HostedZoneId'] === zone.id,
  );
  return (
    record && {
      text: 'The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
      handlerErrorCode: 'InvalidRequest',
    }
  );
}
