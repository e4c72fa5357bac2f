import { writeLate } from '../../catalog/logs.ts';
import { addEvents } from '../../catalog/log-streams.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Realm, World } from '../../world.ts';
import type { Task } from './tasks.ts';

interface LogDriver {
  readonly container: string;
  readonly group: string;
  readonly prefix: string;
  /** Whether it makes its log group where that is missing. */
  readonly makesGroup: boolean;
}

/** Where the containers of a task write their lines. */
export function logDriversOf(world: World, realm: Realm, { taskDefinition }: Task): LogDriver[] {
  const record = findRecord(world, realm, 'AWS::ECS::TaskDefinition', taskDefinition);
  const containers = (record?.properties['ContainerDefinitions'] ?? []) as readonly {
    readonly Name?: string;
    readonly LogConfiguration?: { readonly Options?: Readonly<Record<string, unknown>> };
  }[];
  return containers.flatMap(({ Name, LogConfiguration: { Options: options } = {} }) => {
    const group = options?.['awslogs-group'];
    if (group === undefined) return [];
    const makesGroup = String(options?.['awslogs-create-group']) === 'true';
    const prefix = String(options?.['awslogs-stream-prefix'] ?? 'ecs');
    return { container: String(Name), group: String(group), prefix, makesGroup };
  });
}

/** What a container that was ended by a fault leaves in its log, under the stream's name that ECS gives it. */
export function writeLastLine(world: World, realm: Realm, task: Task): void {
  const id = task.arn.split('/').at(-1) ?? '';
  for (const { container, group, prefix, makesGroup } of logDriversOf(world, realm, task)) {
    const isThere = findRecord(world, realm, 'AWS::Logs::LogGroup', group) !== undefined;
    if (!isThere && !makesGroup) continue;
    const stream = `${prefix}/${container}/${id}`;
    writeLate(world, realm, group, stream);
    const message = `${container} ends with exit code ${task.exitCode ?? 0}: ${task.stoppedReason ?? ''}`;
    addEvents(world, realm, group, stream, [{ timestamp: task.stoppingAt ?? world.now, message }]);
  }
}
