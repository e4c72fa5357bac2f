import type * as CloudControl from '@aws-sdk/client-cloudcontrol';
import { resourceType } from '@roundtrip/spec';
import type { ResourceType } from '@roundtrip/spec';
import { behaviourOf } from '../../catalog/catalog.ts';
import { propertiesProblem } from '../../catalog/check-properties.ts';
import { makeResource } from '../../catalog/make-resource.ts';
import { notSimulated } from '../../catalog/not-simulated.ts';
import { drawSeconds, durationOf } from '../../catalog/seconds.ts';
import { tagsOf } from '../../catalog/tags.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Due, World } from '../../world.ts';
import { typeName } from './reads.ts';
import { beginRequest, endRequest, findRequest, progressOf, putRequest } from './request.ts';
import type { ResourceRequest } from './request.ts';
import { settleLater } from './settle.ts';

const ASK_AGAIN_MS = 5000;
/** From the request to the handler's first call. EST. */
const FIRST_MS = 500;
export const MAKE = 'cloudcontrol.make';

export function createResource(
  world: World,
  input: CloudControl.CreateResourceInput,
  call: Call,
): CloudControl.CreateResourceOutput {
  const type = knownType(input.TypeName);
  const wanted = checkedModel(type, input.DesiredState);
  const asked = { operation: 'CREATE' as const, type: type.name, wanted };
  const { request, isNew } = beginRequest(world, call.realm, input.ClientToken, asked);
  if (isNew) world.later(FIRST_MS, { kind: MAKE, realm: call.realm, payload: { token: request.token } });
  return { ProgressEvent: progressOf(request) };
}

/** Calls the handler, again and again where it would itself. */
export function make(world: World, { realm, payload }: Due): void {
  const request = findRequest(world, realm, payload['token']);
  if (request?.status !== 'IN_PROGRESS') return;
  const type = knownType(request.type);
  const made = makeResource({ ...named(world, type, request), world, realm, type });
  if ('resource' in made) {
    const { id, properties } = made.resource;
    putRequest(world, realm, { ...request, id });
    const { create } = { ...durationOf(type.name), ...behaviourOf(type.name).seconds?.(properties) };
    settleLater(world, realm, request.token, Math.round(drawSeconds(create, world.random()) * 1000));
    return;
  }
  const waitedMs = Number(payload['waitedMs'] ?? 0) + ASK_AGAIN_MS;
  if (waitedMs > (made.refusal.retrySeconds ?? 0) * 1000) endRequest(world, realm, request, made.refusal);
  else world.later(ASK_AGAIN_MS, { kind: MAKE, realm, payload: { ...payload, waitedMs } });
}

/** @throws ServiceError where the specification does not know the type, or nothing would come of it */
export function knownType(given: string | undefined): ResourceType {
  const name = typeName(given);
  const type = resourceType(name);
  if (type === undefined) throw new ServiceError('TypeNotFoundException', `The type '${name}' cannot be found.`);
  const problem = notSimulated(name);
  if (problem !== undefined) throw new ServiceError('UnsupportedActionException', problem);
  return type;
}

/** @throws ServiceError in the words of the model's validation */
export function checkProperties(type: ResourceType, properties: Readonly<Record<string, unknown>>): void {
  const [, problems] = propertiesProblem(type, '', properties)?.split('with message:\n') ?? [];
  if (problems === undefined) return;
  throw new ServiceError('InvalidRequestException', `Model validation failed (${problems.slice(1, -1)})`);
}

function checkedModel(type: ResourceType, text: string | undefined): Readonly<Record<string, unknown>> {
  const model = parsed(text ?? '');
  checkProperties(type, model);
  return model;
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new ServiceError('ValidationException', 'DesiredState is not a JSON object');
}

/** Names that nobody gave are made of the type's, as there is no stack to take one from. */
function named(world: World, type: ResourceType, { wanted = {} }: ResourceRequest) {
  const logicalId = type.name.split('::').at(-1) ?? 'Resource';
  return { properties: wanted, tags: tagsOf(type, wanted, {}), stackName: world.hex(8), logicalId };
}
