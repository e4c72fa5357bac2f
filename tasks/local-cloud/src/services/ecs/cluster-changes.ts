import type * as ECS from '@aws-sdk/client-ecs';
import { inUseRefusal } from '../../catalog/ecs-capacity.ts';
import { createRecord, deleteRecord, serviceError } from '../../catalog/record.ts';
import { resourceKey, resources } from '../../resource.ts';
import type { Call, World } from '../../world.ts';
import { propertiesOf } from '../pascal-case.ts';
import { clusterNamed, clusterOf, describeCluster } from './clusters.ts';
import { tagMap } from './shapes.ts';

const TYPE = 'AWS::ECS::Cluster';

/** A cluster of that name that is there already is the answer as well. */
export function createCluster(world: World, input: ECS.CreateClusterRequest, call: Call): ECS.CreateClusterResponse {
  const clusterName = input.clusterName ?? 'default';
  const known = clusterNamed(world, call.realm, clusterName);
  const { settings, ...rest } = input;
  const properties = propertiesOf({ ...rest, clusterName, ...(settings && { clusterSettings: settings }) }, 'tags');
  const record = known ?? createRecord(world, call.realm, { type: TYPE, properties, tags: tagMap(input.tags) });
  return { cluster: describeCluster(world, call.realm, record) };
}

export function deleteCluster(world: World, input: ECS.DeleteClusterRequest, call: Call): ECS.DeleteClusterResponse {
  const { realm } = call;
  const record = clusterOf(world, realm, input.cluster);
  const cluster = describeCluster(world, realm, record);
  deleteRecord({ world, realm, type: TYPE, id: record.id });
  return { cluster: { ...cluster, status: 'INACTIVE' } };
}

export function updateCluster(world: World, input: ECS.UpdateClusterRequest, call: Call): ECS.UpdateClusterResponse {
  const record = clusterOf(world, call.realm, input.cluster);
  const { settings, configuration, serviceConnectDefaults } = input;
  const changes = propertiesOf({ clusterSettings: settings, configuration, serviceConnectDefaults });
  return { cluster: changed(world, call, record, changes) };
}

export function putClusterCapacityProviders(
  world: World,
  input: ECS.PutClusterCapacityProvidersRequest,
  call: Call,
): ECS.PutClusterCapacityProvidersResponse {
  const record = clusterOf(world, call.realm, input.cluster);
  const refused = inUseRefusal(world, call.realm, record, input.capacityProviders ?? []);
  if (refused !== undefined) throw serviceError(refused);
  return { cluster: changed(world, call, record, propertiesOf(input, 'cluster')) };
}

function changed(
  world: World,
  { realm }: Call,
  record: ReturnType<typeof clusterOf>,
  changes: Readonly<Record<string, unknown>>,
): ECS.Cluster {
  const next = { ...record, properties: { ...record.properties, ...changes } };
  resources(world, realm).put(resourceKey(TYPE, record.id), next);
  return describeCluster(world, realm, next);
}
