import { strict as assert } from 'node:assert';
import type { Refusal } from '../../catalog/behaviour.ts';
import { handlerText } from '../../catalog/handler-text.ts';
import { realmOf } from '../../catalog/realm-of.ts';
import {
  beginRemoving,
  clearanceOf,
  hasSnapshots,
  releaseResource,
  removeResource,
} from '../../catalog/remove-resource.ts';
import type { RemoveInput } from '../../catalog/remove-resource.ts';
import { resourceKey, resources } from '../../resource.ts';
import type { Resource } from '../../resource.ts';
import type { StepPayload } from './continue-making.ts';
import type { Course } from './course.ts';
import { initiatedMs, resourceMs } from './durations.ts';
import { expressRemoval } from './express-removal.ts';
import { completesAtOnce } from './express.ts';
import { tryAgain, waitOn } from './handler-wait.ts';
import { removeNested } from './nested-stack.ts';
import { nestedClearance } from './nested-state.ts';
import { STACK_TYPE } from './stack-event.ts';
import { faultOf } from './resource-fault-of.ts';
import { resourceHints } from './local-cloud-metadata.ts';
import { leftoverAt } from './progress.ts';
import type { Leftover } from './progress.ts';
import type { StepResult } from './step-result.ts';

const CLEANUP_TRIES = 3;

/** Begins to delete one physical resource, or keeps it where its policy says so. */
export function startRemoving(course: Course, key: string): StepResult {
  const subject = subjectOf(course, key);
  if (subject.resourceId === undefined) {
    report(course, subject, 'DELETE_COMPLETE');
    return forget(course, subject);
  }
  if (isKept(course, subject)) return keep(course, subject);
  report(course, subject, 'DELETE_IN_PROGRESS');
  course.changeItem(key, { did: 'delete' });
  schedule(course, key, subject);
  return 'active';
}

/** Goes on with the delete of one physical resource: the service is asked, then it is waited for. */
export function continueRemoving(course: Course, payload: StepPayload): StepResult {
  const subject = subjectOf(course, payload.key);
  const { failDelete } = resourceHints(subject.metadata);
  const input = removeInput(course, subject);
  if (payload.stage === 'initiated') {
    const fault = payload.waitedMs === undefined ? faultOf(course, 'delete', subject) : undefined;
    if (fault !== undefined) return failed(course, payload.key, subject, fault);
    const refused =
      failDelete === undefined ? begin(course, subject, { ...input, takesMs: payload.restMs ?? 0 }) : undefined;
    if (refused !== undefined) return refusedOrLater(course, payload, subject, refused);
    if (failDelete === undefined && completesAtOnce(course, subject.type))
      return goesOn(course, payload, subject, input);
    course.later(payload.restMs ?? 0, 'cloudformation.step', { key: payload.key, stage: 'settled' });
    return 'active';
  }
  if (failDelete !== undefined) return failed(course, payload.key, subject, failDelete);
  const isNested = subject.type === STACK_TYPE;
  const clearance = isNested ? nestedClearance(course, input.id) : clearanceOf(input);
  const waited = clearance === 'waiting' ? waitOn(course, payload) : undefined;
  if (clearance === 'waiting' && waited === undefined) return 'active';
  const refused = waited ?? (clearance === 'ready' || clearance === 'waiting' ? removeResource(input) : clearance);
  if (refused !== undefined) return refusedOrLater(course, payload, subject, refused);
  report(course, subject, 'DELETE_COMPLETE');
  return forget(course, subject);
}

/** With EXPRESS the delete is complete when it was accepted; what it leads to may still be under way. */
function goesOn(course: Course, { restMs = 0 }: StepPayload, subject: Leftover, input: RemoveInput): StepResult {
  const { type, id, snapshot = false } = input;
  const isGone = clearanceOf(input) === 'ready' && removeResource(input) === undefined;
  if (!isGone) expressRemoval(course, restMs, { type, id, snapshot });
  report(course, subject, 'DELETE_COMPLETE');
  return forget(course, subject);
}

function begin(course: Course, subject: Leftover, input: RemoveInput): Refusal | undefined {
  return subject.type === STACK_TYPE ? removeNested(course, input.id) : beginRemoving(input);
}

