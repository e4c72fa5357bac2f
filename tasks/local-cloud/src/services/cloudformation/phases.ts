import { resourcesOfStack } from './stack-resource.ts';
import type { Course } from './course.ts';
import { befores, leftoverKey } from './progress.ts';
import type { Item, Leftover, PhaseName } from './progress.ts';
import type { Overhead } from './durations.ts';

/** One part of a stack's life: the status that it has meanwhile, and what is done to its resources. */
export interface Phase {
  readonly status: string;
  readonly action: 'make' | 'restore' | 'remove';
  /** Whether the first failure stops everything else. */
  readonly halts: boolean;
  /** Which recorded overhead the phase has. */
  readonly overhead: 'create' | 'update' | 'delete';
  /** Which part of it comes before the first and after the last resource. */
  readonly share: { readonly lead: boolean; readonly tail: boolean };
  items(course: Course): Record<string, Item>;
}

const WHOLE = { lead: true, tail: true };

/** The states and what leads on from them stand in SPEC.md; what comes after each phase, in `after-phase.ts`. */
export const PHASES: Readonly<Record<PhaseName, Phase>> = {
  create: {
    ...{ status: 'CREATE_IN_PROGRESS', action: 'make', halts: true, overhead: 'create', share: WHOLE },
    items: everyResource,
  },
  rollback: {
    ...{ status: 'ROLLBACK_IN_PROGRESS', action: 'remove', halts: false, overhead: 'delete', share: WHOLE },
    items: remaining,
  },
  update: {
    ...{ status: 'UPDATE_IN_PROGRESS', action: 'make', halts: true, overhead: 'update' },
    // The other end of an update's overhead comes after its clean-up.
    share: { lead: true, tail: false },
    items: everyResource,
  },
  cleanup: {
    ...{ status: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', action: 'remove', halts: false, overhead: 'update' },
    share: { lead: false, tail: true },
    items: (course) => reversed(leftovers(course)),
  },
  'update-rollback': {
    ...{ status: 'UPDATE_ROLLBACK_IN_PROGRESS', action: 'restore', halts: false, overhead: 'update' },
    share: { lead: true, tail: false },
    items: everyResourceBefore,
  },
  'rollback-cleanup': {
    ...{ status: 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', action: 'remove', halts: false, overhead: 'update' },
    share: { lead: false, tail: true },
    items: (course) => reversed(leftovers(course)),
  },
  delete: {
    ...{ status: 'DELETE_IN_PROGRESS', action: 'remove', halts: false, overhead: 'delete', share: WHOLE },
    items: remaining,
  },
};

/** The part of the overhead that falls into a phase. */
export function shareOf(phase: Phase, overhead: Overhead): Overhead {
  return { leadMs: phase.share.lead ? overhead.leadMs : 0, tailMs: phase.share.tail ? overhead.tailMs : 0 };
}

function everyResource(course: Course): Record<string, Item> {
  const graph = course.prepared.graph(course.scope.conditions);
  return Object.fromEntries([...graph].map(([id, needs]) => [id, waiting([...needs])]));
}

function everyResourceBefore(course: Course): Record<string, Item> {
  const before = befores(course.world, course.realm).get(course.stack.id)?.resources ?? {};
  return Object.fromEntries(
    Object.values(before).map(({ logicalId, needs }) => [logicalId, waiting(needs.filter((need) => need in before))]),
  );
}

/** Resources that a delete still finds, also when an earlier one has got half way, and what failed updates have left. */
function remaining(course: Course): Record<string, Item> {
  const resources = resourcesOfStack(course.world, course.realm, course.stack)
    .filter(({ status }) => status !== 'DELETE_COMPLETE' && status !== 'DELETE_SKIPPED')
    .map((resource) => ({ key: resource.logicalId, resource }));
  return reversed([...resources, ...leftovers(course)]);
}

function leftovers(course: Course): Removal[] {
  return course.progress.leftovers.map((resource, at) => ({ key: leftoverKey(at), resource }));
}

interface Removal {
  readonly key: string;
  readonly resource: Pick<Leftover, 'logicalId' | 'needs'>;
}

/** A resource goes when everything that was made after it has gone. */
function reversed(removals: readonly Removal[]): Record<string, Item> {
  const users = usersOf(removals);
  return Object.fromEntries(removals.map(({ key, resource }) => [key, waiting(users.get(resource.logicalId) ?? [])]));
}

/** Keys of the items that need a logical id. */
function usersOf(items: readonly Removal[]): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const { key, resource } of items) {
    for (const need of resource.needs) users.set(need, [...(users.get(need) ?? []), key]);
  }
  return users;
}

function waiting(needs: readonly string[]): Item {
  return { needs, state: 'waiting' };
}
