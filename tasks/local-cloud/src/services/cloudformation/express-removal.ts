import { clearanceOf, releaseResource, removeResource } from '../../catalog/remove-resource.ts';
import type { Due, World } from '../../world.ts';
import type { Course } from './course.ts';

interface Removal {
  readonly type: string;
  readonly id: string;
  readonly snapshot: boolean;
  readonly waitedMs?: number;
}

const KIND = 'cloudformation.express-remove';
const ASK_AGAIN_MS = 5000;
const WAIT_MS_MAX = 10_800_000;

/** A delete that goes on after its stack has counted it as complete. */
export function expressRemoval({ world, realm }: Course, afterMs: number, removal: Removal): void {
  world.later(afterMs, { kind: KIND, realm, payload: { ...removal } });
}

/** What never becomes ready to go is nobody's in the end. */
export function continueExpressRemoval(world: World, { realm, payload }: Due): void {
  const { waitedMs = 0, ...removal } = payload as unknown as Removal;
  const input = { world, realm, ...removal };
  if (clearanceOf(input) === 'ready' && removeResource(input) === undefined) return;
  if (waitedMs >= WAIT_MS_MAX) return releaseResource(world, realm, removal.type, removal.id);
  const next = { ...removal, waitedMs: waitedMs + ASK_AGAIN_MS };
  world.later(ASK_AGAIN_MS, { kind: KIND, realm, payload: next });
}
