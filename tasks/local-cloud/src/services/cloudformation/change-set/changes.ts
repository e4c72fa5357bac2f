import type { ResourceAttribute, ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import { UNKNOWN } from '@roundtrip/template';
import type { Scope } from '@roundtrip/template';
import type { Realm, World } from '../../../world.ts';
import type { Course } from '../course.ts';
import type { PreparedTemplate } from '../prepared-template.ts';
import { targetOf } from '../resource-target.ts';
import { resourcesOfStack } from '../stack-resource.ts';
import type { StackResource, Target } from '../stack-resource.ts';
import type { StackParameter } from '../stack.ts';
import { detailsOf } from './change-details.ts';
import { contextOf } from './property-values.ts';

export interface ChangesInput {
  readonly world: World;
  readonly realm: Realm;
  /** The stack as it would be, with the new template and parameters. */
  readonly course: Course;
  /** The template that the stack has; undefined where there is no stack yet. */
  readonly previous: PreparedTemplate | undefined;
  readonly parametersBefore: readonly StackParameter[];
}

/** What is known of a resource before anything is done. */
export interface Planned {
  readonly replacement: 'True' | 'False' | 'Conditional' | 'Add' | 'None';
}

/**
 * What an execution would do to each resource, without doing it: values that only the execution can tell are unknown,
 * and whatever refers to them may change.
 */
export function workOutChanges(input: ChangesInput): ResourceChange[] {
  const { course, world, realm } = input;
  const wanted = course.prepared.graph(course.scope.conditions);
  const planned = new Map<string, Planned>();
  const changes: ResourceChange[] = [];
  for (const logicalId of inOrder(wanted)) {
    const change = changeOf(input, planned, logicalId);
    planned.set(logicalId, plannedOf(change));
    if (change !== undefined) changes.push(change);
  }
  const existing = input.previous === undefined ? [] : resourcesOfStack(world, realm, course.stack);
  const removed = existing.filter(({ logicalId }) => !wanted.has(logicalId)).map(removal);
  return [...removed, ...changes].sort((a, b) => ((a.LogicalResourceId ?? '') < (b.LogicalResourceId ?? '') ? -1 : 1));
}

/** What a resource needs comes before it. */
function inOrder(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const order = new Set<string>();
  const visit = (logicalId: string): void => {
    if (order.has(logicalId)) return;
    for (const need of graph.get(logicalId) ?? []) visit(need);
    order.add(logicalId);
  };
  for (const logicalId of graph.keys()) visit(logicalId);
  return [...order];
}

function plannedOf(change: ResourceChange | undefined): Planned {
  if (change === undefined) return { replacement: 'None' };
  if (change.Action === 'Add') return { replacement: 'Add' };
  return { replacement: change.Replacement ?? 'False' };
}

function changeOf(
  input: ChangesInput,
  planned: ReadonlyMap<string, Planned>,
  logicalId: string,
): ResourceChange | undefined {
  const { course } = input;
  const target = targetOf(
    { prepared: course.prepared, scope: plannedScope(course, planned), stackTags: course.stack.tags },
    logicalId,
  );
  const existing = input.previous === undefined ? undefined : course.resource(logicalId);
  if (existing?.resourceId === undefined) return addition(target);
  const details = detailsOf({ ...input, planned }, existing, target);
  if (details.length === 0) return undefined;
  return modification(existing, target, details);
}

/** References to what is to be made or replaced lead to nothing that is known; attributes of what changes may change. */
function plannedScope(course: Course, planned: ReadonlyMap<string, Planned>): Course['scope'] {
  const { scope } = course;
  const isNew = (logicalId: string) => ['Add', 'True'].includes(planned.get(logicalId)?.replacement ?? 'None');
  const changed: Pick<Scope, 'ref' | 'getAtt'> = {
    ref: (logicalId) => (isNew(logicalId) ? UNKNOWN : (scope.ref(logicalId) ?? UNKNOWN)),
    getAtt: (logicalId, attribute) => (isNew(logicalId) ? UNKNOWN : (scope.getAtt(logicalId, attribute) ?? UNKNOWN)),
  };
  return { ...scope, ...changed };
}

function addition(target: Target): ResourceChange {
  return {
    Action: 'Add',
    LogicalResourceId: target.logicalId,
    ResourceType: target.type,
    Scope: [],
    Details: [],
    AfterContext: contextOf(target),
  };
}

function removal(resource: StackResource): ResourceChange {
  return {
    Action: 'Remove',
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    PolicyAction: policyAction(resource.deletionPolicy, ''),
    Scope: [],
    Details: [],
    BeforeContext: contextOf(resource),
  };
}

function modification(
  existing: StackResource,
  target: Target,
  details: readonly ResourceChangeDetail[],
): ResourceChange {
  const replacement = replacementOf(details);
  const scope = new Set(details.flatMap(({ Target: { Attribute: attribute } = {} }) => attribute ?? []));
  return {
    Action: 'Modify',
    LogicalResourceId: target.logicalId,
    PhysicalResourceId: existing.physicalId,
    ResourceType: target.type,
    Replacement: replacement,
    ...(replacement === 'False' ? {} : { PolicyAction: policyAction(existing.updateReplacePolicy, 'ReplaceAnd') }),
    Scope: [...scope] as ResourceAttribute[],
    Details: [...details],
    BeforeContext: contextOf(existing),
    AfterContext: contextOf(target),
  };
}

/** Always and known to change: replaced. Anything that may lead there: conditional. */
function replacementOf(details: readonly ResourceChangeDetail[]): 'True' | 'False' | 'Conditional' {
  const weighed = details.map(({ Target: target, Evaluation: evaluation }) => {
    if (target?.RequiresRecreation === 'Always') return evaluation === 'Static' ? 'True' : 'Conditional';
    return target?.RequiresRecreation === 'Conditionally' ? 'Conditional' : 'False';
  });
  if (weighed.includes('True')) return 'True';
  return weighed.includes('Conditional') ? 'Conditional' : 'False';
}

function policyAction(policy: string | undefined, prefix: '' | 'ReplaceAnd') {
  const action = policy === 'Retain' || policy === 'Snapshot' ? policy : 'Delete';
  return `${prefix}${action}` as const;
}
