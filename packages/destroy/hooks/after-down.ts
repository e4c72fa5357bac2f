import { createCallCounter, createLeftoverPort, createStackCloud } from '@roundtrip/aws';
import { TAG } from '@roundtrip/engine';
import { discoverLayers, type Hook } from '@roundtrip/environment';
import { sweep } from '../src/sweep.ts';

/** The last act of a teardown: the sweep, and the proof that nothing is left. */
const afterDown: Hook = async ({ environment, root, aws, config, sleep, log }) => {
  const stacks = createStackCloud(aws, environment.account, createCallCounter());
  const standing = await stacks.sweep();
  await sweep({
    environment: environment.name,
    place: `${environment.account} ${environment.region}`,
    retain: (config as { retain: readonly string[] }).retain,
    layers: (await discoverLayers(root)).map(({ name }) => name),
    strangers: standing.filter(({ tags }) => tags[TAG.environment] !== environment.name).map(({ name }) => name),
    port: createLeftoverPort(aws, stacks),
    sleep,
    log,
  });
};

export default afterDown;
