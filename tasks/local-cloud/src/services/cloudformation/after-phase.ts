import { forgetChangeSets, settleChangeSet } from './change-set/change-set.ts';
import { names } from './stack.ts';
import { hasGoodState } from './good-state.ts';
import { befores, leftoverAt, progresses } from './progress.ts';
import type { Item, Leftover } from './progress.ts';
import type { Course } from './course.ts';
import { attempt } from './resource-target.ts';
import { isNestedBusy } from './nested-state.ts';
import { enterPhase } from './enter-phase.ts';
import { exportsProblem, resolvedOutputs, setExports } from './outputs.ts';
import { setImports } from './exports.ts';
import { resourcesOfStack } from './stack-resource.ts';
import { restoreStack } from './restore-stack.ts';
import { usedExports } from './used-exports.ts';

/** How often a parent looks at the clean-up of its nested stacks. EST. */
const NESTED_MS = 1000;
const FORGET_MS = 90 * 86_400_000;

/** Everything in a phase has gone well (or, in a clean-up, as well as it could): what comes next. */
export function afterPhase(course: Course): void {
  switch (course.progress.phase) {
    case 'create':
      return published(course, () => end(course, 'CREATE_COMPLETE'));
    case 'rollback':
      befores(course.world, course.realm).delete(course.stack.id);
      return end(course, 'ROLLBACK_COMPLETE');
    case 'update':
      return published(course, () => enterCleanup(course));
    case 'cleanup':
      // Nested stacks clean up at the same time, and the parent is done when they are.
      if (isNestedBusy(course)) return course.later(NESTED_MS, 'cloudformation.finish');
      befores(course.world, course.realm).delete(course.stack.id);
      return end(course, 'UPDATE_COMPLETE');
    case 'update-rollback':
      return enterRollbackCleanup(course);
    case 'rollback-cleanup':
      befores(course.world, course.realm).delete(course.stack.id);
      return end(course, 'UPDATE_ROLLBACK_COMPLETE');
    case 'delete':
      return endDelete(course);
  }
}

/** A resource has failed: everything else in the phase is called off where the phase says so, and the stack turns. */
export function phaseFailed(course: Course): void {
  cancelSiblings(course);
  const { phase } = course.progress;
  const failed = failedText(course);
  if (phase === 'create' || phase === 'update') return turnBack(course, failed);
  const status = { 'update-rollback': 'UPDATE_ROLLBACK_FAILED', rollback: 'ROLLBACK_FAILED' }[phase as string];
  end(course, status ?? 'DELETE_FAILED', failed);
}

/** The stack as a whole cannot go on: a reference that leads nowhere, an export in use, a caller who cancels. */
export function stopPhase(course: Course, reason: string): void {
  cancelSiblings(course);
  const { phase } = course.progress;
  if (phase === 'create' || phase === 'update') return turnBack(course, reason);
  end(course, phase === 'delete' ? 'DELETE_FAILED' : 'UPDATE_ROLLBACK_FAILED', reason);
}

/** CancelUpdateStack: goes back even where the caller had asked for no rollback. */
export function stopUpdate(course: Course, reason: string): void {
  cancelSiblings(course);
  const { token, leftovers } = course.progress;
  const phase = hasGoodState(course.world, course.realm, course.stack.id) ? 'update-rollback' : 'rollback';
  enterPhase(course, phase, { reason, progress: { token, leftovers, reason } });
}

/** Where a failed create or update leads: back, away, or nowhere if the caller wants to look at it. */
function turnBack(course: Course, reason: string): void {
  const { stack, progress } = course;
  const { token, leftovers } = progress;
  const isCreate = progress.phase === 'create';
  const asked = reason.trimEnd().replace(/\.?$/, '.');
  // A nested stack that could not be made stays as it is until its parent takes it away.
  const stays = stack.disableRollback || (isCreate && stack.parentId !== undefined);
  if (stays) return end(course, isCreate ? 'CREATE_FAILED' : 'UPDATE_FAILED', reason);
  if (!isCreate) return enterPhase(course, 'update-rollback', { reason, progress: { token, leftovers, reason } });
  if (stack.onFailure === 'DELETE') {
    return enterPhase(course, 'delete', { reason: `${asked} Delete requested by user.`, progress: { token } });
  }
  const rollbackReason = `${asked} Rollback requested by user.`;
  enterPhase(course, 'rollback', { reason: rollbackReason, progress: { token, leftovers, reason: rollbackReason } });
}

/** Outputs and exports exist from the moment that all resources do. */
function published(course: Course, then: () => void): void {
  const outputs = attempt(() => resolvedOutputs(course));
  if ('stop' in outputs) return stopPhase(course, outputs.stop);
  const problem = exportsProblem(course, outputs.value);
  if (problem !== undefined) return stopPhase(course, problem);
  setExports(course, { id: course.stack.id, outputs: outputs.value });
  course.change({ outputs: outputs.value });
  setImports(course.world, course.realm, course.stack.id, usedExports(course));
  then();
}

