import type { Hook } from '@roundtrip/environment';
import { awaitServices } from '../src/await-services.ts';
import type { ServicesConfig } from '../src/config.ts';
import { ecsClient } from '../src/ecs-client.ts';

/** A stack that is complete says that ECS took the service; this says that it runs. */
const afterUp: Hook = (context) =>
  awaitServices(context, ecsClient(context.aws), (context.config as ServicesConfig).stableTimeoutSeconds * 1000);

export default afterUp;
