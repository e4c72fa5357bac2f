import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Made, Making, Refusal } from '../behaviour.ts';
import { findKey } from '../kms-key.ts';
import { resourcesOf } from '../resources-of.ts';
import { DATABASE_SECONDS } from '../seconds.ts';
import { dropRecord, findRecord, putRecord } from '../stored-record.ts';
import { beginActivity, drawMs, statusOf } from './activity.ts';
import { portOf, wholeVersion } from './engine.ts';
import { INSTANCE, isTrue, snapshotArn } from './kind.ts';
import type { DatabaseKind } from './kind.ts';
import { absent, badIdentifier, invalidState } from './refusals.ts';

/** What RDS keeps of a snapshot beside its attributes. By its ARN. */
export interface SnapshotState {
  readonly availableAt: number;
  /** Accounts that may restore from it, each from some time on; `all` is everybody. */
  readonly sharedWith: Readonly<Record<string, number>>;
  /** What a database restored from it is like, in CloudFormation's properties. */
  readonly restores: Readonly<Record<string, unknown>>;
}

const MANUAL_MAX = 100;
const STATUSES: ReadonlySet<string> = new Set(['available', 'storage-optimization', 'stopped']);

export const snapshotStates = (world: World, realm: Realm) => world.table<SnapshotState>('rds.snapshot', realm);

/** Manual snapshots of an instance, as templates and CreateDBSnapshot make them. */
export const instanceSnapshot: Behaviour = {
  make(making): Made {
    const source = findRecord(making.world, making.realm, INSTANCE.type, sourceIdOf(making));
    const id = making.name('DBSnapshotIdentifier').toLowerCase();
    const arn = snapshotArn(INSTANCE, making.realm, id);
    const attributes = source === undefined ? {} : attributesOf(making.world, making.realm, source, 'manual');
    return { id: arn, arn, attributes: { ...attributes, DBSnapshotArn: arn } };
  },
  refuseCreate: (making) => badIdentifier(making, 'DBSnapshotIdentifier') ?? refuseSource(making),
  taken: (arn) => snapshotTaken(INSTANCE, arn.split(':').slice(6).join(':')),
  made(world, realm, snapshot, takesMs) {
    const source = findRecord(world, realm, INSTANCE.type, String(snapshot.properties['DBInstanceIdentifier']));
    if (source !== undefined) keepState(world, realm, { snapshot, source, takesMs });
  },
  readiness: (world, realm, { id }) => (isAvailable(world, realm, id) ? 'ready' : 'waiting'),
  gone: (world, realm, { id }) => snapshotStates(world, realm).delete(id),
};

export interface SnapshotWanted {
  readonly kind: DatabaseKind;
  readonly source: Resource;
  readonly id: string;
  readonly snapshotType: 'manual' | 'automated';
  readonly tags: Readonly<Record<string, string>>;
  /** When it was begun, where that was before now. */
  readonly at?: number;
}

/** Puts a snapshot of a database, whatever state that is in. */
export function takeSnapshot(world: World, realm: Realm, wanted: SnapshotWanted): Resource {
  const { kind, source, id, snapshotType, tags, at = world.now } = wanted;
  const arn = snapshotArn(kind, realm, id);
  const snapshot: Resource = {
    type: kind.snapshotType,
    ...{ id: arn, arn, ref: arn, tags, createdAt: at },
    attributes: { ...attributesOf(world, realm, source, snapshotType), [`${kind.snapshotNoun}Arn`]: arn },
    properties: { [kind.snapshotIdProperty]: id, [kind.idProperty]: source.id },
  };
  putRecord(world, realm, snapshot);
  keepState(world, realm, { snapshot, source });
  return snapshot;
}

/** What the snapshot of a database keeps of its tags: all but those of the stack, if it is told to keep any. */
export function copiedTags({ properties, tags }: Resource): Record<string, string> {
  if (!isTrue(properties['CopyTagsToSnapshot'])) return {};
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('aws:')));
}

export function isAvailable(world: World, realm: Realm, arn: string): boolean {
  return (snapshotStates(world, realm).get(arn)?.availableAt ?? 0) <= world.now;
}

export function snapshotTaken(kind: DatabaseKind, id: string): Refusal {
  return {
    text: `Cannot create the snapshot because a snapshot with the identifier ${id} already exists.`,
    ...{ handlerErrorCode: 'AlreadyExists', code: kind.faults.snapshotExists },
  };
}

/** Why there can be no more snapshot of that name: the name, or the number of them. */
export function refuseSnapshot(world: World, realm: Realm, kind: DatabaseKind, id: string): Refusal | undefined {
  if (findRecord(world, realm, kind.snapshotType, snapshotArn(kind, realm, id)) !== undefined) {
    return snapshotTaken(kind, id);
  }
  const all = [...resourcesOf(world, realm, kind.snapshotType)];
  if (all.filter(({ attributes }) => attributes['SnapshotType'] === 'manual').length < MANUAL_MAX) return undefined;
  return {
    text: `Cannot create more than ${MANUAL_MAX} manual snapshots`,
    ...{ handlerErrorCode: 'ServiceLimitExceeded', code: 'SnapshotQuotaExceededFault' },
  };
}