function removeInput(course: Course, subject: Leftover): RemoveInput {
  const { world, realm, settings } = course;
  return {
    ...{ world, realm, type: subject.type },
    id: subject.resourceId ?? '',
    snapshot: subject.policy === 'Snapshot' || (subject.policy === undefined && snapshotsByDefault(course, subject)),
    ...(settings.isBucketEmpty && { isBucketEmpty: settings.isBucketEmpty }),
  };
}

function refusedOrLater(course: Course, payload: StepPayload, subject: Leftover, refusal: Refusal): StepResult {
  if (tryAgain(course, payload, refusal)) return 'active';
  return failed(course, payload.key, subject, handlerText(course.world, refusal));
}

function failed(course: Course, key: string, subject: Leftover, reason: string): StepResult {
  const tries = (course.item(key).tries ?? 0) + 1;
  course.changeItem(key, { tries });
  if (course.progress.force) return keep(course, subject);
  if (isCleanup(course) && tries < CLEANUP_TRIES) {
    schedule(course, key, subject);
    return 'active';
  }
  report(course, subject, 'DELETE_FAILED', reason);
  if (!isCleanup(course)) return 'failed';
  // Left behind for good: what waits for it goes its own way.
  release(course, subject);
  return forget(course, subject);
}

function subjectOf(course: Course, key: string): Leftover {
  const leftover = leftoverAt(course.progress, key);
  if (leftover) return leftover;
  const resource = course.resource(key);
  assert(resource, `${key} is no resource of ${course.stack.id}`);
  return { ...resource, policy: resource.deletionPolicy };
}

function isCleanup(course: Course): boolean {
  return course.progress.phase === 'cleanup' || course.progress.phase === 'rollback-cleanup';
}

/** What a rollback deletes has never been in use: RetainExceptOnCreate says so, and what failed is no good to keep. */
function isKept(course: Course, subject: Leftover): boolean {
  const { phase, skip } = course.progress;
  if (phase === 'delete' && skip.includes(subject.logicalId)) return true;
  const undoesCreate = phase === 'rollback' || phase === 'rollback-cleanup';
  if (subject.policy === 'RetainExceptOnCreate') return !undoesCreate;
  if (subject.policy !== 'Retain') return false;
  if (undoesCreate && course.stack.retainExceptOnCreate) return false;
  return course.resource(subject.logicalId)?.status !== 'CREATE_FAILED';
}

/**
 * RDS clusters, and instances that belong to no cluster, leave a snapshot unless the template says otherwise.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
 */
function snapshotsByDefault(course: Course, subject: Leftover): boolean {
  const { phase } = course.progress;
  if (phase === 'rollback' || phase === 'rollback-cleanup') return false;
  if (subject.type === 'AWS::RDS::DBCluster') return hasSnapshots(subject.type);
  if (subject.type !== 'AWS::RDS::DBInstance') return false;
  return recordOf(course, subject)?.properties['DBClusterIdentifier'] === undefined;
}

function recordOf({ world, realm }: Course, { type, resourceId }: Leftover): Resource | undefined {
  return resources(world, realmOf(type, realm)).get(resourceKey(type, resourceId ?? ''));
}

function keep(course: Course, subject: Leftover): StepResult {
  report(course, subject, 'DELETE_SKIPPED');
  release(course, subject);
  return forget(course, subject);
}

function release(course: Course, { type, resourceId }: Leftover): void {
  if (resourceId !== undefined) releaseResource(course.world, course.realm, type, resourceId);
}

function schedule(course: Course, key: string, subject: Leftover): void {
  const { properties = {} } = recordOf(course, subject) ?? {};
  const totalMs = resourceMs(course.world, course.settings, 'delete', { ...subject, properties });
  const firstMs = initiatedMs(totalMs);
  course.later(firstMs, 'cloudformation.step', { key, stage: 'initiated', restMs: totalMs - firstMs });
}

/** The event; and the record too, unless a newer resource stands under the same logical id. */
function report(course: Course, subject: Leftover, status: string, reason?: string): void {
  const record = course.resource(subject.logicalId);
  if (record && record.resourceId === subject.resourceId)
    course.reportResource({ ...record, status, reason, pending: undefined });
  else course.event(subject, status, reason);
}

/** After a clean-up a logical id that the template no longer has is no part of the stack any more. */
function forget(course: Course, subject: Leftover): StepResult {
  const record = course.resource(subject.logicalId);
  if (isCleanup(course) && record?.resourceId === subject.resourceId) course.dropResource(subject.logicalId);
  return 'done';
}
