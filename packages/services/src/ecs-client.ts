import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  paginateListTasks,
  StopTaskCommand,
  UpdateServiceCommand,
  type Service,
  type Task,
} from '@aws-sdk/client-ecs';
import type { HookAwsConfig } from '@roundtrip/environment';
import type { Ecs, LooseTask, ServiceState } from './ecs.ts';

/** DescribeServices takes ten names at most. */
const NAMES_MAX = 10;

/** DescribeTasks takes a hundred ARNs at most. */
const TASKS_MAX = 100;

/** ECS through the AWS SDK. */
export function ecsClient(aws: HookAwsConfig): Ecs {
  const client = new ECSClient(aws);
  return {
    async describe(cluster, names) {
      const states: ServiceState[] = [];
      for (let from = 0; from < names.length; from += NAMES_MAX) {
        const services = names.slice(from, from + NAMES_MAX);
        const answer = await client.send(new DescribeServicesCommand({ cluster, services }));
        states.push(...(answer.services ?? []).filter(({ status }) => status !== 'INACTIVE').map(stateOf));
      }
      return states;
    },
    async setDesiredCount(cluster, service, desiredCount) {
      await client.send(new UpdateServiceCommand({ cluster, service, desiredCount }));
    },
    async looseTasks(cluster) {
      const arns = await taskArns(client, cluster);
      const tasks: Task[] = [];
      for (let from = 0; from < arns.length; from += TASKS_MAX) {
        const answer = await client.send(
          new DescribeTasksCommand({ cluster, tasks: arns.slice(from, from + TASKS_MAX) }),
        );
        tasks.push(...(answer.tasks ?? []));
      }
      return tasks.filter(isLoose).map(looseTaskOf);
    },
    async stopTask(cluster, task, reason) {
      await client.send(new StopTaskCommand({ cluster, task, reason }));
    },
  };
}

/** A task that is told to stop counts as one of the stopped at once, though it holds its address until it has. */
async function taskArns(client: ECSClient, cluster: string): Promise<string[]> {
  const arns: string[] = [];
  for (const desiredStatus of ['RUNNING', 'STOPPED'] as const) {
    for await (const page of paginateListTasks({ client }, { cluster, desiredStatus })) {
      arns.push(...(page.taskArns ?? []));
    }
  }
  return arns;
}

const isLoose = ({ group, lastStatus }: Task): boolean =>
  group?.startsWith('service:') !== true && lastStatus !== 'STOPPED';

function looseTaskOf({ taskArn, taskDefinitionArn, desiredStatus }: Task): LooseTask {
  const family = /task-definition\/([^:]+):/.exec(taskDefinitionArn ?? '')?.[1] ?? '';
  return { arn: taskArn ?? '', family, stopping: desiredStatus === 'STOPPED' };
}

function stateOf(service: Service): ServiceState {
  const lastEvent = service.events?.[0]?.message;
  return {
    name: service.serviceName ?? '',
    desired: service.desiredCount ?? 0,
    running: service.runningCount ?? 0,
    pending: service.pendingCount ?? 0,
    deployments: (service.deployments ?? []).map(({ status, rolloutState, rolloutStateReason }) => ({
      status: status ?? '',
      ...(rolloutState !== undefined && { rollout: rolloutState }),
      ...(rolloutStateReason !== undefined && { reason: rolloutStateReason }),
    })),
    ...(lastEvent !== undefined && { lastEvent }),
  };
}