/** A database that is busy cannot be photographed. */
export function notAvailable(world: World, realm: Realm, kind: DatabaseKind, source: Resource): Refusal | undefined {
  if (STATUSES.has(statusOf(world, realm, source))) return undefined;
  const what = kind === INSTANCE ? 'database instance' : 'DB cluster';
  return invalidState(
    kind.faults.state,
    `Cannot create a snapshot because the ${what} ${source.id} is not currently in the available state.`,
  );
}

export function dropSnapshot(world: World, realm: Realm, snapshot: Resource): void {
  dropRecord(world, realm, snapshot);
  snapshotStates(world, realm).delete(snapshot.id);
}

function refuseSource(making: Making): Refusal | undefined {
  const { world, realm } = making;
  const id = sourceIdOf(making);
  if (id === '') return undefined;
  const source = findRecord(world, realm, INSTANCE.type, id);
  if (source === undefined) return absent(INSTANCE.faults.notFound, `DBInstance ${id} not found.`);
  const name = making.text('DBSnapshotIdentifier')?.toLowerCase() ?? '';
  return refuseSnapshot(world, realm, INSTANCE, name) ?? notAvailable(world, realm, INSTANCE, source);
}

function sourceIdOf(making: Making): string {
  return making.text('DBInstanceIdentifier')?.toLowerCase() ?? '';
}

interface Taken {
  readonly snapshot: Resource;
  readonly source: Resource;
  readonly takesMs?: number | undefined;
}

/** While a manual snapshot is taken the database is backing up; it can be photographed while it goes away, too. */
function keepState(world: World, realm: Realm, { snapshot, source, takesMs }: Taken): void {
  const ms = takesMs ?? drawMs(world, DATABASE_SECONDS.snapshot);
  const { Engine, EngineVersion, AllocatedStorage, MasterUsername, StorageType, DBName, DatabaseName } =
    source.properties;
  const { LicenseModel, Iops, DBInstanceClass } = source.properties;
  const restores = {
    ...{
      Engine,
      EngineVersion,
      AllocatedStorage,
      MasterUsername,
      StorageType,
      DBName,
      DatabaseName,
      LicenseModel,
      Iops,
    },
    ...{ DBInstanceClass, Port: source.attributes['Endpoint.Port'] },
  };
  const given = Object.entries(restores).filter(([, value]) => value !== undefined);
  const availableAt = snapshot.createdAt + ms;
  const state = { availableAt, sharedWith: {}, restores: Object.fromEntries(given) };
  snapshotStates(world, realm).put(snapshot.id, state);
  const isIdle = snapshot.createdAt === world.now && statusOf(world, realm, source) === 'available';
  if (isIdle) beginActivity(world, realm, source, { phases: [['backing-up', ms]] });
}

function attributesOf(world: World, realm: Realm, source: Resource, snapshotType: string): Record<string, unknown> {
  const { Engine, EngineVersion, AllocatedStorage, MasterUsername, StorageEncrypted, KmsKeyId } = source.properties;
  const { AvailabilityZone, LicenseModel, StorageType } = source.properties;
  const engine = String(Engine ?? 'postgres');
  const version = EngineVersion === undefined ? undefined : String(EngineVersion);
  const isEncrypted = isTrue(StorageEncrypted);
  return {
    Engine: engine,
    EngineVersion: wholeVersion(engine, version) ?? '',
    AllocatedStorage: Number(AllocatedStorage ?? (source.type === INSTANCE.type ? 20 : 1)),
    Status: 'available',
    Port: Number(source.attributes['Endpoint.Port'] ?? portOf(engine)),
    AvailabilityZone: AvailabilityZone ?? `${realm.region}a`,
    InstanceCreateTime: new Date(source.createdAt).toISOString(),
    MasterUsername: MasterUsername ?? '',
    SnapshotType: snapshotType,
    SnapshotCreateTime: new Date(world.now).toISOString(),
    OriginalSnapshotCreateTime: new Date(world.now).toISOString(),
    Encrypted: isEncrypted,
    ...(isEncrypted && typeof KmsKeyId === 'string'
      ? { KmsKeyId: findKey(world, realm, KmsKeyId)?.arn ?? KmsKeyId }
      : {}),
    StorageType: StorageType ?? 'gp2',
    LicenseModel: LicenseModel ?? (engine.includes('postgres') ? 'postgresql-license' : 'general-public-license'),
    DbiResourceId: source.attributes['DbiResourceId'] ?? source.attributes['DBClusterResourceId'] ?? '',
  };
}
