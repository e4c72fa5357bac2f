import { strict as assert } from 'node:assert';
import type { Refusal } from '../../catalog/behaviour.ts';
import type { MakeResult } from '../../catalog/make-resource.ts';
import { generatedName } from '../../catalog/names.ts';
import { resourceKey, resources } from '../../resource.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call } from '../../world.ts';
import { Course } from './course.ts';
import { createStack } from './create-stack.ts';
import { deleteStack } from './delete-stack.ts';
import { ownRefusal } from './own-refusal.ts';
import { befores, progresses } from './progress.ts';
import { STACK_TYPE } from './stack-event.ts';
import { names, stacks, templates } from './stack.ts';
import type { Stack } from './stack.ts';
import { updateStack } from './update-stack.ts';

type Properties = Readonly<Record<string, unknown>>;

/** Creates the stack that a resource of type AWS::CloudFormation::Stack stands for; it goes its own way from here. */
export function makeNested(course: Course, logicalId: string, properties: Properties): MakeResult {
  const { world, realm, stack, settings } = course;
  const StackName = generatedName(world, stack.name, logicalId, { maxLength: 128 });
  const limit = properties['TimeoutInMinutes'];
  const input = {
    StackName,
    ...requestOf(stack, properties),
    ...(limit !== undefined && { TimeoutInMinutes: Number(limit) }),
  };
  const made = attempted(() => createStack(settings, stack)(world, input, callOf(course)));
  const id = names(world, realm).get(StackName)?.id;
  if (made !== undefined) {
    if (id !== undefined) templates(world, realm).delete(id);
    names(world, realm).delete(StackName);
    return { refusal: made };
  }
  assert(id !== undefined, `${StackName} was not made`);
  const resource: Resource = {
    type: STACK_TYPE,
    ...{ id, ref: id, arn: id, properties, tags: stack.tags, attributes: {} },
    ...{ createdAt: world.now, stackId: stack.id, logicalId },
  };
  resources(world, realm).put(resourceKey(STACK_TYPE, id), resource);
  return { resource };
}

/** Updates a nested stack. Out: why it cannot be; that there is nothing to update is as it should be. */
export function changeNested(course: Course, id: string, properties: Properties): string | undefined {
  const { world, realm, stack, settings } = course;
  const record = resources(world, realm).get(resourceKey(STACK_TYPE, id));
  const child = stacks(world, realm).get(id);
  if (record === undefined || child === undefined || child.status === 'DELETE_COMPLETE') {
    return `Stack [${id}] does not exist`;
  }
  resources(world, realm).put(resourceKey(STACK_TYPE, id), { ...record, properties, tags: stack.tags });
  endHeldUpdate(course, child);
  const before = befores(world, realm).get(id);
  const template = templates(world, realm).get(id);
  const input = { StackName: id, ...requestOf(stack, properties) };
  const refused = attempted(() => updateStack(settings)(world, input, callOf(course)));
  if (refused === undefined) return undefined;
  if (before === undefined) befores(world, realm).delete(id);
  else befores(world, realm).put(id, before);
  if (template !== undefined) templates(world, realm).put(id, template);
  return refused.text === 'No updates are to be performed.' ? undefined : refused.text;
}

/** Asks a nested stack to go, whatever its parent has come to. */
export function removeNested(course: Course, id: string): Refusal | undefined {
  const { world, realm, settings } = course;
  const child = stacks(world, realm).get(id);
  if (child === undefined) return undefined;
  endHeldUpdate(course, child);
  return attempted(() => deleteStack(settings)(world, { StackName: id }, callOf(course)));
}

/** An update that waits for its root's clean-up is over, when the parent starts something else. */
function endHeldUpdate({ world, realm, settings }: Course, child: Stack): void {
  if (progresses(world, realm).get(child.id)?.isHeld !== true) return;
  const course = new Course(world, realm, settings, child);
  course.report('UPDATE_COMPLETE');
  course.rest();
  course.save();
}

function requestOf(parent: Stack, properties: Properties) {
  const {
    TemplateURL,
    Parameters = {},
    Tags = [],
    NotificationARNs,
  } = properties as {
    TemplateURL?: unknown;
    Parameters?: Record<string, unknown>;
    Tags?: { Key?: unknown; Value?: unknown }[];
    NotificationARNs?: string[];
  };
  const own = Object.fromEntries(Tags.map(({ Key, Value }) => [String(Key), String(Value ?? '')]));
  return {
    ...(TemplateURL !== undefined && { TemplateURL: String(TemplateURL) }),
    Parameters: Object.entries(Parameters).map(([ParameterKey, value]) => ({
      ParameterKey,
      ParameterValue: Array.isArray(value) ? value.join(',') : String(value),
    })),
    Tags: Object.entries({ ...parent.tags, ...own }).map(([Key, Value]) => ({ Key, Value })),
    Capabilities: [...parent.capabilities] as never[],
    ...(NotificationARNs !== undefined && { NotificationARNs }),
    ...(parent.roleArn !== undefined && { RoleARN: parent.roleArn }),
  };
}

function callOf({ realm, stack }: Course): Call {
  return { realm, requestId: '', callerArn: stack.roleArn ?? `arn:aws:iam::${realm.account}:root` };
}

/** A refusal of CloudFormation itself, as the reason of the resource. */
function attempted(work: () => unknown): Refusal | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof ServiceError) return ownRefusal(error.message);
    throw error;
  }
}
