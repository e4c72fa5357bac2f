import type { DeploymentConfig, RollbackConfiguration } from '@aws-sdk/client-cloudformation';
import type { Realm, Table, World } from '../../world.ts';
import type { StackOperation } from './operation.ts';

/** A stack as it is kept, in the table `cloudformation.stack` under its ARN; deleted ones stay for 90 days. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  /** Counts up per realm: the order in which stacks were made, and what page tokens hold. */
  readonly sequence: number;
  readonly status: string;
  readonly reason?: string | undefined;
  readonly createdAt: number;
  readonly updatedAt?: number | undefined;
  readonly deletedAt?: number | undefined;
  readonly description?: string | undefined;
  readonly parameters: readonly StackParameter[];
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly outputs: readonly StackOutput[];
  readonly disableRollback: boolean;
  readonly onFailure?: string | undefined;
  readonly retainExceptOnCreate: boolean;
  readonly terminationProtection: boolean;
  /** Of a nested stack: the stack that it is a resource of, and the one that all hangs on. */
  readonly parentId?: string | undefined;
  readonly rootId?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly timeoutMinutes?: number | undefined;
  readonly notificationArns: readonly string[];
  readonly rollbackConfiguration?: RollbackConfiguration | undefined;
  /** JSON text: what updates may touch. */
  readonly policy?: string | undefined;
  readonly deploymentConfig?: DeploymentConfig | undefined;
  readonly lastOperation?: StackOperation | undefined;
  /** The change set that was last executed. */
  readonly changeSetId?: string | undefined;
  /** Every logical id that has a record, in the order in which they were begun. */
  readonly logicalIds: readonly string[];
  /** The ClientRequestToken of the last create, update and delete. */
  readonly tokens: Readonly<Record<string, string>>;
}

export interface StackParameter {
  readonly key: string;
  readonly text: string;
  readonly resolved?: string | undefined;
  readonly noEcho: boolean;
}

export interface StackOutput {
  readonly OutputKey: string;
  readonly OutputValue: string;
  readonly Description?: string | undefined;
  readonly ExportName?: string | undefined;
}

export function stacks(world: World, realm: Realm): Table<Stack> {
  return world.table('cloudformation.stack', realm);
}

/** The stack that holds a name now; a deleted one has given it back. */
export function names(world: World, realm: Realm): Table<{ readonly id: string }> {
  return world.table('cloudformation.name', realm);
}

/** By name only a stack that is not deleted, by ARN a deleted one too. */
export function findStack(world: World, realm: Realm, nameOrArn: string): Stack | undefined {
  const id = nameOrArn.startsWith('arn:') ? nameOrArn : names(world, realm).get(nameOrArn)?.id;
  return id === undefined ? undefined : stacks(world, realm).get(id);
}

/** Stacks that are not deleted, newest first. */
export function livingStacks(world: World, realm: Realm): Stack[] {
  const table = stacks(world, realm);
  const living: Stack[] = [];
  for (const { id } of names(world, realm).values()) {
    const stack = table.get(id);
    if (stack) living.push(stack);
  }
  return living.sort((a, b) => b.sequence - a.sequence);
}

/** A template as it was handed in, and what its transforms made of it where it has any. */
export interface StoredTemplate {
  readonly text: string;
  readonly processed?: string | undefined;
}

/** The template's text is kept apart: it is large and seldom asked for. */
export function templates(world: World, realm: Realm): Table<StoredTemplate> {
  return world.table('cloudformation.template', realm);
}

export function nextSequence(world: World, realm: Realm): number {
  const table = world.table<{ readonly value: number }>('cloudformation.sequence', realm);
  const value = (table.get('stack')?.value ?? 0) + 1;
  table.put('stack', { value });
  return value;
}

/** A template to be kept; `processed` is what its transforms made of it. */
export function storedTemplate(text: string, processed: string): StoredTemplate {
  return processed === text ? { text } : { text, processed };
}

/** The template that a stack works with. */
export function processedText({ text, processed }: StoredTemplate): string {
  return processed ?? text;
}

/** The stored template of a stack; an empty one where it has none yet. */
export function templateOf(world: World, realm: Realm, stackId: string): StoredTemplate {
  return templates(world, realm).get(stackId) ?? { text: '' };
}
