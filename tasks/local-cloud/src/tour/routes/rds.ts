import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';

const SHOP = { DBInstanceIdentifier: 'shop' };
const ORDERS = { DBClusterIdentifier: 'orders' };
const FIRST = { DBSnapshotIdentifier: 'first' };
const CLUSTER_FIRST = { DBClusterSnapshotIdentifier: 'first' };
const OWNER = { MasterUsername: 'app', MasterUserPassword: 'correct horse' };
const OTHERS = { AttributeName: 'restore', ValuesToAdd: ['222222222222'] };

const instance = (status: string) => ({ until: { 'DBInstances.0.DBInstanceStatus': status } });
const cluster = (status: string) => ({ until: { 'DBClusters.0.Status': status } });

/** Two subnets in two zones and a group of them. */
const network = [
  ...stepsOf('ec2', [
    ['CreateVpc', { CidrBlock: '10.0.0.0/16' }, { save: { vpc: 'Vpc.VpcId' } }],
    [
      'CreateSubnet',
      { VpcId: '<vpc>', CidrBlock: '10.0.0.0/24', AvailabilityZone: 'eu-west-1a' },
      { save: { left: 'Subnet.SubnetId' } },
    ],
    [
      'CreateSubnet',
      { VpcId: '<vpc>', CidrBlock: '10.0.1.0/24', AvailabilityZone: 'eu-west-1b' },
      { save: { right: 'Subnet.SubnetId' } },
    ],
  ]),
  ...stepsOf('rds', [
    [
      'CreateDBSubnetGroup',
      { DBSubnetGroupName: 'tour', DBSubnetGroupDescription: 'first', SubnetIds: ['<left>', '<right>'] },
      { expect: { 'DBSubnetGroup.Subnets.1.SubnetAvailabilityZone.Name': 'eu-west-1b' } },
    ],
    [
      'ModifyDBSubnetGroup',
      { DBSubnetGroupName: 'tour', DBSubnetGroupDescription: 'second', SubnetIds: ['<right>', '<left>'] },
      { expect: { 'DBSubnetGroup.DBSubnetGroupDescription': 'second' } },
    ],
    ['DescribeDBSubnetGroups', {}, { expect: { 'DBSubnetGroups.0.SubnetGroupStatus': 'Complete' } }],
  ]),
];

const groups = stepsOf('rds', [
  ['DescribeDBEngineVersions', { Engine: 'postgres' }, { expect: { 'DBEngineVersions.0.Engine': 'postgres' } }],
  [
    'CreateDBParameterGroup',
    { DBParameterGroupName: 'tour', DBParameterGroupFamily: 'postgres17', Description: 'tour' },
    { expect: { 'DBParameterGroup.DBParameterGroupArn': /:pg:tour$/ } },
  ],
  ['DescribeDBParameterGroups', {}, { expect: { 'DBParameterGroups.0.DBParameterGroupName': /./ } }],
  [
    'ModifyDBParameterGroup',
    {
      DBParameterGroupName: 'tour',
      Parameters: [{ ParameterName: 'work_mem', ParameterValue: '8192', ApplyMethod: 'immediate' }],
    },
  ],
  ['DescribeDBParameters', { DBParameterGroupName: 'tour' }, { expect: { 'Parameters.0.ParameterValue': '8192' } }],
]);

const life = stepsOf('rds', [
  [
    'CreateDBInstance',
    {
      ...{ ...SHOP, ...OWNER, Engine: 'postgres', DBInstanceClass: 'db.t4g.micro', AllocatedStorage: 20 },
      ...{ DBSubnetGroupName: 'tour', DBParameterGroupName: 'tour', BackupRetentionPeriod: 1 },
      Tags: [{ Key: 'team', Value: 'tour' }],
    },
    { save: { arn: 'DBInstance.DBInstanceArn' }, expect: { 'DBInstance.DBInstanceStatus': 'creating' } },
  ],
  ['DeleteDBSubnetGroup', { DBSubnetGroupName: 'tour' }, { fails: 'InvalidDBSubnetGroupStateFault' }],
  ['DescribeDBInstances', SHOP, instance('available')],
  ['ListTagsForResource', { ResourceName: '<arn>' }, { expect: { 'TagList.0.Value': 'tour' } }],
  ['AddTagsToResource', { ResourceName: '<arn>', Tags: [{ Key: 'stage', Value: 'one' }] }],
  ['RemoveTagsFromResource', { ResourceName: '<arn>', TagKeys: ['stage'] }],
  [
    'ModifyDBInstance',
    { ...SHOP, AllocatedStorage: 30, ApplyImmediately: true },
    { expect: { 'DBInstance.PendingModifiedValues.AllocatedStorage': 30 } },
  ],
  ['DescribeDBInstances', SHOP, { until: { 'DBInstances.0.AllocatedStorage': 30 } }],
  ['DescribeDBInstances', SHOP, instance('available')],
  ['RebootDBInstance', SHOP, { expect: { 'DBInstance.DBInstanceStatus': 'rebooting' } }],
  ['DescribeDBInstances', SHOP, instance('available')],
  ['CreateDBSnapshot', { ...SHOP, ...FIRST }, { expect: { 'DBSnapshot.Status': 'creating' } }],
  ['DescribeDBSnapshots', FIRST, { until: { 'DBSnapshots.0.Status': 'available' } }],
  ['DescribeDBInstances', SHOP, instance('available')],
  ['StopDBInstance', SHOP, { expect: { 'DBInstance.DBInstanceStatus': 'stopping' } }],
  ['DescribeDBInstances', SHOP, instance('stopped')],
  ['StartDBInstance', SHOP, { expect: { 'DBInstance.DBInstanceStatus': 'starting' } }],
]);