/** Resources that the template no longer has, and old ones that were replaced. */
function enterCleanup(course: Course): void {
  const wanted = course.prepared.graph(course.scope.conditions);
  const removed = resourcesOfStack(course.world, course.realm, course.stack)
    .filter(({ logicalId }) => !wanted.has(logicalId))
    .map((resource): Leftover => ({ ...leftoverOf(resource), policy: resource.deletionPolicy }));
  const { token, leftovers } = course.progress;
  const isHeld = isUpdateOfParent(course);
  enterPhase(course, 'cleanup', { progress: { token, leftovers: [...leftovers, ...removed], isHeld }, leadMs: 0 });
}

/** What the update had made and the stack before it did not have. */
function enterRollbackCleanup(course: Course): void {
  const before = befores(course.world, course.realm).get(course.stack.id)?.resources ?? {};
  const added = resourcesOfStack(course.world, course.realm, course.stack)
    .filter(({ logicalId }) => before[logicalId] === undefined)
    .map((resource): Leftover => ({ ...leftoverOf(resource), policy: resource.deletionPolicy }));
  const keptIds = new Set(Object.values(before).map(({ type, resourceId }) => `${type}|${resourceId}`));
  const { token, leftovers, reason } = course.progress;
  const old = leftovers.filter(({ type, resourceId }) => !keptIds.has(`${type}|${resourceId}`));
  restoreStack(course);
  enterPhase(course, 'rollback-cleanup', { progress: { token, leftovers: [...old, ...added], reason }, leadMs: 0 });
}

/** Somebody may also update a nested stack by itself. */
function isUpdateOfParent({ world, realm, stack }: Course): boolean {
  return stack.parentId !== undefined && progresses(world, realm).get(stack.parentId)?.phase === 'update';
}

function leftoverOf({ logicalId, type, resourceId, physicalId, metadata, needs }: Leftover): Leftover {
  return { logicalId, type, resourceId, physicalId, metadata, needs };
}

/** The end of an operation. Rollbacks keep in DescribeStacks why they came about; their last event does not repeat it. */
function end(course: Course, status: string, reason?: string): void {
  const kept = reason ?? course.progress.reason;
  keepLeftovers(course);
  course.report(status, reason);
  course.change({ reason: kept });
  settleChangeSet(course.world, course.realm, course.stack);
  course.rest();
}

/** What an operation that failed has replaced is cleaned up by the one that ends well. */
function keepLeftovers(course: Course): void {
  const table = befores(course.world, course.realm);
  const before = table.get(course.stack.id);
  if (before) table.put(course.stack.id, { ...before, leftovers: course.progress.leftovers });
}

function endDelete(course: Course): void {
  const { world, realm, stack } = course;
  setExports(course, { id: stack.id, outputs: [] });
  setImports(world, realm, stack.id, new Set());
  befores(world, realm).delete(stack.id);
  forgetChangeSets(world, realm, stack.id);
  if (names(world, realm).get(stack.name)?.id === stack.id) names(world, realm).delete(stack.name);
  end(course, 'DELETE_COMPLETE');
  course.change({ deletedAt: world.now, outputs: [] });
  world.later(FORGET_MS, { kind: 'cloudformation.forget', realm, payload: { stackId: stack.id } });
}

/** Siblings of a failed resource that were under way. */
function cancelSiblings(course: Course): void {
  for (const [key, item] of Object.entries(course.progress.items)) {
    if (item.state !== 'active') continue;
    course.changeItem(key, { state: 'failed' });
    const resource = course.resource(key);
    if (!resource?.pending) continue;
    const { pending, ...rest } = resource;
    const [status, reason] =
      pending.action === 'create'
        ? ['CREATE_FAILED', 'Resource creation cancelled']
        : ['UPDATE_FAILED', 'Resource update cancelled'];
    course.reportResource({ ...rest, status, reason });
  }
}

/** `The following resource(s) failed to create: [A, B]. `; every kind that failed has its sentence. */
function failedText(course: Course): string {
  const failed = Object.entries(course.progress.items).filter(([, item]) => item.state === 'failed');
  const { phase } = course.progress;
  const nameOf = (key: string) => leftoverAt(course.progress, key)?.logicalId ?? key;
  const kindOf = ({ did }: Item): string => (phase === 'delete' || phase === 'rollback' ? 'delete' : (did ?? 'update'));
  return ['create', 'update', 'delete']
    .map((kind) => ({ kind, ids: failed.filter(([, item]) => kindOf(item) === kind).map(([key]) => nameOf(key)) }))
    .filter(({ ids }) => ids.length > 0)
    .map(({ kind, ids }) => `The following resource(s) failed to ${kind}: [${ids.join(', ')}]. `)
    .join('');
}
