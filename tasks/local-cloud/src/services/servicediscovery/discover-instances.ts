import type * as CloudMap from '@aws-sdk/client-servicediscovery';
import { serviceError } from '../../catalog/record.ts';
import { attributesOf } from '../../catalog/servicediscovery/instance-records.ts';
import { noService } from '../../catalog/servicediscovery/instances.ts';
import { noNamespace } from '../../catalog/servicediscovery/services.ts';
import {
  instanceId,
  instancesIn,
  namespacesIn,
  serviceName,
  servicesIn,
} from '../../catalog/servicediscovery/types.ts';
import type { Resource } from '../../resource.ts';
import type { Call, Realm, World } from '../../world.ts';
import { healthOf } from './health.ts';

const RESULTS_MAX = 100;

interface Found {
  readonly instance: Resource;
  readonly attributes: Readonly<Record<string, string>>;
  readonly health: CloudMap.HealthStatus;
}

/** By names, not by ids: what an application asks. https://docs.aws.amazon.com/cloud-map/latest/api/API_DiscoverInstances.html */
export function discoverInstances(
  world: World,
  input: CloudMap.DiscoverInstancesRequest,
  call: Call,
): CloudMap.DiscoverInstancesResponse {
  const { realm } = call;
  const service = serviceNamed(world, realm, input);
  const all = instancesIn(world, realm, service.id).map((instance) => ({
    instance,
    attributes: attributesOf(instance),
    health: healthOf(world, realm, service, instance),
  }));
  const found = preferred(
    wanted(all, input.HealthStatus ?? 'HEALTHY_OR_ELSE_ALL').filter(({ attributes }) =>
      hasAll(attributes, input.QueryParameters),
    ),
    input.OptionalParameters,
  );
  return {
    Instances: found.slice(0, input.MaxResults ?? RESULTS_MAX).map(({ instance, attributes, health }) => ({
      InstanceId: instanceId(instance),
      NamespaceName: input.NamespaceName,
      ServiceName: serviceName(service),
      HealthStatus: health,
      Attributes: { ...attributes },
    })),
  };
}

function serviceNamed(
  world: World,
  realm: Realm,
  { NamespaceName = '', ServiceName = '' }: CloudMap.DiscoverInstancesRequest,
): Resource {
  const namespaces = namespacesIn(world, realm).filter(({ properties }) => properties['Name'] === NamespaceName);
  if (namespaces.length === 0) throw serviceError(noNamespace(NamespaceName));
  const services = namespaces.flatMap(({ id }) => servicesIn(world, realm, id));
  const service = services.find((each) => serviceName(each) === ServiceName);
  if (service === undefined) throw serviceError(noService(ServiceName));
  return service;
}

/** Instances that nobody checks count as healthy. */
function wanted(all: readonly Found[], status: string): readonly Found[] {
  const healthy = all.filter(({ health }) => health !== 'UNHEALTHY');
  if (status === 'UNHEALTHY') return all.filter(({ health }) => health === 'UNHEALTHY');
  if (status === 'HEALTHY') return healthy;
  return status === 'ALL' || healthy.length === 0 ? all : healthy;
}

/** Those that have the optional attributes too, where there are any; else all. */
function preferred(found: readonly Found[], optional: Record<string, string> | undefined): readonly Found[] {
  const better = found.filter(({ attributes }) => hasAll(attributes, optional));
  return better.length === 0 ? found : better;
}

function hasAll(attributes: Found['attributes'], asked: Record<string, string> = {}): boolean {
  return Object.entries(asked).every(([name, value]) => attributes[name] === value);
}
