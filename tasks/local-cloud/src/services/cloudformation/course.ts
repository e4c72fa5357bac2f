import { strict as assert } from 'node:assert';
import type { Scope } from '@roundtrip/template';
import type { Realm, World } from '../../world.ts';
import { prepareTemplate } from './prepared-template.ts';
import type { PreparedTemplate } from './prepared-template.ts';
import { progresses } from './progress.ts';
import type { Item, Leftover, Progress } from './progress.ts';
import type { CloudFormationSettings } from './settings.ts';
import { STACK_TYPE, addEvent } from './stack-event.ts';
import { stackResourceKey, stackResources } from './stack-resource.ts';
import type { StackResource } from './stack-resource.ts';
import { stackScope, withDynamic } from './stack-scope.ts';
import { processedText, stacks, templateOf } from './stack.ts';
import type { Stack } from './stack.ts';

type CourseScope = ReturnType<typeof stackScope>;

/** What an event says about a resource. */
export interface Subject {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string | undefined;
}

/**
 * One stack and the operation that it is in, while a request or a due thing is handled. Changes to stack and progress
 * are gathered here and written once, by `save`; resources and events are written as they come.
 */
export class Course {
  readonly world: World;
  readonly realm: Realm;
  readonly settings: CloudFormationSettings;
  #stack: Stack;
  readonly #savedStack: Stack;
  #progress: Progress | undefined;
  /** The items while they are this course's own: a copy for every change would cost a stack of 500 resources a second. */
  #items: Record<string, Item> | undefined;
  #prepared: PreparedTemplate | undefined;
  #scope: CourseScope | undefined;

  /** @param prepared the template, where it is not the one that the stack has */
  constructor(world: World, realm: Realm, settings: CloudFormationSettings, stack: Stack, prepared?: PreparedTemplate) {
    this.#prepared = prepared;
    this.world = world;
    this.realm = realm;
    this.settings = settings;
    this.#stack = stack;
    this.#savedStack = stack;
    this.#progress = progresses(world, realm).get(stack.id);
  }

  get stack(): Stack {
    return this.#stack;
  }

  get progress(): Progress {
    assert(this.#progress !== undefined, `stack ${this.#stack.id} is at rest`);
    return this.#progress;
  }

  get isAtRest(): boolean {
    return this.#progress === undefined;
  }

  get prepared(): PreparedTemplate {
    return (this.#prepared ??= prepareTemplate(processedText(templateOf(this.world, this.realm, this.#stack.id))));
  }

  /** References are looked up as they are used, so one scope serves while resources are made. */
  get scope(): CourseScope {
    return (this.#scope ??= stackScope({
      world: this.world,
      realm: this.realm,
      stack: this.#stack,
      template: this.prepared.template,
      resource: (logicalId) => this.resource(logicalId),
    }));
  }

  /** The template or the parameters have become others. */
  forgetTemplate(): void {
    this.#prepared = undefined;
    this.#scope = undefined;
  }

  get dynamicScope(): Scope {
    return withDynamic(this.scope, this.world, this.realm);
  }

  change(changes: Partial<Stack>): void {
    this.#stack = { ...this.#stack, ...changes };
  }

  changeProgress(changes: Partial<Progress>): void {
    this.#progress = { ...this.progress, ...changes };
  }

  /** Begins an operation or its next phase; what was due for the last one comes to nothing. */
  start(progress: Omit<Progress, 'operation'>): void {
    this.#progress = { ...progress, operation: this.world.uuid() };
  }

  rest(): void {
    this.#progress = undefined;
    progresses(this.world, this.realm).delete(this.#stack.id);
  }

  item(key: string): Item {
    const item = this.progress.items[key];
    assert(item !== undefined, `stack ${this.#stack.id} has no item ${key}`);
    return item;
  }

  changeItem(key: string, changes: Partial<Item>): void {
    const item = { ...this.item(key), ...changes };
    const { items } = this.progress;
    if (this.#items === undefined || this.#items !== items) {
      this.#items = { ...items };
      this.changeProgress({ items: this.#items });
    }
    this.#items[key] = item;
  }

  /** A physical resource that has been replaced goes in the clean-up, after the new one has taken its place. */
  leaveBehind(resource: Leftover, policy: string | undefined): void {
    const { logicalId, type, resourceId, physicalId, metadata, needs } = resource;
    const leftover: Leftover = { logicalId, type, resourceId, physicalId, policy, metadata, needs };
    this.changeProgress({ leftovers: [...this.progress.leftovers, leftover] });
  }

  resource(logicalId: string): StackResource | undefined {
    return stackResources(this.world, this.realm).get(stackResourceKey(this.#stack.id, logicalId));
  }

  putResource(resource: Omit<StackResource, 'updatedAt'>): StackResource {
    const record: StackResource = { ...resource, updatedAt: this.world.now };
    stackResources(this.world, this.realm).put(stackResourceKey(this.#stack.id, resource.logicalId), record);
    if (!this.#stack.logicalIds.includes(resource.logicalId)) {
      this.change({ logicalIds: [...this.#stack.logicalIds, resource.logicalId] });
    }
    return record;
  }

  /** Puts the record and its event. */
  reportResource(resource: Omit<StackResource, 'updatedAt'>): void {
    const { reason, status } = this.putResource(resource);
    this.event(resource, status, reason);
  }

  dropResource(logicalId: string): void {
    stackResources(this.world, this.realm).delete(stackResourceKey(this.#stack.id, logicalId));
    this.change({ logicalIds: this.#stack.logicalIds.filter((id) => id !== logicalId) });
  }

  event(subject: Subject, status: string, reason?: string): void {
    addEvent(this.world, this.realm, this.#stack.id, {
      logicalId: subject.logicalId,
      physicalId: subject.physicalId ?? '',
      type: subject.type,
      status,
      reason,
      token: this.#progress?.token,
      operationId: this.#progress?.operationId,
    });
  }

  /** The stack's own status with its event. */
  report(status: string, reason?: string): void {
    this.change({ status, reason });
    this.event({ logicalId: this.#stack.name, physicalId: this.#stack.id, type: STACK_TYPE }, status, reason);
  }

  later(afterMs: number, kind: string, payload: Readonly<Record<string, unknown>> = {}): void {
    const { operation } = this.progress;
    this.world.later(afterMs, { kind, realm: this.realm, payload: { ...payload, stackId: this.#stack.id, operation } });
  }

  save(): void {
    const table = stacks(this.world, this.realm);
    if (this.#stack !== this.#savedStack || table.get(this.#stack.id) !== this.#stack)
      table.put(this.#stack.id, this.#stack);
    if (this.#progress) progresses(this.world, this.realm).put(this.#stack.id, this.#progress);
    this.#items = undefined;
  }
}
