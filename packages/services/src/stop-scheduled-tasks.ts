import type { HookContext } from '@roundtrip/environment';
import { EXIT, ProblemError } from '@roundtrip/problem';
import type { Ecs } from './ecs.ts';
import { layerServices } from './service-names.ts';

const POLL_MS = 5000;

/**
 * Stops the tasks that this layer's schedules have started and waits until they are gone. CloudFormation knows nothing of
 * them, and one that still runs holds its security group and its cluster: "The Cluster cannot be deleted while Tasks are
 * active." Tasks of other layers are left alone. The hook can be repeated.
 *
 * @param timeoutMs the longest wait, counted as the sum of the sleeps because a hook has no clock
 * @throws ProblemError naming the families whose tasks still run
 */
export async function stopScheduledTasks(context: HookContext, ecs: Ecs, timeoutMs: number): Promise<void> {
  const cluster = layerServices(context)?.cluster;
  if (cluster === undefined) return;
  const { environment, layer } = context;
  const prefix = `${environment.name}-${layer}-`;
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const tasks = (await ecs.looseTasks(cluster)).filter(({ family }) => family.startsWith(prefix));
    for (const { arn, family, stopping } of tasks) {
      if (stopping) continue;
      context.log(`stopping a task of ${family}`);
      await context.beforeWrite(arn, 'StopTask');
      await ecs.stopTask(cluster, arn, `${environment.name} is taken away`);
    }
    if (tasks.length === 0) return;
    if (waitedMs >= timeoutMs) {
      const families = [...new Set(tasks.map(({ family }) => family))].join(', ');
      const problem = {
        code: 'task-not-stopped',
        what: `tasks of ${families} still run after ${timeoutMs / 1000} s`,
        next: `run the same command again, or raise stableTimeoutSeconds under ${layer} in envs/${environment.name}.yaml`,
      };
      throw new ProblemError(problem, EXIT.failed);
    }
    await context.sleep(POLL_MS);
  }
}
