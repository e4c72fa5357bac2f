import type { Realm, Table, World } from '../../world.ts';
import type { Stack, StoredTemplate } from './stack.ts';
import type { StackResource } from './stack-resource.ts';

export type PhaseName =
  'create' | 'rollback' | 'update' | 'cleanup' | 'update-rollback' | 'rollback-cleanup' | 'delete';

/** The operation that a stack is in, in `cloudformation.progress` under the stack's ARN; gone when it is at rest. */
export interface Progress {
  /** What is due later carries this; when it is not the same any more, it comes too late and is dropped. */
  readonly operation: string;
  readonly phase: PhaseName;
  /** What was asked of the stack: the same through all of its phases. */
  readonly operationId?: string | undefined;
  /** Resources are complete when their service has accepted the call. */
  readonly isExpress?: boolean | undefined;
  /** The stack policy while this update lasts. */
  readonly policy?: string | undefined;
  readonly token?: string | undefined;
  /** By logical id; what is removed after it was replaced has a key of its own, `#0`. */
  readonly items: Readonly<Record<string, Item>>;
  /** Physical resources that have lost their place: the clean-up or the delete of the stack takes them away. */
  readonly leftovers: readonly Leftover[];
  /** Logical ids to keep (DeleteStack) or to pass over (ContinueUpdateRollback). */
  readonly skip: readonly string[];
  /** DeleteStack with FORCE_DELETE_STACK: what refuses to go is kept instead. */
  readonly force: boolean;
  /** A nested stack's update is done, and its clean-up waits for that of its root. */
  readonly isHeld?: boolean | undefined;
  /** The reason that the last phase gives to the stack's final status. */
  readonly reason?: string | undefined;
}

export interface Item {
  readonly needs: readonly string[];
  readonly state: 'waiting' | 'active' | 'done' | 'failed';
  readonly did?: 'create' | 'update' | 'delete' | undefined;
  /** How often a clean-up has tried. */
  readonly tries?: number | undefined;
}

export interface Leftover {
  readonly logicalId: string;
  readonly type: string;
  readonly resourceId?: string | undefined;
  readonly physicalId?: string | undefined;
  readonly policy?: string | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly needs: readonly string[];
}

/** The item of a leftover; logical ids have no such sign in them. */
export function leftoverKey(at: number): string {
  return `#${at}`;
}

/** The leftover that an item stands for; undefined where it stands for a logical id. */
export function leftoverAt(progress: Progress, key: string): Leftover | undefined {
  return key.startsWith('#') ? progress.leftovers[Number(key.slice(1))] : undefined;
}

/** How everything was before an update: where a rollback goes back to. */
export interface Before {
  readonly stack: Stack;
  readonly template: StoredTemplate;
  readonly resources: Readonly<Record<string, StackResource>>;
  /** Physical resources that a failed attempt has left for a later clean-up. */
  readonly leftovers: readonly Leftover[];
}

export function progresses(world: World, realm: Realm): Table<Progress> {
  return world.table('cloudformation.progress', realm);
}

export function befores(world: World, realm: Realm): Table<Before> {
  return world.table('cloudformation.before', realm);
}
