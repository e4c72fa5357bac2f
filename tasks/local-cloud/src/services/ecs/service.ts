import type { Service } from '../../world.ts';
import { limitOf } from './limits.ts';
import { describeClusters, listClusters } from './clusters.ts';
import { describeServices, listServices, updateService } from './services.ts';
import { describeTaskDefinition } from './task-definitions.ts';
import { describeTasks, listTasks } from './task-operations.ts';

/** ECS over the clusters, services and task definitions that CloudFormation made; see SPEC.md beside this file. */
export const ecs: Service = {
  client: 'client-ecs',
  limitOf,
  operations: {
    ListClusters: listClusters,
    DescribeClusters: describeClusters,
    ListServices: listServices,
    DescribeServices: describeServices,
    UpdateService: updateService,
    ListTasks: listTasks,
    DescribeTasks: describeTasks,
    DescribeTaskDefinition: describeTaskDefinition,
  },
};
