import type {
  DeleteChangeSetInput,
  ExecuteChangeSetInput,
  ExecuteChangeSetOutput,
} from '@aws-sdk/client-cloudformation';
import { ServiceError } from '../../../world.ts';
import type { Call, World } from '../../../world.ts';
import { checkToken } from '../check-input.ts';
import { beginCreate } from '../create-stack.ts';
import { readTemplate } from '../processed-template.ts';
import type { CloudFormationSettings } from '../settings.ts';
import { findStack } from '../stack.ts';
import type { Stack } from '../stack.ts';
import { UPDATABLE, applyUpdate, notUpdatable } from '../update-stack.ts';
import { changeSets, forgetChangeSets, namedChangeSet } from './change-set.ts';
import type { ChangeSet } from './change-set.ts';

/** From here on it is an ordinary create or update; the stack's other change sets hold no more and go. */
export function executeChangeSet(settings: CloudFormationSettings) {
  return (world: World, input: ExecuteChangeSetInput, call: Call): ExecuteChangeSetOutput => {
    checkToken(input.ClientRequestToken);
    const changeSet = namedChangeSet(world, call, input);
    const stack = findStack(world, call.realm, changeSet.stackId);
    const token = input.ClientRequestToken;
    if (changeSet.executionStatus === 'EXECUTE_IN_PROGRESS' && token !== undefined && isRepeated(stack, token))
      return {};
    if (stack === undefined || changeSet.status !== 'CREATE_COMPLETE' || changeSet.executionStatus !== 'AVAILABLE') {
      throw notExecutable(changeSet);
    }
    const isReady = changeSet.type === 'CREATE' ? stack.status === 'REVIEW_IN_PROGRESS' : UPDATABLE.has(stack.status);
    if (!isReady) throw notUpdatable(stack);
    forgetChangeSets(world, call.realm, stack.id, changeSet.id);
    begin({ world, call, settings }, changeSet, { ...stack, changeSetId: changeSet.id }, input);
    const operationId = findStack(world, call.realm, stack.id)?.lastOperation?.id;
    const executing = { ...changeSet, executionStatus: 'EXECUTE_IN_PROGRESS' as const, operationId };
    changeSets(world, call.realm).put(changeSet.id, executing);
    return {};
  };
}

function isRepeated(stack: Stack | undefined, token: string): boolean {
  return stack?.tokens['create'] === token || stack?.tokens['update'] === token;
}

function begin(
  context: { readonly world: World; readonly call: Call; readonly settings: CloudFormationSettings },
  changeSet: ChangeSet,
  stack: Stack,
  { ClientRequestToken, DisableRollback, RetainExceptOnCreate }: ExecuteChangeSetInput,
): void {
  const { input: asked, text, parameters, tags } = changeSet;
  const input = {
    ...asked,
    ClientRequestToken,
    RetainExceptOnCreate,
    ...(DisableRollback === undefined ? {} : { DisableRollback }),
    ...(asked.OnStackFailure === 'DO_NOTHING' ? { DisableRollback: true } : {}),
    ...(asked.OnStackFailure === 'ROLLBACK' ? { DisableRollback: false } : {}),
    OnFailure: changeSet.type === 'CREATE' && asked.OnStackFailure === 'DELETE' ? ('DELETE' as const) : undefined,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    Parameters: parameters.map(({ key, text: value }) => ({ ParameterKey: key, ParameterValue: value })),
  };
  const original = readTemplate(text);
  if (changeSet.type === 'CREATE') beginCreate(context, input, { text, original, existing: stack });
  else applyUpdate(context, input, { stack, text, original });
}

function notExecutable({ id, status, executionStatus }: ChangeSet): ServiceError {
  const shown = status === 'CREATE_COMPLETE' ? executionStatus : status;
  return new ServiceError(
    'InvalidChangeSetStatus',
    `ChangeSet [${id}] cannot be executed in its current status of [${shown}]`,
  );
}

export function deleteChangeSet(world: World, input: DeleteChangeSetInput, call: Call): object {
  const { id, status, executionStatus } = namedChangeSet(world, call, input);
  const isBusy = status === 'CREATE_IN_PROGRESS' || executionStatus === 'EXECUTE_IN_PROGRESS';
  if (isBusy) {
    throw new ServiceError(
      'InvalidChangeSetStatus',
      `ChangeSet [${id}] cannot be deleted in its current status of [${status === 'CREATE_IN_PROGRESS' ? status : executionStatus}]`,
    );
  }
  changeSets(world, call.realm).delete(id);
  return {};
}
