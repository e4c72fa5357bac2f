import type {
  ChangeSetHooksStatus,
  DescribeChangeSetHooksInput,
  DescribeChangeSetHooksOutput,
} from '@aws-sdk/client-cloudformation';
import type { Call, World } from '../../../world.ts';
import { namedChangeSet } from './change-set.ts';
import type { ChangeSet } from './change-set.ts';

/** No hook can be registered in the local cloud, so that none is ever invoked. */
export function describeChangeSetHooks(
  world: World,
  input: DescribeChangeSetHooksInput,
  call: Call,
): DescribeChangeSetHooksOutput {
  const changeSet = namedChangeSet(world, call, input);
  return {
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    StackId: changeSet.stackId,
    StackName: changeSet.stackName,
    Hooks: [],
    Status: statusOf(changeSet),
  };
}

function statusOf({ status }: ChangeSet): ChangeSetHooksStatus {
  if (status === 'FAILED') return 'UNAVAILABLE';
  return status === 'CREATE_COMPLETE' ? 'PLANNED' : 'PLANNING';
}
