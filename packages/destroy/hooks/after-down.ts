import { createCallCounter, createLeftoverPort, createStackCloud } from '@roundtrip/aws';
import type { Hook } from '@roundtrip/environment';
import { sweep } from '../src/sweep.ts';

/** The last act of a teardown: the sweep, and the proof that nothing is left. */
const afterDown: Hook = async ({ environment, aws, config, sleep, log }) => {
  const stacks = createStackCloud(aws, environment.account, createCallCounter());
  await sweep({
    environment: environment.name,
    place: `${environment.account} ${environment.region}`,
    retain: (config as { retain: readonly string[] }).retain,
    port: createLeftoverPort(aws, stacks),
    sleep,
    log,
  });
};

export default afterDown;
