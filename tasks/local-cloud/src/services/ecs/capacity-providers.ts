import type * as ECS from '@aws-sdk/client-ecs';
import { CAPACITY_PROVIDER, attachedRefusal } from '../../catalog/ecs-capacity.ts';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { findRecord, setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { camelCase } from '../camel-case.ts';
import { pageOf } from '../page.ts';
import { propertiesOf } from '../pascal-case.ts';
import { invalidToken, tagList, tagMap } from './shapes.ts';

const PAGE_SIZE = 10;
/** AWS's own, in every account. */
const OWN = ['FARGATE', 'FARGATE_SPOT'];

export function createCapacityProvider(
  world: World,
  input: ECS.CreateCapacityProviderRequest,
  { realm }: Call,
): ECS.CreateCapacityProviderResponse {
  const name = input.name ?? '';
  if (/^(aws|ecs|fargate)/i.test(name)) {
    throw invalid(
      "The specified capacity provider name is invalid. Names can't be prefixed with aws, ecs, or fargate.",
    );
  }
  const { cluster, ...rest } = input;
  const properties = propertiesOf({ ...rest, ...(cluster !== undefined && { clusterName: cluster }) }, 'tags');
  const record = createRecord(world, realm, { type: CAPACITY_PROVIDER, properties, tags: tagMap(input.tags) });
  return { capacityProvider: providerView(realm, record) };
}

export function describeCapacityProviders(
  world: World,
  { capacityProviders: asked, cluster, maxResults, nextToken: token }: ECS.DescribeCapacityProvidersRequest,
  { realm }: Call,
): ECS.DescribeCapacityProvidersResponse {
  const all = [
    ...OWN.map((name) => ownView(realm, name)),
    ...[...resourcesOf(world, realm, CAPACITY_PROVIDER)].map((record) => providerView(realm, record)),
  ];
  const isAsked = ({ name, capacityProviderArn: arn }: ECS.CapacityProvider, one: string) =>
    one === name || one === arn;
  const wanted = all.filter(
    (view) =>
      (asked === undefined || asked.some((one) => isAsked(view, one))) &&
      (cluster === undefined || view.cluster === cluster.split('/').at(-1)),
  );
  const { items, nextToken } = pageOf(wanted, maxResults ?? PAGE_SIZE, token, invalidToken);
  const missing = (asked ?? []).filter((one) => !all.some((view) => isAsked(view, one)));
  return {
    capacityProviders: [...items],
    failures: missing.map((one) => ({ arn: arnOf(realm, one), reason: 'MISSING' })),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

export function updateCapacityProvider(
  world: World,
  input: ECS.UpdateCapacityProviderRequest,
  { realm }: Call,
): ECS.UpdateCapacityProviderResponse {
  const record = providerOf(world, realm, input.name);
  const changes = propertiesOf(input, 'name', 'cluster');
  const known = record.properties['AutoScalingGroupProvider'] as object | undefined;
  const group = changes['AutoScalingGroupProvider'] as object | undefined;
  // The group itself stays: a request names only what it changes about it.
  if (group !== undefined) changes['AutoScalingGroupProvider'] = { ...known, ...group };
  const view = providerView(realm, setProperties(world, realm, record, changes));
  return { capacityProvider: { ...view, updateStatus: 'UPDATE_COMPLETE' } };
}

/** One that a cluster has is answered as well: the reason why it stays is in the answer. */
export function deleteCapacityProvider(
  world: World,
  input: ECS.DeleteCapacityProviderRequest,
  { realm }: Call,
): ECS.DeleteCapacityProviderResponse {
  const record = providerOf(world, realm, input.capacityProvider);
  const refused = attachedRefusal(world, realm, record.id);
  if (refused !== undefined) {
    const view = providerView(realm, record);
    return { capacityProvider: { ...view, updateStatus: 'DELETE_FAILED', updateStatusReason: refused.text } };
  }
  deleteRecord({ world, realm, type: CAPACITY_PROVIDER, id: record.id });
  const view = providerView(realm, record);
  return { capacityProvider: { ...view, status: 'INACTIVE', updateStatus: 'DELETE_COMPLETE' } };
}

function providerOf(world: World, realm: Realm, nameOrArn = ''): Resource {
  const name = nameOrArn.split('/').at(-1) ?? '';
  if (OWN.includes(name)) {
    throw new ServiceError('ClientException', 'The specified capacity provider is reserved and cannot be changed.');
  }
  const record = findRecord(world, realm, CAPACITY_PROVIDER, name);
  if (record === undefined) throw invalid('The specified capacity provider does not exist.');
  return record;
}

function providerView(realm: Realm, record: Resource): ECS.CapacityProvider {
  const { Name: _name, ClusterName: cluster, ...properties } = record.properties;
  const type = properties['ManagedInstancesProvider'] === undefined ? 'EC2_AUTOSCALING' : 'MANAGED_INSTANCES';
  return {
    ...(camelCase(properties) as Partial<ECS.CapacityProvider>),
    capacityProviderArn: arnOf(realm, record.id),
    name: record.id,
    status: 'ACTIVE',
    type,
    ...(cluster === undefined ? {} : { cluster: String(cluster) }),
    tags: tagList(record.tags),
  };
}

function ownView(realm: Realm, name: string): ECS.CapacityProvider {
  const type = name === 'FARGATE' ? 'FARGATE' : 'FARGATE_SPOT';
  return { capacityProviderArn: arnOf(realm, name), name, status: 'ACTIVE', type, tags: [] };
}

function arnOf({ region, account }: Realm, nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : `arn:aws:ecs:${region}:${account}:capacity-provider/${nameOrArn}`;
}

function invalid(text: string): ServiceError {
  return new ServiceError('InvalidParameterException', text);
}
