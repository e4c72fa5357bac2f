import type * as CloudControl from '@aws-sdk/client-cloudcontrol';
import type { ResourceType } from '@roundtrip/spec';
import { changeResource } from '../../catalog/change-resource.ts';
import { changedProperties } from '../../catalog/changed-properties.ts';
import { needsReplacement } from '../../catalog/replacement.ts';
import { drawSeconds, durationOf } from '../../catalog/seconds.ts';
import { tagsOf } from '../../catalog/tags.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { checkProperties, knownType } from './creates.ts';
import { applyPatch } from './json-patch.ts';
import { modelOf } from './model.ts';
import { resourceOf } from './reads.ts';
import { beginRequest, progressOf } from './request.ts';
import { settleLater } from './settle.ts';

type Properties = Readonly<Record<string, unknown>>;

/** The service is told of the change at once; the request ends when the resource has settled. */
export function updateResource(
  world: World,
  input: CloudControl.UpdateResourceInput,
  call: Call,
): CloudControl.UpdateResourceOutput {
  const { realm } = call;
  const type = knownType(input.TypeName);
  const id = input.Identifier ?? '';
  const asked = { operation: 'UPDATE' as const, type: type.name, id };
  const { request, isNew } = beginRequest(world, realm, input.ClientToken, asked);
  if (!isNew) return { ProgressEvent: progressOf(request) };
  const before = modelOf(resourceOf(world, realm, type.name, id));
  const after = applyPatch(before, input.PatchDocument ?? '');
  checkChange(type, before, after);
  changeResource({ world, realm, type, id, before, after, tags: tagsOf(type, after, {}) });
  const afterMs = Math.round(drawSeconds(durationOf(type.name).update, world.random()) * 1000);
  settleLater(world, realm, request.token, afterMs);
  return { ProgressEvent: progressOf(request) };
}

function checkChange(type: ResourceType, before: Properties, after: Properties): void {
  const names = changedProperties(before, after);
  const fixed = names.filter((name) => {
    return needsReplacement(type, { [name]: before[name] }, { [name]: after[name] });
  });
  if (fixed.length > 0) {
    const paths = fixed.map((name) => `/properties/${name}`).join(', ');
    throw new ServiceError(
      'NotUpdatableException',
      `Invalid patch update: createOnlyProperties [${paths}] cannot be updated`,
    );
  }
  // What the service keeps beside the type's properties was never part of anybody's patch.
  const own = Object.entries(after).filter(([name]) => name in type.properties || names.includes(name));
  checkProperties(type, Object.fromEntries(own));
}
