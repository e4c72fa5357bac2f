import type { Service } from '../../world.ts';
import * as points from './access-points.ts';
import * as files from './file-systems.ts';
import * as targets from './mount-targets.ts';
import * as settings from './settings.ts';
import * as tags from './tags.ts';
import * as updates from './update-file-system.ts';

/** File systems, and how they are reached; see SPEC.md beside this file. AWS publishes no rate limits for it. */
export const efs: Service = {
  client: 'client-efs',
  operations: {
    CreateFileSystem: files.createFileSystem,
    DescribeFileSystems: files.describeFileSystems,
    DeleteFileSystem: files.deleteFileSystem,
    UpdateFileSystem: updates.updateFileSystem,
    UpdateFileSystemProtection: updates.updateFileSystemProtection,
    CreateMountTarget: targets.createMountTarget,
    DescribeMountTargets: targets.describeMountTargets,
    DeleteMountTarget: targets.deleteMountTarget,
    DescribeMountTargetSecurityGroups: targets.describeMountTargetSecurityGroups,
    ModifyMountTargetSecurityGroups: targets.modifyMountTargetSecurityGroups,
    CreateAccessPoint: points.createAccessPoint,
    DescribeAccessPoints: points.describeAccessPoints,
    DeleteAccessPoint: points.deleteAccessPoint,
    PutLifecycleConfiguration: settings.putLifecycleConfiguration,
    DescribeLifecycleConfiguration: settings.describeLifecycleConfiguration,
    PutFileSystemPolicy: settings.putFileSystemPolicy,
    DescribeFileSystemPolicy: settings.describeFileSystemPolicy,
    DeleteFileSystemPolicy: settings.deleteFileSystemPolicy,
    PutBackupPolicy: settings.putBackupPolicy,
    DescribeBackupPolicy: settings.describeBackupPolicy,
    TagResource: tags.tagResource,
    UntagResource: tags.untagResource,
    ListTagsForResource: tags.listTagsForResource,
  },
};
