import { createAccountBucket, createCallCounter, createRemains, createStackCloud } from '@roundtrip/aws';
import { patiently, TAG } from '@roundtrip/engine';
import { discoverLayers, type Hook } from '@roundtrip/environment';
import { sweep } from '../src/sweep.ts';

/** The last act of a teardown: the sweep, and the proof that nothing is left. */
const afterDown: Hook = async ({ environment, root, aws, config, sleep, log }) => {
  const counter = createCallCounter();
  const { ledger } = createAccountBucket(aws, environment.account, counter);
  const stacks = createStackCloud(aws, environment.account, counter);
  const standing = await patiently({ sleep }, () => stacks.sweep());
  await sweep({
    environment: environment.name,
    place: `${environment.account} ${environment.region}`,
    retain: (config as { retain: readonly string[] }).retain,
    layers: (await discoverLayers(root)).map(({ name }) => name),
    strangers: standing.filter(({ tags }) => tags[TAG.environment] !== environment.name).map(({ name }) => name),
    remains: createRemains(aws, stacks, sleep),
    ledger,
    clock: { sleep },
    log,
  });
};

export default afterDown;
