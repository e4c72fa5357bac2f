import { paginateDescribeDBClusterSnapshots, paginateDescribeDBSnapshots, RDSClient } from '@aws-sdk/client-rds';
import type { CallCounter } from '../call-counter.ts';
import { clientOf } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import { tagsOf, type Scope, type Sighting } from './sighting.ts';

/**
 * Snapshots of databases: a final one has the tags of its database only where that was told to copy them, but its name
 * begins with that of the stack.
 */
export async function findDatabaseSnapshots(
  settings: ClientSettings,
  counter: CallCounter,
  _scope: Scope,
): Promise<readonly Sighting[]> {
  const client = clientOf(RDSClient, 'rds', settings, counter);
  const found = await Promise.all([ofInstances(client), ofClusters(client)]);
  return found.flat();
}

async function ofInstances(client: RDSClient): Promise<Sighting[]> {
  const found: Sighting[] = [];
  for await (const { DBSnapshots = [] } of paginateDescribeDBSnapshots({ client }, {})) {
    for (const one of DBSnapshots) {
      const { DBSnapshotArn: arn = '', DBSnapshotIdentifier: id = '', AllocatedStorage, TagList } = one;
      found.push({ arn, type: 'AWS::RDS::DBSnapshot', id, names: [id], ...rest(TagList, AllocatedStorage) });
    }
  }
  return found;
}

async function ofClusters(client: RDSClient): Promise<Sighting[]> {
  const found: Sighting[] = [];
  for await (const { DBClusterSnapshots = [] } of paginateDescribeDBClusterSnapshots({ client }, {})) {
    for (const one of DBClusterSnapshots) {
      const { DBClusterSnapshotArn: arn = '', DBClusterSnapshotIdentifier: id = '', TagList } = one;
      // Aurora charges its snapshots at another price, which the list does not have.
      found.push({ arn, type: 'AWS::RDS::DBClusterSnapshot', id, names: [id], tags: tagsOf(TagList) });
    }
  }
  return found;
}

function rest(tags: Parameters<typeof tagsOf>[0], storageGb: number | undefined): Pick<Sighting, 'tags' | 'charge'> {
  return {
    tags: tagsOf(tags),
    ...(storageGb === undefined ? {} : { charge: { row: 'snapshot-rds', quantity: storageGb } }),
  };
}
