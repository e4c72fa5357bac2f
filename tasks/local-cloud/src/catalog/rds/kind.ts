import type { Realm } from '../../world.ts';

/** What instances and clusters have in common under different names. */
export interface DatabaseKind {
  readonly type: string;
  readonly snapshotType: string;
  /** The properties that carry the identifiers. */
  readonly idProperty: string;
  readonly snapshotIdProperty: string;
  /** As ARNs have them. */
  readonly arnWord: string;
  readonly snapshotArnWord: string;
  /** As errors have them: `DBInstance x not found.` */
  readonly noun: string;
  readonly snapshotNoun: string;
  readonly faults: {
    readonly notFound: string;
    readonly state: string;
    readonly snapshotNotFound: string;
    readonly snapshotExists: string;
    readonly snapshotState: string;
  };
}

export const INSTANCE: DatabaseKind = {
  type: 'AWS::RDS::DBInstance',
  snapshotType: 'AWS::RDS::DBSnapshot',
  idProperty: 'DBInstanceIdentifier',
  snapshotIdProperty: 'DBSnapshotIdentifier',
  arnWord: 'db',
  snapshotArnWord: 'snapshot',
  noun: 'DBInstance',
  snapshotNoun: 'DBSnapshot',
  faults: {
    notFound: 'DBInstanceNotFoundFault',
    state: 'InvalidDBInstanceStateFault',
    snapshotNotFound: 'DBSnapshotNotFoundFault',
    snapshotExists: 'DBSnapshotAlreadyExistsFault',
    snapshotState: 'InvalidDBSnapshotStateFault',
  },
};

export const CLUSTER: DatabaseKind = {
  type: 'AWS::RDS::DBCluster',
  snapshotType: 'AWS::RDS::DBClusterSnapshot',
  idProperty: 'DBClusterIdentifier',
  snapshotIdProperty: 'DBClusterSnapshotIdentifier',
  arnWord: 'cluster',
  snapshotArnWord: 'cluster-snapshot',
  noun: 'DBCluster',
  snapshotNoun: 'DBClusterSnapshot',
  faults: {
    notFound: 'DBClusterNotFoundFault',
    state: 'InvalidDBClusterStateFault',
    snapshotNotFound: 'DBClusterSnapshotNotFoundFault',
    snapshotExists: 'DBClusterSnapshotAlreadyExistsFault',
    snapshotState: 'InvalidDBClusterSnapshotStateFault',
  },
};

export function rdsArn({ region, account }: Realm, word: string, id: string): string {
  return `arn:aws:rds:${region}:${account}:${word}:${id}`;
}

export function snapshotArn(kind: DatabaseKind, realm: Realm, id: string): string {
  return rdsArn(realm, kind.snapshotArnWord, id);
}

/** Templates give truth as text, too. */
export function isTrue(value: unknown): boolean {
  return String(value) === 'true';
}
