import type { Hook } from '@roundtrip/environment';
import type { ServicesConfig } from '../src/config.ts';
import { drainServices } from '../src/drain-services.ts';
import { ecsClient } from '../src/ecs-client.ts';

/** Draining is what makes an ECS service slow to delete, so it happens before the stacks go. */
const beforeDown: Hook = (context) =>
  drainServices(context, ecsClient(context.aws), (context.config as ServicesConfig).stableTimeoutSeconds * 1000);

export default beforeDown;
