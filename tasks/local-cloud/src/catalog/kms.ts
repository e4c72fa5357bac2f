import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import type { Behaviours } from './behaviour.ts';

const DAY_MS = 86_400_000;

export const kms: Behaviours = {
  'AWS::KMS::Key': {
    make(making) {
      const id = making.world.uuid();
      return { id, attributes: { KeyId: id, Arn: making.arn('kms', `key/${id}`) } };
    },
    gone: scheduleDeletion,
  },
  'AWS::KMS::Alias': { taken: (id) => `An alias with the name ${id} already exists` },
};

/** A key that is waiting to be deleted: out of its stack, out of use, not yet gone. */
export interface PendingKey {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly deletionAt: number;
}

function scheduleDeletion(world: World, realm: Realm, key: Resource): void {
  const days = Number(key.properties['PendingWindowInDays'] ?? 30);
  const arn = key.arn ?? key.id;
  const record: PendingKey = { arn, tags: key.tags, deletionAt: world.now + days * DAY_MS };
  world.table<PendingKey>('kms.pending-deletion', realm).put(key.id, record);
}
