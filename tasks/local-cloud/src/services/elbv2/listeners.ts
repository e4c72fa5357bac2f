import type * as ELB from '@aws-sdk/client-elastic-load-balancing-v2';
import { actionsRefusal } from '../../catalog/elbv2/actions-refusal.ts';
import { certificateRefusal, portRefusal } from '../../catalog/elbv2/listener.ts';
import { listenersOf } from '../../catalog/elbv2/listeners.ts';
import { LISTENER, LOAD_BALANCER } from '../../catalog/elbv2/types.ts';
import { firstOf } from '../../catalog/ec2/refusals.ts';
import { createRecord, deleteRecord, serviceError } from '../../catalog/record.ts';
import type { Resource } from '../../resource.ts';
import type { Call, World } from '../../world.ts';
import { tagMap } from '../tag-list.ts';
import { actionsOf } from './actions.ts';
import { changeRecord, givenIn } from './change-record.ts';
import { elbv2Page } from './elbv2-page.ts';
import { findAll, findOne, invalid } from './find.ts';
import { typed } from './typed.ts';

export function describeListeners(
  world: World,
  input: ELB.DescribeListenersInput,
  { realm }: Call,
): ELB.DescribeListenersOutput {
  const { LoadBalancerArn: balancerArn, ListenerArns: arns = [] } = input;
  if ((balancerArn === undefined) === (arns.length === 0)) {
    throw invalid('You must specify either listener ARNs or a load balancer ARN');
  }
  const all =
    balancerArn === undefined
      ? findAll(world, realm, LISTENER, arns)
      : listenersOf(world, realm, findOne(world, realm, LOAD_BALANCER, balancerArn).id);
  const { items, ...next } = elbv2Page(all, input);
  return { Listeners: items.map(listenerShape), ...next };
}

export function createListener(
  world: World,
  input: ELB.CreateListenerInput,
  { realm }: Call,
): ELB.CreateListenerOutput {
  findOne(world, realm, LOAD_BALANCER, input.LoadBalancerArn);
  const properties = givenIn(input, 'Tags');
  const record = createRecord(world, realm, { type: LISTENER, properties, tags: tagMap(input.Tags) });
  return { Listeners: [listenerShape(record)] };
}

export function modifyListener(
  world: World,
  input: ELB.ModifyListenerInput,
  { realm }: Call,
): ELB.ModifyListenerOutput {
  const record = findOne(world, realm, LISTENER, input.ListenerArn);
  const change = givenIn(input, 'ListenerArn');
  // What encrypts goes when a listener no longer does.
  const isPlain = input.Protocol !== undefined && !isEncrypted(input.Protocol);
  const dropped: Record<string, unknown> = isPlain ? { Certificates: undefined, SslPolicy: undefined } : {};
  const properties: Resource['properties'] = { ...record.properties, ...dropped, ...change };
  const balancerArn = String(properties['LoadBalancerArn']);
  const neighbours = listenersOf(world, realm, balancerArn).filter(({ id }) => id !== record.id);
  const isTaken = neighbours.some((one) => Number(one.properties['Port']) === Number(properties['Port']));
  const refused = firstOf(
    () => portRefusal(isTaken, balancerArn),
    () => certificateRefusal(properties),
    () => actionsRefusal(world, realm, { properties }, balancerArn),
  );
  if (refused) throw serviceError(refused);
  return { Listeners: [listenerShape(changeRecord(world, realm, record, { ...dropped, ...change }))] };
}

export function deleteListener(
  world: World,
  input: ELB.DeleteListenerInput,
  { realm }: Call,
): ELB.DeleteListenerOutput {
  const { id } = findOne(world, realm, LISTENER, input.ListenerArn);
  deleteRecord({ world, realm, type: LISTENER, id });
  return {};
}

const SSL_POLICY = 'ELBSecurityPolicy-2016-08';

function listenerShape({ id, properties }: Resource): ELB.Listener {
  const { Certificates: certificates, MutualAuthentication: mutual, AlpnPolicy: alpn } = properties;
  const encryption = {
    Certificates: certificates as ELB.Certificate[],
    SslPolicy: String(properties['SslPolicy'] ?? SSL_POLICY),
    ...(mutual === undefined ? {} : { MutualAuthentication: typed(mutual) as ELB.MutualAuthenticationAttributes }),
    ...(alpn === undefined ? {} : { AlpnPolicy: alpn as string[] }),
  };
  return {
    ListenerArn: id,
    LoadBalancerArn: String(properties['LoadBalancerArn']),
    ...(properties['Port'] === undefined ? {} : { Port: Number(properties['Port']) }),
    ...(properties['Protocol'] === undefined ? {} : { Protocol: properties['Protocol'] as ELB.ProtocolEnum }),
    ...(isEncrypted(properties['Protocol']) ? encryption : {}),
    DefaultActions: actionsOf(properties['DefaultActions']),
  };
}

function isEncrypted(protocol: unknown): boolean {
  return protocol === 'HTTPS' || protocol === 'TLS';
}