const snapshots = stepsOf('rds', [
  ['ModifyDBSnapshotAttribute', { ...FIRST, ...OTHERS }],
  [
    'DescribeDBSnapshotAttributes',
    FIRST,
    { until: { 'DBSnapshotAttributesResult.DBSnapshotAttributes.0.AttributeValues.0': '222222222222' } },
  ],
  ['CopyDBSnapshot', { SourceDBSnapshotIdentifier: 'first', TargetDBSnapshotIdentifier: 'second' }],
  ['DescribeDBSnapshots', { DBSnapshotIdentifier: 'second' }, { until: { 'DBSnapshots.0.Status': 'available' } }],
  [
    'RestoreDBInstanceFromDBSnapshot',
    { DBInstanceIdentifier: 'restored', DBSnapshotIdentifier: 'second', DBSubnetGroupName: 'tour' },
    { expect: { 'DBInstance.DBInstanceStatus': 'creating' } },
  ],
  ['DescribeDBInstances', { DBInstanceIdentifier: 'restored' }, instance('available')],
  ['DeleteDBSnapshot', { DBSnapshotIdentifier: 'second' }],
  ['DeleteDBInstance', { DBInstanceIdentifier: 'restored', SkipFinalSnapshot: true }],
  ['DescribeDBInstances', SHOP, instance('available')],
  ['DeleteDBInstance', SHOP, { fails: 'InvalidParameterCombination' }],
  ['DeleteDBInstance', { ...SHOP, FinalDBSnapshotIdentifier: 'last' }],
  ['DescribeDBInstances', {}, { until: { DBInstances: /^\[\]$/ } }],
  [
    'DescribeDBSnapshots',
    { DBSnapshotIdentifier: 'last' },
    { expect: { 'DBSnapshots.0.Status': 'available', 'DBSnapshots.0.SnapshotType': 'manual' } },
  ],
  ['DeleteDBParameterGroup', { DBParameterGroupName: 'tour' }],
  ['DeleteDBSubnetGroup', { DBSubnetGroupName: 'tour' }],
]);

const clusterLife = stepsOf('rds', [
  [
    'CreateDBClusterParameterGroup',
    { DBClusterParameterGroupName: 'tour', DBParameterGroupFamily: 'aurora-postgresql17', Description: 'tour' },
  ],
  ['DescribeDBClusterParameterGroups', {}, { expect: { 'DBClusterParameterGroups.0.Description': /./ } }],
  [
    'CreateDBCluster',
    {
      ...ORDERS,
      ...OWNER,
      Engine: 'aurora-postgresql',
      DBClusterParameterGroupName: 'tour',
      DBSubnetGroupName: 'tour',
    },
    { expect: { 'DBCluster.Status': 'creating' } },
  ],
  ['DescribeDBClusters', ORDERS, cluster('available')],
  ['ModifyDBCluster', { ...ORDERS, BackupRetentionPeriod: 2, ApplyImmediately: true }],
  ['DescribeDBClusters', ORDERS, cluster('available')],
  ['CreateDBClusterSnapshot', { ...ORDERS, ...CLUSTER_FIRST }, { expect: { 'DBClusterSnapshot.Status': 'creating' } }],
  ['DescribeDBClusterSnapshots', CLUSTER_FIRST, { until: { 'DBClusterSnapshots.0.Status': 'available' } }],
  ['DescribeDBClusters', ORDERS, cluster('available')],
  ['StopDBCluster', ORDERS, { expect: { 'DBCluster.Status': 'stopping' } }],
  ['DescribeDBClusters', ORDERS, cluster('stopped')],
  ['StartDBCluster', ORDERS, { expect: { 'DBCluster.Status': 'starting' } }],
  ['ModifyDBClusterSnapshotAttribute', { ...CLUSTER_FIRST, ...OTHERS }],
  [
    'DescribeDBClusterSnapshotAttributes',
    CLUSTER_FIRST,
    { until: { DBClusterSnapshotAttributesResult: /222222222222/ } },
  ],
  [
    'CopyDBClusterSnapshot',
    { SourceDBClusterSnapshotIdentifier: 'first', TargetDBClusterSnapshotIdentifier: 'second' },
  ],
  [
    'DescribeDBClusterSnapshots',
    { DBClusterSnapshotIdentifier: 'second' },
    { until: { 'DBClusterSnapshots.0.Status': 'available' } },
  ],
  [
    'RestoreDBClusterFromSnapshot',
    {
      ...{ DBClusterIdentifier: 'restored', SnapshotIdentifier: 'second', Engine: 'aurora-postgresql' },
      DBSubnetGroupName: 'tour',
    },
    { expect: { 'DBCluster.Status': 'creating' } },
  ],
  ['DescribeDBClusters', { DBClusterIdentifier: 'restored' }, cluster('available')],
  ['DeleteDBClusterSnapshot', { DBClusterSnapshotIdentifier: 'second' }],
  ['DeleteDBCluster', { DBClusterIdentifier: 'restored', SkipFinalSnapshot: true }],
  ['DescribeDBClusters', ORDERS, cluster('available')],
  ['DeleteDBCluster', { ...ORDERS, SkipFinalSnapshot: true }, { expect: { 'DBCluster.Status': 'deleting' } }],
  ['DescribeDBClusters', {}, { until: { DBClusters: /^\[\]$/ } }],
  ['DeleteDBClusterParameterGroup', { DBClusterParameterGroupName: 'tour' }],
]);

export const rdsRoutes: readonly Route[] = [
  { name: 'RDS, an instance', steps: [...network, ...groups, ...life, ...snapshots] },
  { name: 'RDS, a cluster', steps: [...network, ...clusterLife] },
];
