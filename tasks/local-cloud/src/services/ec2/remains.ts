import { lifecycles } from '../../catalog/ec2/lifecycle.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';

/** The records of a type, and those that have ended but are still shown. */
export function withRemains(world: World, realm: Realm, type: string): Resource[] {
  const ended = [...lifecycles(world, realm).values()].flatMap(({ remains }) =>
    remains?.type === type ? [remains] : [],
  );
  return [...resourcesOf(world, realm, type), ...ended];
}
