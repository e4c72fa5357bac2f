import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Made, Making, Refusal } from '../behaviour.ts';
import { firstOf, invalid } from '../ec2/refusals.ts';
import { resourceWith } from '../resources-of.ts';
import { drawSeconds, durationOf } from '../seconds.ts';
import { attributeValue } from './attribute-value.ts';
import { closeLoadBalancer, followNetwork, openLoadBalancer } from './balancer-interfaces.ts';
import { groupsRefusal, subnetsRefusal } from './balancer-network.ts';
import { hostedZone } from './hosted-zones.ts';
import { removeListenersOf } from './listeners.ts';
import { activeAt, isInternal, kindOf, loadBalancersOf, loadBalancerStates } from './load-balancers.ts';
import { nameRefusal, takenName } from './names.ts';
import { LOAD_BALANCER } from './types.ts';

export const loadBalancer: Behaviour = {
  make,
  refuseCreate: (making) =>
    firstOf(
      () => nameRefusal('load balancer', making.text('Name')),
      () => takenName(making, 'load balancer', loadBalancersOf(making.world, making.realm)),
      () => subnetsRefusal(making),
      () => groupsRefusal(making),
    ),
  made(world, realm, record, takesMs) {
    const ms = takesMs ?? Math.round(drawSeconds(durationOf(LOAD_BALANCER).create, world.random()) * 1000);
    loadBalancerStates(world, realm).put(record.id, { activeAt: world.now + ms });
    openLoadBalancer(world, realm, record);
  },
  readiness: (world, realm, record) => (activeAt(world, realm, record) <= world.now ? 'ready' : 'waiting'),
  changed: followNetwork,
  refuseDelete,
  deleting: end,
  gone(world, realm, record) {
    end(world, realm, record);
    loadBalancerStates(world, realm).delete(record.id);
  },
};

const KINDS: Readonly<Record<string, string>> = { application: 'app', network: 'net', gateway: 'gwy' };

function make(making: Making): Made {
  const { properties, realm, world } = making;
  const name = making.name('Name');
  const kind = kindOf(properties);
  const id = world.hex(16);
  const fullName = `${KINDS[kind] ?? 'app'}/${name}/${id}`;
  const arn = making.arn('elasticloadbalancing', `loadbalancer/${fullName}`);
  const number = Math.floor(world.random() * 1e10);
  const host =
    kind === 'application'
      ? `${isInternal(properties) ? 'internal-' : ''}${name}-${number}.${realm.region}.elb.amazonaws.com`
      : `${name}-${id}.elb.${realm.region}.amazonaws.com`;
  return {
    id: arn,
    arn,
    attributes: {
      LoadBalancerArn: arn,
      LoadBalancerName: name,
      LoadBalancerFullName: fullName,
      DNSName: host,
      CanonicalHostedZoneID: hostedZone(realm.region, kind),
    },
    properties: { Name: name },
  };
}

/** It is shown no more, its listeners and rules go with it, and its interfaces go in their own time. */
function end(world: World, realm: Realm, record: Resource): void {
  const state = loadBalancerStates(world, realm).get(record.id);
  if (state?.isDeleted) return;
  loadBalancerStates(world, realm).put(record.id, { activeAt: record.createdAt, ...state, isDeleted: true });
  removeListenersOf(world, realm, record.id);
  closeLoadBalancer(world, realm, record);
}

function refuseDelete(world: World, realm: Realm, { id, properties }: Resource): Refusal | undefined {
  if (attributeValue(properties['LoadBalancerAttributes'], 'deletion_protection.enabled') === 'true') {
    return invalid(
      'OperationNotPermitted',
      `Load balancer '${id}' cannot be deleted because deletion protection is enabled`,
    );
  }
  const offered = resourceWith(world, realm, 'AWS::EC2::VPCEndpointService', ({ properties: its }) =>
    [its['NetworkLoadBalancerArns'], its['GatewayLoadBalancerArns']].flat().includes(id),
  );
  if (offered === undefined) return undefined;
  const text = `Load balancer '${id}' cannot be deleted because it is currently associated with another service`;
  return { text, handlerErrorCode: 'ResourceConflict', code: 'ResourceInUse' };
}
