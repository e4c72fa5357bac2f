import { DescribeTasksCommand, ECSClient, paginateListTasks, StopTaskCommand } from '@aws-sdk/client-ecs';
import { formatCount } from '@roundtrip/view';
import type { CallCounter } from '../call-counter.ts';
import { clientOf } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import { clusterServices, deleteServices } from './cluster-services.ts';
import { ifThere } from '../if-there.ts';
import type { BlockerKind } from './kind.ts';
import { listOf } from './list-of.ts';
import type { StackFacts } from './stack-facts.ts';

/**
 * ECS deletes no cluster with services or tasks in it. A service's tasks go with the service; those of RunTask only by
 * themselves.
 */
export function createClusters(settings: ClientSettings, counter: CallCounter, facts: StackFacts): BlockerKind {
  const ecs = clientOf(ECSClient, 'ecs', settings, counter);
  return {
    async look({ physicalId: cluster }, { isStuck }) {
      const tasks = (await looseTasks(ecs, cluster)).length;
      const what = `cluster ${cluster} runs ${formatCount(tasks, 'task')} that no service owns`;
      // Before the delete has failed on the cluster they may be on their way out with their own stacks.
      const services = isStuck ? await looseServices(ecs, facts, cluster) : [];
      const next = deleteServices(cluster, services, settings.region);
      return [
        ...(tasks === 0 ? [] : [{ what }]),
        ...(services.length === 0
          ? []
          : [{ what: `cluster ${cluster} has services that no stack owns: ${listOf(services)}`, next }]),
      ];
    },
    async clear({ physicalId: cluster }, mayWrite) {
      for (const task of await looseTasks(ecs, cluster)) {
        await mayWrite();
        await ifThere(() => ecs.send(new StopTaskCommand({ cluster, task, reason: 'its environment is taken down' })));
      }
    },
  };
}

async function looseTasks(client: ECSClient, cluster: string): Promise<readonly string[]> {
  const found: string[] = [];
  await ifThere(async () => {
    // A page is no longer than what DescribeTasks takes: a hundred.
    for await (const { taskArns = [] } of paginateListTasks({ client }, { cluster, desiredStatus: 'RUNNING' })) {
      if (taskArns.length === 0) continue;
      const { tasks = [] } = await client.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
      for (const { taskArn = '', group = '' } of tasks) if (!group.startsWith('service:')) found.push(taskArn);
    }
  });
  return found;
}

async function looseServices(client: ECSClient, facts: StackFacts, cluster: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { status, serviceArn = '', serviceName = '' } of await clusterServices(client, cluster)) {
    if (status === 'ACTIVE' && (await facts.holder(serviceArn)) === undefined) found.push(serviceName);
  }
  return found;
}
