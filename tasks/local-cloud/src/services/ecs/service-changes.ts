import type * as ECS from '@aws-sdk/client-ecs';
import { createRecord } from '../../catalog/record.ts';
import { beginRemoving, clearanceOf, removeResource } from '../../catalog/remove-resource.ts';
import { resourceKey, resources } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Due, World } from '../../world.ts';
import { propertiesOf } from '../pascal-case.ts';
import { clusterOf } from './clusters.ts';
import { describeService, serviceNamed } from './services.ts';
import { currentState } from './service-state.ts';
import { tagMap } from './shapes.ts';
import { taskDefinitionArn } from './task-definitions.ts';

const TYPE = 'AWS::ECS::Service';
const ASK_AGAIN_MS = 5000;
export const FINISH_DELETE = 'ecs.finish-delete';

export function createService(world: World, input: ECS.CreateServiceRequest, call: Call): ECS.CreateServiceResponse {
  const { realm } = call;
  const cluster = clusterOf(world, realm, input.cluster);
  const properties = {
    ...propertiesOf(input, 'tags', 'clientToken'),
    Cluster: cluster.id,
    ...(input.taskDefinition === undefined
      ? {}
      : { TaskDefinition: taskDefinitionArn(world, realm, input.taskDefinition) }),
  };
  const record = createRecord(world, realm, { type: TYPE, properties, tags: tagMap(input.tags) });
  const state = currentState(world, realm, record);
  return { service: describeService(world, realm, cluster, { record, state }) };
}

/** A service that still wants tasks goes only by force. It drains first, and is gone when its tasks are. */
export function deleteService(world: World, input: ECS.DeleteServiceRequest, call: Call): ECS.DeleteServiceResponse {
  const { realm } = call;
  const cluster = clusterOf(world, realm, input.cluster);
  const { record, state } = serviceNamed(world, realm, cluster, input.service);
  if (state.wanted.desiredCount > 0 && input.force !== true) {
    throw new ServiceError('InvalidParameterException', 'The service cannot be stopped while it is scaled above 0.');
  }
  beginRemoving({ world, realm, type: TYPE, id: record.id });
  world.later(ASK_AGAIN_MS, { kind: FINISH_DELETE, realm, payload: { id: record.id } });
  return { service: describeService(world, realm, cluster, { record, state: currentState(world, realm, record) }) };
}

export function finishDelete(world: World, { realm, payload }: Due): void {
  const input = { world, realm, type: TYPE, id: String(payload['id']) };
  if (resources(world, realm).get(resourceKey(TYPE, input.id)) === undefined) return;
  if (clearanceOf(input) === 'ready') removeResource(input);
  else world.later(ASK_AGAIN_MS, { kind: FINISH_DELETE, realm, payload });
}
