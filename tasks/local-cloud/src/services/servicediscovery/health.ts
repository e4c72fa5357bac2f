import type * as CloudMap from '@aws-sdk/client-servicediscovery';
import { attributesOf } from '../../catalog/servicediscovery/instance-records.ts';
import { instanceHealth } from '../../catalog/servicediscovery/instances.ts';
import { instanceId, instancesIn } from '../../catalog/servicediscovery/types.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { instanceWith, invalidToken, serviceWith } from './find.ts';

const PAGE_SIZE = 100;

/** Route 53's own checks find every instance well; where nobody checks, nobody knows. */
export function healthOf(world: World, realm: Realm, service: Resource, instance: Resource): CloudMap.HealthStatus {
  if (service.properties['HealthCheckConfig'] !== undefined) return 'HEALTHY';
  if (service.properties['HealthCheckCustomConfig'] === undefined) return 'UNKNOWN';
  const first = attributesOf(instance)['AWS_INIT_HEALTH_STATUS'] === 'UNHEALTHY' ? 'UNHEALTHY' : 'HEALTHY';
  return instanceHealth(world, realm).get(instance.id) ?? first;
}

export function getInstancesHealthStatus(
  world: World,
  input: CloudMap.GetInstancesHealthStatusRequest,
  call: Call,
): CloudMap.GetInstancesHealthStatusResponse {
  const { realm } = call;
  const service = serviceWith(world, realm, input.ServiceId);
  const asked = input.Instances?.map((id) => instanceWith(world, realm, service, id));
  const all = asked ?? instancesIn(world, realm, service.id);
  const { items, nextToken } = pageOf(all, input.MaxResults ?? PAGE_SIZE, input.NextToken, invalidToken);
  const statuses = items.map((instance) => [instanceId(instance), healthOf(world, realm, service, instance)] as const);
  return { Status: Object.fromEntries(statuses), ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
}

export function updateInstanceCustomHealthStatus(
  world: World,
  input: CloudMap.UpdateInstanceCustomHealthStatusRequest,
  call: Call,
): object {
  const service = serviceWith(world, call.realm, input.ServiceId);
  const { id } = instanceWith(world, call.realm, service, input.InstanceId);
  if (service.properties['HealthCheckCustomConfig'] === undefined) {
    throw new ServiceError('CustomHealthNotFound', `Service ${service.id} has no custom health check.`);
  }
  instanceHealth(world, call.realm).put(id, input.Status === 'UNHEALTHY' ? 'UNHEALTHY' : 'HEALTHY');
  return {};
}
