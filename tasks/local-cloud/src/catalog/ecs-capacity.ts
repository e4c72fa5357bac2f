import { findRecord, setProperties } from './stored-record.ts';
import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import type { Behaviours, Making, Refusal } from './behaviour.ts';
import { resourceWith, resourcesOf } from './resources-of.ts';

export const CAPACITY_PROVIDER = 'AWS::ECS::CapacityProvider';
const ASSOCIATIONS = 'AWS::ECS::ClusterCapacityProviderAssociations';
const CLUSTER = 'AWS::ECS::Cluster';

/** How long CloudFormation's handler asks before it says `Out of retries.` EST. */
const RETRY_SECONDS = 600;

/** Capacity providers, and which of them a cluster has. */
export const ecsCapacity: Behaviours = {
  [CAPACITY_PROVIDER]: {
    make: (making) => {
      const name = making.name('Name');
      return { id: name, ref: name, arn: making.arn('ecs', `capacity-provider/${name}`), properties: { Name: name } };
    },
    refuseCreate: takenGroup,
    refuseDelete: (world, realm, provider) => attachedRefusal(world, realm, provider.id),
  },
  [ASSOCIATIONS]: {
    made: attach,
    changed: (world, realm, _before, after) => attach(world, realm, after),
    refuseDelete: (world, realm, { properties }) => {
      const cluster = clusterRecord(world, realm, properties);
      return cluster && inUseRefusal(world, realm, cluster, []);
    },
    gone(world, realm, { properties }) {
      const cluster = clusterRecord(world, realm, properties);
      if (cluster !== undefined) {
        setProperties(world, realm, cluster, { CapacityProviders: [], DefaultCapacityProviderStrategy: [] });
      }
    },
  },
};

function attach(world: World, realm: Realm, { properties }: Resource): void {
  const cluster = clusterRecord(world, realm, properties);
  if (cluster === undefined) return;
  const { CapacityProviders, DefaultCapacityProviderStrategy } = properties;
  setProperties(world, realm, cluster, { CapacityProviders, DefaultCapacityProviderStrategy });
}

function clusterRecord(
  world: World,
  realm: Realm,
  { Cluster: cluster }: Readonly<Record<string, unknown>>,
): Resource | undefined {
  return findRecord(
    world,
    realm,
    CLUSTER,
    String(cluster ?? 'default')
      .split('/')
      .at(-1) ?? '',
  );
}

/** The providers of a cluster, by name. */
export function providersOf({ properties }: Resource): string[] {
  return ((properties['CapacityProviders'] ?? []) as readonly unknown[]).map(String);
}

/** Why a provider cannot go: a cluster has it. */
export function attachedRefusal(world: World, realm: Realm, name: string): Refusal | undefined {
  const cluster = resourceWith(world, realm, CLUSTER, (record) => providersOf(record).includes(name));
  if (cluster === undefined) return undefined;
  return {
    text: `The capacity provider cannot be deleted because it is associated with cluster: ${cluster.id}. Remove the capacity provider from the cluster and try again.`,
    handlerErrorCode: 'GeneralServiceException',
    code: 'ClientException',
    retrySeconds: RETRY_SECONDS,
  };
}

/** Why a cluster cannot have those providers only: a service of its names another one that it has. */
export function inUseRefusal(
  world: World,
  realm: Realm,
  cluster: Resource,
  left: readonly string[],
): Refusal | undefined {
  const going = new Set(providersOf(cluster).filter((name) => !left.includes(name)));
  const prefix = `arn:aws:ecs:${realm.region}:${realm.account}:service/${cluster.id}/`;
  const user = resourceWith(
    world,
    realm,
    'AWS::ECS::Service',
    ({ arn, properties }) => arn?.startsWith(prefix) === true && strategyOf(properties).some((name) => going.has(name)),
  );
  if (user === undefined) return undefined;
  return {
    text: 'The specified capacity provider is in use and cannot be removed.',
    handlerErrorCode: 'ResourceConflict',
    code: 'ResourceInUseException',
    retrySeconds: RETRY_SECONDS,
  };
}

function strategyOf(properties: Resource['properties']): string[] {
  const items = (properties['CapacityProviderStrategy'] ?? []) as readonly { readonly CapacityProvider?: unknown }[];
  return items.map(({ CapacityProvider: name }) => String(name));
}

/** Why a cluster cannot go: providers live in it alone. */
export function scopedRefusal(world: World, realm: Realm, cluster: Resource): Refusal | undefined {
  const scoped = [...resourcesOf(world, realm, CAPACITY_PROVIDER)].some(
    ({ properties }) => properties['ClusterName'] === cluster.id,
  );
  if (!scoped) return undefined;
  return {
    text: 'The Cluster cannot be deleted while Cluster Scoped Capacity Providers are attached to the cluster.',
    handlerErrorCode: 'GeneralServiceException',
    code: 'ClusterContainsCapacityProviderException',
  };
}

function takenGroup(making: Making): Refusal | undefined {
  const group = groupOf(making.properties);
  if (group === undefined) return undefined;
  const { world, realm } = making;
  if (resourceWith(world, realm, CAPACITY_PROVIDER, ({ properties }) => groupOf(properties) === group) === undefined) {
    return undefined;
  }
  return {
    text: 'The specified Auto Scaling group ARN is already being used by another capacity provider. Specify a unique Auto Scaling group ARN and try again.',
    handlerErrorCode: 'InvalidRequest',
    code: 'ClientException',
  };
}

function groupOf(properties: Readonly<Record<string, unknown>>): string | undefined {
  const { AutoScalingGroupProvider: provider } = properties as {
    readonly AutoScalingGroupProvider?: { readonly AutoScalingGroupArn?: string };
  };
  return provider?.AutoScalingGroupArn;
}
