import { strict as assert } from 'node:assert';
import { resourceType } from '@roundtrip/spec';
import type { Resource } from '../resource.ts';
import { ServiceError } from '../world.ts';
import type { Realm, World } from '../world.ts';
import type { Refusal } from './behaviour.ts';
import { makeResource } from './make-resource.ts';
import { removeResource } from './remove-resource.ts';
import type { RemoveInput } from './remove-resource.ts';

export interface RecordInput {
  /** CloudFormation's name of the type. */
  readonly type: string;
  /** In the words of CloudFormation's properties. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Makes what a service's own API was asked for, by the same rules as CloudFormation does: the same ids, the same
 * refusals, the same record.
 *
 * @throws ServiceError with the service's own code
 */
export function createRecord(world: World, realm: Realm, { type, properties, tags = {} }: RecordInput): Resource {
  const known = resourceType(type);
  assert(known !== undefined, `${type} is not in the specification`);
  const made = makeResource({ world, realm, type: known, properties, tags, stackName: '', logicalId: '' });
  if ('refusal' in made) throw serviceError(made.refusal);
  return made.resource;
}

/**
 * Deletes through a service's own API, by the same rules as CloudFormation does.
 *
 * @throws ServiceError with the service's own code
 */
export function deleteRecord(input: RemoveInput): void {
  const refused = removeResource(input);
  if (refused) throw serviceError(refused);
}

export function serviceError({ code, handlerErrorCode, text, status, members }: Refusal): ServiceError {
  return new ServiceError(code ?? handlerErrorCode, text, status, members);
}
