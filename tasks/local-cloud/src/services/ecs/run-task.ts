import type * as ECS from '@aws-sdk/client-ecs';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { propertiesOf } from '../pascal-case.ts';
import { clusterOf } from './clusters.ts';
import { networkOf, placementOf } from './placement.ts';
import { tagMap } from './shapes.ts';
import { taskDefinitionArn } from './task-definitions.ts';
import { describeTask } from './task-operations.ts';
import { startTask, statusAt, stopTask, taskAt } from './tasks.ts';

const COUNT_MAX = 10;

/** Tasks by themselves: nobody starts another one when they end. */
export function runTask(world: World, input: ECS.RunTaskRequest, call: Call): ECS.RunTaskResponse {
  const { realm } = call;
  const cluster = clusterOf(world, realm, input.cluster);
  const taskDefinition = taskDefinitionArn(world, realm, input.taskDefinition ?? '');
  const count = input.count ?? 1;
  if (count < 1 || count > COUNT_MAX) {
    throw new ServiceError('InvalidParameterException', 'Task count should be between 1 and 10.');
  }
  const family = taskDefinition.split('/').at(-1)?.split(':')[0] ?? '';
  const network = networkOf({ properties: propertiesOf(input) });
  const tasks: ECS.Task[] = [];
  for (let index = 0; index < count; index += 1) {
    const placement = placementOf(world, realm, taskDefinition);
    if (typeof placement === 'object' && 'unplaced' in placement) {
      return { tasks, failures: [{ reason: placement.unplaced }] };
    }
    const task = startTask(world, realm, {
      ...{ cluster: cluster.id, group: input.group ?? `family:${family}`, startedBy: input.startedBy, taskDefinition },
      ...{ createdAt: world.now, network, tags: tagMap(input.tags) },
      fails: typeof placement === 'object' ? placement.fails : undefined,
    });
    tasks.push(describeTask(world, realm, cluster, task));
  }
  return { tasks, failures: [] };
}

export function stopOneTask(world: World, input: ECS.StopTaskRequest, call: Call): ECS.StopTaskResponse {
  const { realm } = call;
  const cluster = clusterOf(world, realm, input.cluster);
  const prefix = `arn:aws:ecs:${realm.region}:${realm.account}:task/${cluster.id}/`;
  const { task: id = '' } = input;
  const task = taskAt(world, realm, id.startsWith('arn:') ? id : prefix + id);
  if (task === undefined) throw new ServiceError('InvalidParameterException', 'The referenced task was not found.');
  const isOver = task.stoppingAt !== undefined || statusAt(task, world.now) === 'STOPPED';
  const reason = input.reason ?? 'Task stopped by user';
  const stopped = isOver ? task : stopTask(world, realm, { ...task, stopCode: 'UserInitiated' }, world.now, 0, reason);
  return { task: describeTask(world, realm, cluster, stopped) };
}
