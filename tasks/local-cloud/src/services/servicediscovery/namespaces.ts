import type * as CloudMap from '@aws-sdk/client-servicediscovery';
import { beginRemoving } from '../../catalog/remove-resource.ts';
import { serviceError } from '../../catalog/record.ts';
import { durationOf } from '../../catalog/seconds.ts';
import { authorityTtl, httpNamespaceTaken, zoneIdOf } from '../../catalog/servicediscovery/namespaces.ts';
import {
  HTTP_NAMESPACE,
  PRIVATE_NAMESPACE,
  PUBLIC_NAMESPACE,
  namespaceId,
  namespacesIn,
  servicesIn,
} from '../../catalog/servicediscovery/types.ts';
import type { Resource } from '../../resource.ts';
import type { Call, Realm, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { tagMap } from '../tag-list.ts';
import { checkFilters, passes } from './filters.ts';
import { duplicate, invalidToken, namespaceWith } from './find.ts';
import { operationOn, operationRecords, startOperation } from './operation-records.ts';
import { checkTags } from './tags.ts';

const PAGE_SIZE = 100;
const FILTERS = ['TYPE', 'NAME', 'HTTP_NAME', 'RESOURCE_OWNER'];

const TYPES: Readonly<Record<string, CloudMap.NamespaceType>> = {
  [HTTP_NAMESPACE]: 'HTTP',
  [PRIVATE_NAMESPACE]: 'DNS_PRIVATE',
  [PUBLIC_NAMESPACE]: 'DNS_PUBLIC',
};

export function createHttpNamespace(
  world: World,
  input: CloudMap.CreateHttpNamespaceRequest,
  call: Call,
): CloudMap.CreateHttpNamespaceResponse {
  const taken = httpNamespaceTaken(world, call.realm, input.Name);
  if (taken !== undefined) throw serviceError(taken);
  return create(world, call.realm, HTTP_NAMESPACE, input);
}

export function createPrivateDnsNamespace(
  world: World,
  input: CloudMap.CreatePrivateDnsNamespaceRequest,
  call: Call,
): CloudMap.CreatePrivateDnsNamespaceResponse {
  return create(world, call.realm, PRIVATE_NAMESPACE, input);
}

export function createPublicDnsNamespace(
  world: World,
  input: CloudMap.CreatePublicDnsNamespaceRequest,
  call: Call,
): CloudMap.CreatePublicDnsNamespaceResponse {
  return create(world, call.realm, PUBLIC_NAMESPACE, input);
}

/** Whoever asks a second time with the same CreatorRequestId gets the operation that goes on already. */
function create(
  world: World,
  realm: Realm,
  type: string,
  input: CloudMap.CreatePrivateDnsNamespaceRequest | CloudMap.CreateHttpNamespaceRequest,
): { OperationId: string } {
  const { CreatorRequestId: creatorRequestId, Tags, ...given } = input;
  checkTags(Tags);
  for (const known of operationRecords(world, realm).values()) {
    const isSame = creatorRequestId !== undefined && known.creatorRequestId === creatorRequestId;
    if (isSame && known.type === 'CREATE_NAMESPACE' && known.endsAt > world.now) return { OperationId: known.id };
  }
  const Id = namespaceId(world);
  const properties = Object.fromEntries(Object.entries({ ...given, Id }).filter(([, value]) => value !== undefined));
  const OperationId = startOperation(world, realm, {
    type: 'CREATE_NAMESPACE',
    targets: { NAMESPACE: Id },
    work: { type, properties, tags: tagMap(Tags) },
    takes: durationOf(type).create,
    creatorRequestId,
  });
  return { OperationId };
}

export function getNamespace(
  world: World,
  input: CloudMap.GetNamespaceRequest,
  call: Call,
): CloudMap.GetNamespaceResponse {
  return { Namespace: describe(world, call.realm, namespaceWith(world, call.realm, input.Id)) };
}

export function listNamespaces(
  world: World,
  input: CloudMap.ListNamespacesRequest,
  call: Call,
): CloudMap.ListNamespacesResponse {
  checkFilters(input.Filters, FILTERS);
  const all = namespacesIn(world, call.realm).filter((namespace) =>
    passes(input.Filters, (name) => filterValue(namespace, name)),
  );
  const { items, nextToken } = pageOf(all, input.MaxResults ?? PAGE_SIZE, input.NextToken, invalidToken);
  return {
    Namespaces: items.map((namespace) => describe(world, call.realm, namespace)),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

export function deleteNamespace(
  world: World,
  input: CloudMap.DeleteNamespaceRequest,
  call: Call,
): CloudMap.DeleteNamespaceResponse {
  const { realm } = call;
  const { id, type } = namespaceWith(world, realm, input.Id);
  const other = operationOn(world, realm, 'DELETE_NAMESPACE', { NAMESPACE: id });
  if (other !== undefined) throw duplicate('DeleteNamespace', other.id);
  const refused = beginRemoving({ world, realm, type, id });
  if (refused !== undefined) throw serviceError(refused);
  const takes = durationOf(type).delete;
  return { OperationId: startOperation(world, realm, { type: 'DELETE_NAMESPACE', targets: { NAMESPACE: id }, takes }) };
}

function describe(world: World, { account, region }: Realm, namespace: Resource): CloudMap.Namespace {
  const { id, arn, type, properties, createdAt } = namespace;
  const Name = String(properties['Name']);
  const ttl = authorityTtl(properties);
  const zone = { HostedZoneId: zoneIdOf(namespace), ...(ttl === undefined ? {} : { SOA: { TTL: ttl } }) };
  return {
    Id: id,
    Arn: arn,
    ResourceOwner: account,
    Name,
    Type: TYPES[type],
    ...(properties['Description'] === undefined ? {} : { Description: String(properties['Description']) }),
    ServiceCount: servicesIn(world, { account, region }, id).length,
    Properties: {
      ...(type === HTTP_NAMESPACE ? {} : { DnsProperties: zone }),
      HttpProperties: { HttpName: Name },
    },
    CreateDate: new Date(createdAt),
  };
}

function filterValue({ type, properties }: Resource, name: string): string | undefined {
  if (name === 'TYPE') return TYPES[type];
  // Nobody else's namespaces are ever seen.
  return name === 'RESOURCE_OWNER' ? 'SELF' : String(properties['Name']);
}
