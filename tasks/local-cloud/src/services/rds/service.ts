import { ServiceError } from '../../world.ts';
import type { Service } from '../../world.ts';
import * as clusters from './clusters.ts';
import * as copies from './copy-snapshot.ts';
import { FINISH_DELETE, finishDelete } from './deletes.ts';
import { describeEngineVersions } from './engine-versions.ts';
import * as instances from './instances.ts';
import * as modifications from './modify-instance.ts';
import * as parameterGroups from './parameter-groups.ts';
import * as power from './power.ts';
import * as restores from './restore.ts';
import * as shares from './share-snapshot.ts';
import * as snapshots from './snapshots.ts';
import * as subnetGroups from './subnet-groups.ts';
import * as tags from './tags.ts';

/** Databases, their groups and their snapshots; see SPEC.md beside this file. */
export const rds: Service = {
  client: 'client-rds',
  operations: {
    CreateDBInstance: instances.createInstance,
    DescribeDBInstances: instances.describeInstances,
    ModifyDBInstance: modifications.modifyInstance,
    DeleteDBInstance: instances.deleteInstance,
    RebootDBInstance: power.rebootInstance,
    StopDBInstance: power.stopInstance,
    StartDBInstance: power.startInstance,
    CreateDBCluster: clusters.createCluster,
    DescribeDBClusters: clusters.describeClusters,
    ModifyDBCluster: clusters.modifyCluster,
    DeleteDBCluster: clusters.deleteCluster,
    StopDBCluster: power.stopCluster,
    StartDBCluster: power.startCluster,
    CreateDBSnapshot: snapshots.createInstanceSnapshot,
    DescribeDBSnapshots: snapshots.describeInstanceSnapshots,
    DeleteDBSnapshot: snapshots.deleteInstanceSnapshot,
    CopyDBSnapshot: copies.copyInstanceSnapshot,
    ModifyDBSnapshotAttribute: shares.modifyInstanceAttribute,
    DescribeDBSnapshotAttributes: shares.describeInstanceAttributes,
    RestoreDBInstanceFromDBSnapshot: restores.restoreInstance,
    CreateDBClusterSnapshot: snapshots.createClusterSnapshot,
    DescribeDBClusterSnapshots: snapshots.describeClusterSnapshots,
    DeleteDBClusterSnapshot: snapshots.deleteClusterSnapshot,
    CopyDBClusterSnapshot: copies.copyClusterSnapshot,
    ModifyDBClusterSnapshotAttribute: shares.modifyClusterAttribute,
    DescribeDBClusterSnapshotAttributes: shares.describeClusterAttributes,
    RestoreDBClusterFromSnapshot: restores.restoreCluster,
    CreateDBSubnetGroup: subnetGroups.createSubnetGroup,
    DescribeDBSubnetGroups: subnetGroups.describeSubnetGroups,
    ModifyDBSubnetGroup: subnetGroups.modifySubnetGroup,
    DeleteDBSubnetGroup: subnetGroups.deleteSubnetGroup,
    CreateDBParameterGroup: parameterGroups.createParameterGroup,
    DescribeDBParameterGroups: parameterGroups.describeParameterGroups,
    ModifyDBParameterGroup: parameterGroups.modifyParameterGroup,
    DescribeDBParameters: parameterGroups.describeParameters,
    DeleteDBParameterGroup: parameterGroups.deleteParameterGroup,
    CreateDBClusterParameterGroup: parameterGroups.createClusterParameterGroup,
    DescribeDBClusterParameterGroups: parameterGroups.describeClusterParameterGroups,
    DeleteDBClusterParameterGroup: parameterGroups.deleteClusterParameterGroup,
    DescribeDBEngineVersions: describeEngineVersions,
    ListTagsForResource: tags.listTagsForResource,
    AddTagsToResource: tags.addTags,
    RemoveTagsFromResource: tags.removeTags,
  },
  handlers: {
    [FINISH_DELETE]: finishDelete,
    [modifications.APPLY_CHANGES]: modifications.applyChanges,
    [modifications.BEGIN_WINDOW]: modifications.beginWindow,
  },
  throttled: new ServiceError('Throttling', 'Rate exceeded'),
};
