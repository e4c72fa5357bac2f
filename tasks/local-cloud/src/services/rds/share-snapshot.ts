import type * as RDS from '@aws-sdk/client-rds';
import { findKey } from '../../catalog/kms-key.ts';
import { drawMs } from '../../catalog/rds/activity.ts';
import { CLUSTER, INSTANCE, isTrue } from '../../catalog/rds/kind.ts';
import type { DatabaseKind } from '../../catalog/rds/kind.ts';
import { isAvailable, snapshotStates } from '../../catalog/rds/snapshot.ts';
import { nameOf } from '../../catalog/rds/source-snapshot.ts';
import type { FoundSnapshot } from '../../catalog/rds/source-snapshot.ts';
import { DATABASE_SECONDS } from '../../catalog/seconds.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { ownSnapshot } from './snapshots.ts';

const ACCOUNTS_MAX = 20;
const ATTRIBUTE = 'restore';
const EVERYBODY = 'all';

export function describeInstanceAttributes(
  world: World,
  input: RDS.DescribeDBSnapshotAttributesMessage,
  call: Call,
): RDS.DescribeDBSnapshotAttributesResult {
  const { record } = ownSnapshot(world, call.realm, INSTANCE, input.DBSnapshotIdentifier);
  return instanceResult(nameOf(INSTANCE, record), sharesOf(world, call, record.id));
}

export function modifyInstanceAttribute(
  world: World,
  input: RDS.ModifyDBSnapshotAttributeMessage,
  call: Call,
): RDS.ModifyDBSnapshotAttributeResult {
  const found = ownSnapshot(world, call.realm, INSTANCE, input.DBSnapshotIdentifier);
  return instanceResult(nameOf(INSTANCE, found.record), share(world, INSTANCE, found, input));
}

export function describeClusterAttributes(
  world: World,
  input: RDS.DescribeDBClusterSnapshotAttributesMessage,
  call: Call,
): RDS.DescribeDBClusterSnapshotAttributesResult {
  const { record } = ownSnapshot(world, call.realm, CLUSTER, input.DBClusterSnapshotIdentifier);
  return clusterResult(nameOf(CLUSTER, record), sharesOf(world, call, record.id));
}

export function modifyClusterAttribute(
  world: World,
  input: RDS.ModifyDBClusterSnapshotAttributeMessage,
  call: Call,
): RDS.ModifyDBClusterSnapshotAttributeResult {
  const found = ownSnapshot(world, call.realm, CLUSTER, input.DBClusterSnapshotIdentifier);
  return clusterResult(nameOf(CLUSTER, found.record), share(world, CLUSTER, found, input));
}

interface Change {
  readonly AttributeName: string | undefined;
  readonly ValuesToAdd?: string[] | undefined;
  readonly ValuesToRemove?: string[] | undefined;
}

/** Out: the accounts that may restore from it now. */
function share(world: World, kind: DatabaseKind, found: FoundSnapshot, change: Change): string[] {
  const { AttributeName, ValuesToAdd = [], ValuesToRemove = [] } = change;
  if (AttributeName !== ATTRIBUTE) {
    throw new ServiceError('InvalidParameterValue', `Invalid snapshot attribute ${AttributeName ?? ''}`);
  }
  const { record, realm } = found;
  const state = snapshotStates(world, realm).get(record.id) ?? { availableAt: 0, sharedWith: {}, restores: {} };
  checkShareable(world, kind, found, ValuesToAdd);
  const from = world.now + drawMs(world, DATABASE_SECONDS.share);
  const added = ValuesToAdd.map((account) => [account, from] as const);
  const kept = Object.entries({ ...Object.fromEntries(added), ...state.sharedWith }).filter(
    ([account]) => !ValuesToRemove.includes(account),
  );
  if (kept.length > ACCOUNTS_MAX) {
    const text = 'You have exceeded the maximum number of accounts that you can share a manual DB snapshot with.';
    throw new ServiceError('SharedSnapshotQuotaExceededFault', text);
  }
  snapshotStates(world, realm).put(record.id, { ...state, sharedWith: Object.fromEntries(kept) });
  return kept.map(([account]) => account);
}

function checkShareable(world: World, kind: DatabaseKind, { record, realm }: FoundSnapshot, adds: string[]): void {
  const { SnapshotType, Encrypted, KmsKeyId } = record.attributes;
  const refuse = (text: string): ServiceError => new ServiceError(kind.faults.snapshotState, text);
  if (SnapshotType !== 'manual') throw refuse('Automated snapshots cannot be shared: copy it to a manual one first.');
  if (!isAvailable(world, realm, record.id)) {
    throw refuse(`The snapshot ${nameOf(kind, record)} is not in the available state.`);
  }
  const wrong = adds.find((account) => account !== EVERYBODY && !/^\d{12}$/.test(account));
  if (wrong !== undefined) throw new ServiceError('InvalidParameterValue', `Invalid account ID: ${wrong}`);
  if (adds.length === 0 || !isTrue(Encrypted)) return;
  if (findKey(world, realm, String(KmsKeyId))?.isManaged === true) {
    throw refuse('Sharing snapshots encrypted with the default service key for RDS is currently not supported.');
  }
  if (adds.includes(EVERYBODY)) throw refuse('Encrypted snapshots cannot be shared publicly.');
}

function sharesOf(world: World, { realm }: Call, arn: string): string[] {
  return Object.keys(snapshotStates(world, realm).get(arn)?.sharedWith ?? {});
}

function instanceResult(DBSnapshotIdentifier: string, AttributeValues: string[]) {
  const DBSnapshotAttributes = [{ AttributeName: ATTRIBUTE, AttributeValues }];
  return { DBSnapshotAttributesResult: { DBSnapshotIdentifier, DBSnapshotAttributes } };
}

function clusterResult(DBClusterSnapshotIdentifier: string, AttributeValues: string[]) {
  const DBClusterSnapshotAttributes = [{ AttributeName: ATTRIBUTE, AttributeValues }];
  return { DBClusterSnapshotAttributesResult: { DBClusterSnapshotIdentifier, DBClusterSnapshotAttributes } };
}
