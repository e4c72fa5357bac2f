import type { Hook } from '@roundtrip/environment';
import type { ServicesConfig } from '../src/config.ts';
import { drainServices } from '../src/drain-services.ts';
import { ecsClient } from '../src/ecs-client.ts';
import { stopScheduledTasks } from '../src/stop-scheduled-tasks.ts';

/** Draining is what makes an ECS service slow to delete, so it happens before the stacks go; a stray task keeps them. */
const beforeDown: Hook = async (context) => {
  const timeoutMs = (context.config as ServicesConfig).stableTimeoutSeconds * 1000;
  const ecs = ecsClient(context.aws);
  await drainServices(context, ecs, timeoutMs);
  await stopScheduledTasks(context, ecs, timeoutMs);
};

export default beforeDown;
