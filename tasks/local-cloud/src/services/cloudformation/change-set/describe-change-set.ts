import type {
  Change,
  DescribeChangeSetInput,
  DescribeChangeSetOutput,
  ListChangeSetsInput,
  ListChangeSetsOutput,
  ResourceChange,
} from '@aws-sdk/client-cloudformation';
import type { Call, World } from '../../../world.ts';
import { pageOf } from '../page.ts';
import { findStack } from '../stack.ts';
import { shownParameters } from '../stack-parameters.ts';
import { validationError } from '../validation-error.ts';
import { changeSetsOf, namedChangeSet } from './change-set.ts';
import type { ChangeSet } from './change-set.ts';

/** Its changes come in pages; everything else comes with each of them. */
export function describeChangeSet(world: World, input: DescribeChangeSetInput, call: Call): DescribeChangeSetOutput {
  const changeSet = namedChangeSet(world, call, input);
  const ranked = changeSet.changes.map((change, rank) => ({ change, rank }));
  const { items, nextToken } = pageOf(ranked, input.NextToken, ({ rank }) => rank);
  const withValues = input.IncludePropertyValues === true;
  return {
    ...summaryOf(changeSet),
    Parameters: shownParameters(changeSet.parameters),
    NotificationARNs: [...(changeSet.input.NotificationARNs ?? [])],
    RollbackConfiguration: changeSet.input.RollbackConfiguration ?? {},
    Capabilities: [...(changeSet.input.Capabilities ?? [])],
    Tags: Object.entries(changeSet.tags).map(([Key, Value]) => ({ Key, Value })),
    Changes: items.map(({ change }): Change => ({
      Type: 'Resource',
      ResourceChange: withValues ? change : withoutValues(change),
    })),
    NextToken: nextToken,
    OnStackFailure: changeSet.input.OnStackFailure,
    DeploymentConfig: changeSet.input.DeploymentConfig,
  };
}

export function listChangeSets(world: World, input: ListChangeSetsInput, call: Call): ListChangeSetsOutput {
  const name = input.StackName ?? '';
  const stack = findStack(world, call.realm, name);
  if (stack === undefined || stack.status === 'DELETE_COMPLETE')
    throw validationError(`Stack [${name}] does not exist`);
  const all = changeSetsOf(world, call.realm, stack.id).filter(({ id }) => stack.changeSetId !== id);
  const { items, nextToken } = pageOf(all, input.NextToken, ({ sequence }) => -sequence);
  return { Summaries: items.map(summaryOf), NextToken: nextToken };
}

function summaryOf(changeSet: ChangeSet) {
  return {
    StackId: changeSet.stackId,
    StackName: changeSet.stackName,
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    StatusReason: changeSet.reason,
    CreationTime: new Date(changeSet.createdAt),
    Description: changeSet.description,
    IncludeNestedStacks: false,
    ImportExistingResources: false,
  };
}

/** Values are shown only to who asks for them. */
function withoutValues({ BeforeContext: _before, AfterContext: _after, ...change }: ResourceChange): ResourceChange {
  const details = change.Details?.map(({ Target, ...detail }) => {
    if (Target === undefined) return detail;
    const { Attribute, Name, RequiresRecreation } = Target;
    return { ...detail, Target: { Attribute, Name, RequiresRecreation } };
  });
  return details === undefined ? change : { ...change, Details: details };
}
