import {
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  type DeleteLogGroupCommandOutput,
  type DescribeLogGroupsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';

/** As much of the CloudWatch Logs client as this needs. */
export interface Logs {
  send(command: DescribeLogGroupsCommand): Promise<DescribeLogGroupsCommandOutput>;
  send(command: DeleteLogGroupCommand): Promise<DeleteLogGroupCommandOutput>;
}

/**
 * Removes the log group that Container Insights brought back by writing once more after the last teardown. Left there it
 * would fail the next build with "The specified log group already exists". To be called only while the stack that owns
 * the group does not exist.
 *
 * @param beforeDelete called just before the group is deleted; where it rejects, nothing is
 * @returns whether there was one
 */
export async function removeStrayLogGroup(
  logs: Logs,
  name: string,
  beforeDelete: () => Promise<void>,
): Promise<boolean> {
  const page = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name, limit: 1 }));
  // The shortest name with a prefix comes first, so that the group itself is on the first page or nowhere.
  if (page.logGroups?.[0]?.logGroupName !== name) return false;
  await beforeDelete();
  try {
    await logs.send(new DeleteLogGroupCommand({ logGroupName: name }));
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return false;
    throw error;
  }
  return true;
}
