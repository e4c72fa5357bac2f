import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Readiness } from '../behaviour.ts';
import { enter, lifecycles, turnLater } from '../ec2/lifecycle.ts';
import { drawSeconds, durationOf } from '../seconds.ts';

/** How each of EFS's things comes and goes: `creating`, `available`, `deleting`, and then it is not there any more. */
export const lifeCycle = {
  made: (world, realm, record, takesMs) => pass(world, realm, record, { through: 'creating', takesMs }),
  readiness,
  deleting: (world, realm, { id }) => enter(world, realm, id, 'deleting'),
  gone: (world, realm, { id }) => lifecycles(world, realm).delete(id),
} as const satisfies Behaviour;

export function stateOf(world: World, realm: Realm, id: string): string {
  return lifecycles(world, realm).get(id)?.state ?? 'available';
}

/** Goes through a state, to become available after a time drawn for the type where no other is given. */
export function pass(
  world: World,
  realm: Realm,
  { id, type }: Resource,
  { through, takesMs }: { readonly through: 'creating' | 'updating'; readonly takesMs?: number | undefined },
): void {
  const seconds = durationOf(type)[through === 'creating' ? 'create' : 'update'];
  const afterMs = takesMs ?? drawSeconds(seconds, world.random()) * 1000;
  enter(world, realm, id, through);
  turnLater(world, realm, { id, from: through, to: 'available', afterMs });
}

/** When CloudFormation's own time for it is over, so is the thing's. */
function readiness(world: World, realm: Realm, { id }: Resource): Readiness {
  if (stateOf(world, realm, id) !== 'deleting') enter(world, realm, id, 'available');
  return 'ready';
}
