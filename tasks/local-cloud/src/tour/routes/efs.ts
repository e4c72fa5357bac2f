import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';

const FILES = { FileSystemId: '<files>' };
const TARGET = { MountTargetId: '<target>' };
const POINT = { AccessPointId: '<point>' };
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'elasticfilesystem:ClientMount' }],
});
const available = (list: string) => ({ until: { [`${list}.0.LifeCycleState`]: 'available' } });

export const efsRoute: Route = {
  name: 'EFS',
  steps: [
    ...stepsOf('ec2', [
      ['CreateVpc', { CidrBlock: '10.0.0.0/16' }, { save: { vpc: 'Vpc.VpcId' } }],
      ['CreateSubnet', { VpcId: '<vpc>', CidrBlock: '10.0.0.0/24' }, { save: { subnet: 'Subnet.SubnetId' } }],
      [
        'CreateSecurityGroup',
        { GroupName: 'nfs', Description: 'tour', VpcId: '<vpc>' },
        { save: { group: 'GroupId' } },
      ],
    ]),
    ...stepsOf('elasticfilesystem', [
      ['CreateFileSystem', { CreationToken: 'tour' }, { save: { files: 'FileSystemId' } }],
      ['CreateFileSystem', { CreationToken: 'tour' }, { fails: 'FileSystemAlreadyExists' }],
      ['DescribeFileSystems', FILES, available('FileSystems')],
      ['UpdateFileSystem', { ...FILES, ThroughputMode: 'elastic' }, { expect: { ThroughputMode: 'elastic' } }],
      ['DescribeFileSystems', FILES, available('FileSystems')],
      [
        'UpdateFileSystemProtection',
        { ...FILES, ReplicationOverwriteProtection: 'DISABLED' },
        { expect: { ReplicationOverwriteProtection: 'DISABLED' } },
      ],
      ['PutLifecycleConfiguration', { ...FILES, LifecyclePolicies: [{ TransitionToIA: 'AFTER_30_DAYS' }] }],
      ['DescribeLifecycleConfiguration', FILES, { expect: { 'LifecyclePolicies.0.TransitionToIA': 'AFTER_30_DAYS' } }],
      ['PutFileSystemPolicy', { ...FILES, Policy: POLICY }],
      ['DescribeFileSystemPolicy', FILES, { expect: { Policy: /ClientMount/ } }],
      ['DeleteFileSystemPolicy', FILES],
      ['DescribeFileSystemPolicy', FILES, { fails: 'PolicyNotFound' }],
      ['PutBackupPolicy', { ...FILES, BackupPolicy: { Status: 'ENABLED' } }],
      ['DescribeBackupPolicy', FILES, { until: { 'BackupPolicy.Status': 'ENABLED' } }],
      ['CreateMountTarget', { ...FILES, SubnetId: '<subnet>' }, { save: { target: 'MountTargetId' } }],
      ['CreateMountTarget', { ...FILES, SubnetId: '<subnet>' }, { fails: 'MountTargetConflict' }],
      ['DescribeMountTargets', FILES, available('MountTargets')],
      ['ModifyMountTargetSecurityGroups', { ...TARGET, SecurityGroups: ['<group>'] }],
      ['DescribeMountTargetSecurityGroups', TARGET, { expect: { 'SecurityGroups.0': /^sg-/ } }],
      [
        'CreateAccessPoint',
        { ...FILES, ClientToken: 'tour', PosixUser: { Uid: 1000, Gid: 1000 } },
        { save: { point: 'AccessPointId' }, expect: { 'PosixUser.Uid': 1000 } },
      ],
      ['DescribeAccessPoints', POINT, available('AccessPoints')],
      ['TagResource', { ResourceId: '<point>', Tags: [{ Key: 'team', Value: 'tour' }] }],
      ['ListTagsForResource', { ResourceId: '<point>' }, { expect: { 'Tags.0.Value': 'tour' } }],
      ['UntagResource', { ResourceId: '<point>', TagKeys: ['team'] }],
      ['DeleteAccessPoint', POINT],
      ['DeleteFileSystem', FILES, { fails: 'FileSystemInUse' }],
      ['DeleteMountTarget', TARGET],
      ['DescribeFileSystems', FILES, { until: { 'FileSystems.0.NumberOfMountTargets': 0 } }],
      ['DeleteFileSystem', FILES],
    ]),
    ...stepsOf('ec2', [
      ['DeleteSecurityGroup', { GroupId: '<group>' }],
      ['DeleteSubnet', { SubnetId: '<subnet>' }],
      ['DeleteVpc', { VpcId: '<vpc>' }],
    ]),
  ],
};
