import { resourceKey, resources } from '../resource.ts';
import type { Resource } from '../resource.ts';
import type { Made, Making, Refusal } from './behaviour.ts';
import { behaviourOf } from './catalog.ts';
import { makingOf, wholeOf } from './generic.ts';
import type { MakingInput } from './generic.ts';
import { realmOf } from './realm-of.ts';

export type MakeResult = { readonly resource: Resource } | { readonly refusal: Refusal };

/** Makes one resource of any type of the specification, or says what AWS refuses with. */
export function makeResource(input: MakingInput): MakeResult {
  const { world, type } = input;
  const realm = realmOf(type.name, input.realm);
  const making = makingOf({ ...input, realm: input.realm });
  const behaviour = behaviourOf(type.name);
  const refused = behaviour.refuseCreate?.(making);
  if (refused) return { refusal: refused };
  const made = behaviour.make?.(making) ?? {};
  const whole = wholeOf(making, made);
  const table = resources(world, realm);
  const key = resourceKey(type.name, whole.id);
  if (table.get(key) !== undefined) return { refusal: taken(making, whole.id) };
  const resource: Resource = {
    type: type.name,
    ...whole,
    properties: { ...input.properties, ...identifyingProperties(making, made, whole.id) },
    tags: input.tags,
    createdAt: world.now,
    ...(input.stackId === undefined ? {} : { stackId: input.stackId, logicalId: input.logicalId }),
  };
  table.put(key, resource);
  behaviour.made?.(world, input.realm, resource, input.takesMs);
  return { resource };
}

/** A generated name is a property of the thing as much as a given one. */
function identifyingProperties(making: Making, made: Made, id: string): Record<string, unknown> {
  const { type } = making;
  const [only] = type.primaryIdentifier;
  const isProperty = type.primaryIdentifier.length === 1 && only !== undefined && only in type.properties;
  return { ...(isProperty ? { [only]: id } : {}), ...made.properties };
}

function taken(making: Making, id: string): Refusal {
  const known = behaviourOf(making.type.name).taken?.(id);
  const text = `Resource of type '${making.type.name}' with identifier '${id}' already exists.`;
  const said = typeof known === 'string' ? { text: known } : (known ?? { text });
  return { ...said, handlerErrorCode: 'AlreadyExists' };
}
