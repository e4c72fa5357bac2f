import { createAccountBucket, createCallCounter, createRemains, createStackCloud } from '@roundtrip/aws';
import { patiently, TAG } from '@roundtrip/engine';
import { discoverLayers, type Hook } from '@roundtrip/environment';
import { sweep } from '../src/sweep.ts';

/** The last act of a teardown: the sweep, and the proof that nothing is left. */
const afterDown: Hook = async ({ environment, root, aws, config, sleep, log, beforeWrite }) => {
  const counter = createCallCounter();
  const { name, account, region } = environment;
  const { ledger } = createAccountBucket(aws, account, counter);
  const stacks = createStackCloud(aws, account, counter);
  const all = await patiently({ sleep }, () => stacks.sweep());
  const isOwn = (tags: Readonly<Record<string, string>>): boolean => tags[TAG.environment] === name;
  await sweep({
    environment: name,
    place: `${account} ${region}`,
    retain: (config as { retain: readonly string[] }).retain,
    layers: (await discoverLayers(root)).map((layer) => layer.name),
    standing: all.filter(({ tags }) => isOwn(tags)).map((stack) => stack.name),
    strangers: all.filter(({ tags }) => !isOwn(tags)).map((stack) => stack.name),
    remains: createRemains({ settings: aws, account, stacks, sleep, counter }),
    ledger,
    clock: { sleep },
    removing: ({ leftover }) => beforeWrite(leftover.arn, 'DeleteResource'),
    log,
  });
};

export default afterDown;
