import {
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  ModifyDBClusterCommand,
  ModifyDBInstanceCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { CallCounter } from '../call-counter.ts';
import { clientOf } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import { ifThere } from '../if-there.ts';
import { OR_ALLOW, type BlockerKind } from './kind.ts';

const CLUSTER = 'AWS::RDS::DBCluster';

/** A database with deletion protection is not deleted by anybody. */
export function createDatabases(settings: ClientSettings, counter: CallCounter, mayUnprotect: boolean): BlockerKind {
  const rds = clientOf(RDSClient, 'rds', settings, counter);
  const isProtected = async (type: string, id: string): Promise<boolean> =>
    (await ifThere(() => (type === CLUSTER ? clusterProtection(rds, id) : instanceProtection(rds, id)))) === true;
  return {
    async look({ physicalId: id, type }) {
      if (!(await isProtected(type, id))) return [];
      const what = `${type === CLUSTER ? 'database cluster' : 'database'} ${id} has deletion protection`;
      return [mayUnprotect ? { what } : { what, next: `type: ${unprotect(type, id, settings.region)}${OR_ALLOW}` }];
    },
    async clear({ physicalId: id, resourceType }, mayWrite) {
      // A database that is being modified takes no second modification.
      if (!(await isProtected(resourceType, id))) return;
      const off = { DeletionProtection: false, ApplyImmediately: true };
      await mayWrite();
      await ifThere(async () => {
        if (resourceType === CLUSTER) await rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier: id, ...off }));
        else await rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: id, ...off }));
      });
    },
  };
}

function unprotect(type: string, id: string, region: string): string {
  const noun = type === CLUSTER ? 'cluster' : 'instance';
  return `aws rds modify-db-${noun} --db-${noun}-identifier ${id} --no-deletion-protection --apply-immediately --region ${region}`;
}

async function clusterProtection(rds: RDSClient, id: string): Promise<boolean | undefined> {
  const { DBClusters } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: id }));
  return DBClusters?.[0]?.DeletionProtection;
}

async function instanceProtection(rds: RDSClient, id: string): Promise<boolean | undefined> {
  const { DBInstances } = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: id }));
  return DBInstances?.[0]?.DeletionProtection;
}
