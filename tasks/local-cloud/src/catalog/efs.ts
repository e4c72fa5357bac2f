import type { Behaviours } from './behaviour.ts';
import { ACCESS_POINT, accessPoint } from './efs/access-point.ts';
import { FILE_SYSTEM, fileSystem } from './efs/file-system.ts';
import { MOUNT_TARGET, mountTarget } from './efs/mount-target.ts';

/** File systems, and what leads to them. */
export const efs: Behaviours = {
  [FILE_SYSTEM]: fileSystem,
  [MOUNT_TARGET]: mountTarget,
  [ACCESS_POINT]: accessPoint,
};
