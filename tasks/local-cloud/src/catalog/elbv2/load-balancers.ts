import type { Resource } from '../../resource.ts';
import type { Realm, Table, World } from '../../world.ts';
import { resourcesOf } from '../resources-of.ts';
import { findRecord } from '../stored-record.ts';
import { LOAD_BALANCER } from './types.ts';

/** What Elastic Load Balancing keeps of a load balancer beside its record. By ARN. */
export interface LoadBalancerState {
  readonly activeAt: number;
  /** It is shown no more, though CloudFormation still waits for its end. */
  readonly isDeleted?: true;
}

export function loadBalancerStates(world: World, realm: Realm): Table<LoadBalancerState> {
  return world.table<LoadBalancerState>('elbv2.load-balancer', realm);
}

/** The load balancers that the service shows, oldest first. */
export function loadBalancersOf(world: World, realm: Realm): Resource[] {
  return [...resourcesOf(world, realm, LOAD_BALANCER)].filter(({ id }) => isShown(world, realm, id));
}

export function findLoadBalancer(world: World, realm: Realm, arn: string): Resource | undefined {
  return isShown(world, realm, arn) ? findRecord(world, realm, LOAD_BALANCER, arn) : undefined;
}

function isShown(world: World, realm: Realm, arn: string): boolean {
  return loadBalancerStates(world, realm).get(arn)?.isDeleted !== true;
}

/** When its provisioning is over, or was. */
export function activeAt(world: World, realm: Realm, { id, createdAt }: Resource): number {
  return loadBalancerStates(world, realm).get(id)?.activeAt ?? createdAt;
}

/** `application` unless it says otherwise. */
export function kindOf({ Type: kind }: Readonly<Record<string, unknown>>): string {
  return String(kind ?? 'application');
}

export function isInternal({ Scheme: scheme }: Readonly<Record<string, unknown>>): boolean {
  return scheme === 'internal';
}

/** Whichever of the two ways of naming them was chosen. */
export function subnetIdsOf(properties: Readonly<Record<string, unknown>>): string[] {
  const { Subnets: subnets, SubnetMappings: mappings = [] } = properties as {
    readonly Subnets?: readonly string[];
    readonly SubnetMappings?: readonly { readonly SubnetId?: string }[];
  };
  return [...(subnets ?? mappings.flatMap(({ SubnetId }) => SubnetId ?? []))];
}
