import type * as CloudMap from '@aws-sdk/client-servicediscovery';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { CLOUD_MAP_SECONDS } from '../../catalog/seconds.ts';
import { dnsConfigOf } from '../../catalog/servicediscovery/instance-records.ts';
import {
  HTTP_NAMESPACE,
  SERVICE,
  findNamespace,
  instancesIn,
  namespaceOf,
  serviceName,
} from '../../catalog/servicediscovery/types.ts';
import type { Resource } from '../../resource.ts';
import type { Call, Realm, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { tagMap } from '../tag-list.ts';
import { checkFilters, passes } from './filters.ts';
import { invalidInput, invalidToken, serviceWith } from './find.ts';
import { startOperation } from './operation-records.ts';
import { checkTags } from './tags.ts';

const PAGE_SIZE = 100;

export function createService(
  world: World,
  input: CloudMap.CreateServiceRequest,
  call: Call,
): CloudMap.CreateServiceResponse {
  const { Tags, CreatorRequestId: _CreatorRequestId, ...given } = input;
  checkTags(Tags);
  const properties = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const service = createRecord(world, call.realm, { type: SERVICE, properties, tags: tagMap(Tags) });
  return { Service: describe(world, call.realm, service) };
}

export function getService(world: World, input: CloudMap.GetServiceRequest, call: Call): CloudMap.GetServiceResponse {
  return { Service: describe(world, call.realm, serviceWith(world, call.realm, input.Id)) };
}

export function listServices(
  world: World,
  input: CloudMap.ListServicesRequest,
  call: Call,
): CloudMap.ListServicesResponse {
  checkFilters(input.Filters, ['NAMESPACE_ID', 'RESOURCE_OWNER']);
  const all = [...resourcesOf(world, call.realm, SERVICE)].filter((service) =>
    passes(input.Filters, (name) => (name === 'NAMESPACE_ID' ? namespaceOf(service) : 'SELF')),
  );
  const { items, nextToken } = pageOf(all, input.MaxResults ?? PAGE_SIZE, input.NextToken, invalidToken);
  return {
    Services: items.map((service) => describe(world, call.realm, service)),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

/** What is left out goes, but for the description: an update says the whole of the rest. */
export function updateService(
  world: World,
  input: CloudMap.UpdateServiceRequest,
  call: Call,
): CloudMap.UpdateServiceResponse {
  const service = serviceWith(world, call.realm, input.Id);
  const { Description, DnsConfig, HealthCheckConfig } = input.Service ?? {};
  const before = service.properties['DnsConfig'] as object | undefined;
  if (DnsConfig !== undefined && before === undefined) {
    throw invalidInput('You can update the DNS records of a service only where it has a DnsConfig.');
  }
  const work = {
    ...(Description === undefined ? {} : { Description }),
    ...(DnsConfig === undefined ? {} : { DnsConfig: { ...before, DnsRecords: DnsConfig.DnsRecords } }),
    ...(HealthCheckConfig === undefined ? {} : { HealthCheckConfig }),
  };
  const targets = { SERVICE: service.id };
  const takes = CLOUD_MAP_SECONDS.service;
  return { OperationId: startOperation(world, call.realm, { type: 'UPDATE_SERVICE', targets, work, takes }) };
}

export function deleteService(world: World, input: CloudMap.DeleteServiceRequest, call: Call): object {
  const { id } = serviceWith(world, call.realm, input.Id);
  deleteRecord({ world, realm: call.realm, type: SERVICE, id });
  return {};
}

function describe(world: World, realm: Realm, service: Resource): CloudMap.Service {
  const { id, arn, properties, createdAt } = service;
  const check = properties['HealthCheckConfig'] as CloudMap.HealthCheckConfig | undefined;
  const custom = properties['HealthCheckCustomConfig'];
  const dns = dnsOf(service);
  return {
    Id: id,
    Arn: arn,
    ResourceOwner: realm.account,
    Name: serviceName(service),
    NamespaceId: namespaceOf(service),
    ...(properties['Description'] === undefined ? {} : { Description: String(properties['Description']) }),
    InstanceCount: instancesIn(world, realm, id).length,
    ...(dns === undefined ? {} : { DnsConfig: dns }),
    Type: typeOf(world, realm, service),
    ...(check === undefined
      ? {}
      : { HealthCheckConfig: { ...check, FailureThreshold: Number(check.FailureThreshold ?? 1) } }),
    // AWS takes any threshold and always acts as if it were 1.
    ...(custom === undefined ? {} : { HealthCheckCustomConfig: { FailureThreshold: 1 } }),
    CreateDate: new Date(createdAt),
    CreatedByAccount: realm.account,
  };
}

function dnsOf(service: Resource): CloudMap.DnsConfig | undefined {
  const config = dnsConfigOf(service);
  if (config === undefined) return undefined;
  return {
    NamespaceId: namespaceOf(service),
    RoutingPolicy: (config.RoutingPolicy ?? 'MULTIVALUE') as CloudMap.RoutingPolicy,
    DnsRecords: (config.DnsRecords ?? []).map(({ Type, TTL }) => ({
      Type: Type as CloudMap.RecordType,
      TTL: Number(TTL),
    })),
  };
}

function typeOf(world: World, realm: Realm, service: Resource): CloudMap.ServiceType {
  const isHttp = findNamespace(world, realm, namespaceOf(service))?.type === HTTP_NAMESPACE;
  return isHttp || service.properties['DnsConfig'] === undefined ? 'HTTP' : 'DNS_HTTP';
}
