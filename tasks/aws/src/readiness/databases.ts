import { DescribeDBClustersCommand, DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import type { ResourceState } from '@roundtrip/engine';
import { batches } from '../blockers/batches.ts';
import type { CallCounter } from '../call-counter.ts';
import type { ClientSettings } from '../client-settings.ts';
import type { GateKind } from './gate-kind.ts';
import { pacedClient } from './paced-client.ts';

/** Below what a filter of RDS takes, and a page holds. */
const BATCH = 50;

/** A service that finds no database at its address ends, and its deployment with it. */
export function createDatabases(settings: ClientSettings, counter: CallCounter): GateKind {
  const rds = pacedClient(RDSClient, 'rds', settings, counter);
  return {
    async look(resources) {
      const states = new Map<string, ResourceState>();
      for (const Values of batches(idsOf(resources), BATCH)) {
        const Filters = [{ Name: 'db-instance-id', Values }];
        const answer = await rds.send(new DescribeDBInstancesCommand({ Filters }));
        for (const { DBInstanceIdentifier: id = '', DBInstanceStatus } of answer.DBInstances ?? []) {
          states.set(id, stateOf(`database ${id}`, DBInstanceStatus));
        }
      }
      return states;
    },
  };
}

export function createDatabaseClusters(settings: ClientSettings, counter: CallCounter): GateKind {
  const rds = pacedClient(RDSClient, 'rds', settings, counter);
  return {
    async look(resources) {
      const states = new Map<string, ResourceState>();
      for (const Values of batches(idsOf(resources), BATCH)) {
        const Filters = [{ Name: 'db-cluster-id', Values }];
        const answer = await rds.send(new DescribeDBClustersCommand({ Filters }));
        for (const { DBClusterIdentifier: id = '', Status } of answer.DBClusters ?? []) {
          states.set(id, stateOf(`database cluster ${id}`, Status));
        }
      }
      return states;
    },
  };
}

function idsOf(resources: readonly { readonly physicalId: string }[]): string[] {
  return resources.map(({ physicalId }) => physicalId);
}

/** A database in these takes connections. */
const USABLE = /^(?:available|backing-up|storage-optimization|storage-config-upgrade|configuring-.+)$/;
/** None of these ends by itself. */
const BROKEN = /^(?:failed|restore-error|inaccessible-.+|incompatible-.+|storage-full)$/;

function stateOf(what: string, status = 'of no known state'): ResourceState {
  if (USABLE.test(status)) return 'ready';
  return BROKEN.test(status) ? { fails: `${what} is ${status}` } : { waits: `${what} is ${status}` };
}
