import type { CreateChangeSetInput, ExecutionStatus, ResourceChange } from '@aws-sdk/client-cloudformation';
import { ServiceError } from '../../../world.ts';
import type { Call, Realm, Table, World } from '../../../world.ts';
import { findStack } from '../stack.ts';
import type { Stack, StackParameter } from '../stack.ts';

/** A change set as it is kept, in the table `cloudformation.change-set` under its ARN. */
export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly sequence: number;
  readonly stackId: string;
  readonly stackName: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly status: 'CREATE_PENDING' | 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'FAILED';
  readonly reason?: string | undefined;
  readonly executionStatus: ExecutionStatus;
  /** Of the operation that executes it, or has. */
  readonly operationId?: string | undefined;
  readonly createdAt: number;
  readonly description?: string | undefined;
  readonly token?: string | undefined;
  /** The template as it was handed in. */
  readonly text: string;
  /** What its transforms made of it, where it has any. */
  readonly processed?: string | undefined;
  /** Everything else that was asked for. */
  readonly input: CreateChangeSetInput;
  readonly parameters: readonly StackParameter[];
  readonly tags: Readonly<Record<string, string>>;
  readonly changes: readonly ResourceChange[];
}

export function changeSets(world: World, realm: Realm): Table<ChangeSet> {
  return world.table('cloudformation.change-set', realm);
}

/** Those of a stack, newest first. */
export function changeSetsOf(world: World, realm: Realm, stackId: string): ChangeSet[] {
  const own: ChangeSet[] = [];
  for (const one of changeSets(world, realm).values()) if (one.stackId === stackId) own.push(one);
  return own.sort((a, b) => b.sequence - a.sequence);
}

export interface Named {
  readonly ChangeSetName?: string | undefined;
  readonly StackName?: string | undefined;
}

/**
 * The change set that a request names: by ARN alone, or by its name and its stack's.
 *
 * @throws ServiceError ChangeSetNotFound
 */
export function namedChangeSet(world: World, { realm }: Call, input: Named): ChangeSet {
  const { ChangeSetName: name = '', StackName: stackName } = input;
  if (!name.startsWith('arn:') && stackName === undefined) {
    throw new ServiceError(
      'ValidationError',
      'StackName must be specified if ChangeSetName is not specified as an ARN.',
    );
  }
  const found = name.startsWith('arn:')
    ? changeSets(world, realm).get(name)
    : ofStack(world, realm, findStack(world, realm, stackName ?? ''), name);
  if (found !== undefined) return found;
  throw new ServiceError('ChangeSetNotFoundException', `ChangeSet [${name}] does not exist`, 404);
}

function ofStack(world: World, realm: Realm, stack: Stack | undefined, name: string): ChangeSet | undefined {
  return stack && changeSetsOf(world, realm, stack.id).find((one) => one.name === name);
}

/** The stack has changed: what was worked out against it before holds no more. */
export function outdateChangeSets(world: World, realm: Realm, stackId: string, except?: string): void {
  for (const one of changeSetsOf(world, realm, stackId)) {
    if (one.id === except || one.executionStatus !== 'AVAILABLE') continue;
    changeSets(world, realm).put(one.id, { ...one, executionStatus: 'OBSOLETE' });
  }
}

/** The operation of a stack has ended, and with it the execution that it was. */
export function settleChangeSet(world: World, realm: Realm, stack: Stack): void {
  const changeSet = changeSets(world, realm).get(stack.changeSetId ?? '');
  if (changeSet?.executionStatus !== 'EXECUTE_IN_PROGRESS') return;
  const isWell = stack.status === 'CREATE_COMPLETE' || stack.status === 'UPDATE_COMPLETE';
  const executionStatus = isWell ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED';
  changeSets(world, realm).put(changeSet.id, { ...changeSet, executionStatus });
}

export function forgetChangeSets(world: World, realm: Realm, stackId: string, except?: string): void {
  for (const { id } of changeSetsOf(world, realm, stackId)) if (id !== except) changeSets(world, realm).delete(id);
}
