import type * as CloudControl from '@aws-sdk/client-cloudcontrol';
import { resourceType } from '@roundtrip/spec';
import { isLiving, livingRecord } from '../../catalog/living-record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { modelOf } from './model.ts';

const PAGE_SIZE = 100;
const TYPE_NAME = /^[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}$/;

export function getResource(
  world: World,
  input: CloudControl.GetResourceInput,
  call: Call,
): CloudControl.GetResourceOutput {
  const type = typeName(input.TypeName);
  return { TypeName: type, ResourceDescription: describe(resourceOf(world, call.realm, type, input.Identifier)) };
}

export function listResources(
  world: World,
  input: CloudControl.ListResourcesInput,
  call: Call,
): CloudControl.ListResourcesOutput {
  const type = typeName(input.TypeName);
  const all = [...resourcesOf(world, call.realm, type)].filter((one) => isLiving(world, call.realm, one));
  const invalid = (): ServiceError => new ServiceError('InvalidRequestException', 'Invalid NextToken');
  const { items, nextToken } = pageOf(all, input.MaxResults ?? PAGE_SIZE, input.NextToken, invalid);
  return {
    TypeName: type,
    ResourceDescriptions: items.map(describe),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

/** @throws ServiceError ResourceNotFoundException, in the form in which Cloud Control passes on its handlers' words */
export function resourceOf(world: World, realm: Realm, type: string, identifier: string | undefined): Resource {
  const id = identifier ?? '';
  const found = livingRecord(world, realm, type, id);
  if (found !== undefined) return found;
  const known = resourceType(type);
  if (known === undefined) throw new ServiceError('TypeNotFoundException', `The type '${type}' cannot be found.`);
  const parts = known.primaryIdentifier.map((name) => `/properties/${name}`).join(', ');
  if (id.split('|').length !== Math.max(1, known.primaryIdentifier.length)) {
    throw new ServiceError('ValidationException', `Identifier ${id} is not valid for identifier [${parts}]`);
  }
  throw new ServiceError(
    'ResourceNotFoundException',
    `${type} Handler returned status FAILED: Resource of type '${type}' with identifier '${id}' was not found. ` +
      `(HandlerErrorCode: NotFound, RequestToken: ${world.uuid()})`,
  );
}

/** @throws ServiceError ValidationException */
export function typeName(given: string | undefined): string {
  if (given !== undefined && TYPE_NAME.test(given)) return given;
  throw new ServiceError(
    'ValidationException',
    `1 validation error detected: Value '${given ?? ''}' at 'typeName' failed to satisfy constraint: Member must ` +
      'satisfy regular expression pattern: [A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}',
  );
}

/** Properties come as text in JSON, read-only ones among them. */
function describe(resource: Resource): CloudControl.ResourceDescription {
  return { Identifier: resource.id, Properties: JSON.stringify({ ...resource.attributes, ...modelOf(resource) }) };
}
