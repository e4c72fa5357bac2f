import type * as CloudMap from '@aws-sdk/client-servicediscovery';
import { serviceError } from '../../catalog/record.ts';
import { CLOUD_MAP_SECONDS } from '../../catalog/seconds.ts';
import { attributesOf } from '../../catalog/servicediscovery/instance-records.ts';
import { registrationRefusal } from '../../catalog/servicediscovery/instances.ts';
import { instanceId, instancesIn } from '../../catalog/servicediscovery/types.ts';
import type { Call, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { duplicate, instanceWith, invalidToken, serviceWith } from './find.ts';
import { operationOn, startOperation } from './operation-records.ts';

const PAGE_SIZE = 100;

/** Registering what is there already puts new attributes in the place of the old. */
export function registerInstance(
  world: World,
  input: CloudMap.RegisterInstanceRequest,
  call: Call,
): CloudMap.RegisterInstanceResponse {
  const { realm } = call;
  const service = serviceWith(world, realm, input.ServiceId);
  const attributes = input.Attributes ?? {};
  const refused = registrationRefusal(world, realm, { ServiceId: service.id, InstanceAttributes: attributes });
  if (refused !== undefined) throw serviceError(refused);
  const targets = { SERVICE: service.id, INSTANCE: input.InstanceId ?? '' };
  const other = operationOn(world, realm, 'REGISTER_INSTANCE', targets);
  if (other !== undefined) throw duplicate('RegisterInstance', other.id);
  const takes = CLOUD_MAP_SECONDS.instance;
  const work = { attributes: { ...attributes } };
  return { OperationId: startOperation(world, realm, { type: 'REGISTER_INSTANCE', targets, work, takes }) };
}

export function deregisterInstance(
  world: World,
  input: CloudMap.DeregisterInstanceRequest,
  call: Call,
): CloudMap.DeregisterInstanceResponse {
  const { realm } = call;
  const service = serviceWith(world, realm, input.ServiceId);
  const instance = instanceWith(world, realm, service, input.InstanceId);
  const targets = { SERVICE: service.id, INSTANCE: instanceId(instance) };
  const other = operationOn(world, realm, 'DEREGISTER_INSTANCE', targets);
  if (other !== undefined) throw duplicate('DeregisterInstance', other.id);
  const takes = CLOUD_MAP_SECONDS.instance;
  return { OperationId: startOperation(world, realm, { type: 'DEREGISTER_INSTANCE', targets, takes }) };
}

export function getInstance(
  world: World,
  input: CloudMap.GetInstanceRequest,
  call: Call,
): CloudMap.GetInstanceResponse {
  const service = serviceWith(world, call.realm, input.ServiceId);
  const instance = instanceWith(world, call.realm, service, input.InstanceId);
  const { account } = call.realm;
  return {
    ResourceOwner: account,
    Instance: { Id: instanceId(instance), Attributes: { ...attributesOf(instance) }, CreatedByAccount: account },
  };
}

export function listInstances(
  world: World,
  input: CloudMap.ListInstancesRequest,
  call: Call,
): CloudMap.ListInstancesResponse {
  const { account } = call.realm;
  const all = instancesIn(world, call.realm, serviceWith(world, call.realm, input.ServiceId).id);
  const { items, nextToken } = pageOf(all, input.MaxResults ?? PAGE_SIZE, input.NextToken, invalidToken);
  return {
    ResourceOwner: account,
    Instances: items.map((instance) => ({
      Id: instanceId(instance),
      Attributes: { ...attributesOf(instance) },
      CreatedByAccount: account,
    })),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}
