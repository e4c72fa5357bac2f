import type { Behaviours } from './behaviour.ts';
import { cluster } from './rds/cluster.ts';
import { groups } from './rds/groups.ts';
import { instance } from './rds/instance.ts';
import { CLUSTER, INSTANCE } from './rds/kind.ts';
import { instanceSnapshot, snapshotStates } from './rds/snapshot.ts';

export const rds: Behaviours = {
  ...groups,
  [INSTANCE.type]: instance,
  [INSTANCE.snapshotType]: instanceSnapshot,
  [CLUSTER.type]: cluster,
  [CLUSTER.snapshotType]: { gone: (world, realm, { id }) => snapshotStates(world, realm).delete(id) },
};
