import type { Service } from '../../world.ts';
import {
  createCapacityProvider,
  deleteCapacityProvider,
  describeCapacityProviders,
  updateCapacityProvider,
} from './capacity-providers.ts';
import { createCluster, deleteCluster, putClusterCapacityProviders, updateCluster } from './cluster-changes.ts';
import { describeClusters, listClusters } from './clusters.ts';
import { limitOf } from './limits.ts';
import { runTask, stopOneTask } from './run-task.ts';
import { FINISH_DELETE, createService, deleteService, finishDelete } from './service-changes.ts';
import { describeServices, listServices, updateService } from './services.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';
import {
  deregisterTaskDefinition,
  listTaskDefinitionFamilies,
  listTaskDefinitions,
  registerTaskDefinition,
} from './task-definition-changes.ts';
import { describeTaskDefinition } from './task-definitions.ts';
import { describeTasks, listTasks } from './task-operations.ts';
import { taskRuns, taskStopped } from './task-turns.ts';
import { TASK_RUNS, TASK_STOPPED } from './tasks.ts';

/** ECS over the same records as CloudFormation's; see SPEC.md beside this file. */
export const ecs: Service = {
  client: 'client-ecs',
  limitOf,
  operations: {
    CreateCapacityProvider: createCapacityProvider,
    CreateCluster: createCluster,
    CreateService: createService,
    DeleteCapacityProvider: deleteCapacityProvider,
    DeleteCluster: deleteCluster,
    DeleteService: deleteService,
    DeregisterTaskDefinition: deregisterTaskDefinition,
    DescribeCapacityProviders: describeCapacityProviders,
    DescribeClusters: describeClusters,
    DescribeServices: describeServices,
    DescribeTaskDefinition: describeTaskDefinition,
    DescribeTasks: describeTasks,
    ListClusters: listClusters,
    ListServices: listServices,
    ListTagsForResource: listTagsForResource,
    ListTaskDefinitionFamilies: listTaskDefinitionFamilies,
    ListTaskDefinitions: listTaskDefinitions,
    ListTasks: listTasks,
    PutClusterCapacityProviders: putClusterCapacityProviders,
    RegisterTaskDefinition: registerTaskDefinition,
    RunTask: runTask,
    StopTask: stopOneTask,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateCapacityProvider: updateCapacityProvider,
    UpdateCluster: updateCluster,
    UpdateService: updateService,
  },
  handlers: { [FINISH_DELETE]: finishDelete, [TASK_RUNS]: taskRuns, [TASK_STOPPED]: taskStopped },
};
