import type { Realm, World } from '../../world.ts';
import { befores } from './progress.ts';

/** Whether an update that has failed has anything to go back to: what was never whole has not. */
export function hasGoodState(world: World, realm: Realm, stackId: string): boolean {
  return befores(world, realm).get(stackId)?.stack.status !== 'CREATE_FAILED';
}
