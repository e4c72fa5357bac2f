import type { Behaviour, Made, Making, Refusal } from '../behaviour.ts';
import { alreadyThere, firstOf, invalid } from '../ec2/refusals.ts';
import { resourceWith } from '../resources-of.ts';
import { actionsRefusal, notFound } from './actions-refusal.ts';
import { arnTail } from './arn-tail.ts';
import { noteUses } from './group-uses.ts';
import { removeRulesOf } from './listeners.ts';
import { findLoadBalancer } from './load-balancers.ts';
import { wrong } from './names.ts';
import { LISTENER, LOAD_BALANCER } from './types.ts';

export const listener: Behaviour = {
  make,
  refuseCreate: (making) =>
    firstOf(
      () => balancerRefusal(making),
      () => takenPort(making),
      () => certificateRefusal(making.properties),
      () => actionsRefusal(making.world, making.realm, making, making.text('LoadBalancerArn')),
    ),
  made: (world, realm, record) => noteUses(world, realm, undefined, record),
  changed: noteUses,
  gone(world, realm, record) {
    removeRulesOf(world, realm, record.id);
    noteUses(world, realm, record, undefined);
  },
};

function make(making: Making): Made {
  const balancer = arnTail(making.text('LoadBalancerArn'), 'loadbalancer/');
  const arn = making.arn('elasticloadbalancing', `listener/${balancer}/${making.world.hex(16)}`);
  return { id: arn, arn, attributes: { ListenerArn: arn } };
}

function balancerRefusal({ world, realm, text }: Making): Refusal | undefined {
  const arn = text('LoadBalancerArn');
  if (arn === undefined || findLoadBalancer(world, realm, arn) !== undefined) return undefined;
  return notFound(LOAD_BALANCER, arn);
}

function takenPort({ world, realm, properties }: Making): Refusal | undefined {
  const { LoadBalancerArn: balancer, Port: port } = properties;
  return portRefusal(
    resourceWith(
      ...([world, realm, LISTENER] as const),
      ({ properties: its }) => its['LoadBalancerArn'] === balancer && Number(its['Port']) === Number(port),
    ) !== undefined,
    String(balancer),
  );
}

/** Whether a port is taken is for the caller to find out: a listener may keep its own. */
export function portRefusal(isTaken: boolean, balancerArn: string): Refusal | undefined {
  if (!isTaken) return undefined;
  return alreadyThere(
    'DuplicateListener',
    `A listener already exists on this port for this load balancer '${balancerArn}'`,
  );
}

/** Encrypted listeners have a certificate, the others have none. */
export function certificateRefusal(properties: Readonly<Record<string, unknown>>): Refusal | undefined {
  const { Protocol: protocol, Certificates: certificates } = properties;
  const isEncrypted = protocol === 'HTTPS' || protocol === 'TLS';
  const hasOne = Array.isArray(certificates) && certificates.length > 0;
  if (isEncrypted && !hasOne) return wrong(`A certificate must be specified for ${protocol} listeners`);
  if (isEncrypted || !hasOne || protocol === undefined) return undefined;
  return invalid('InvalidConfigurationRequest', `You cannot specify a certificate for a ${String(protocol)} listener`);
}
