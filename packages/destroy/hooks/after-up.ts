import { createCallCounter, createStackCloud } from '@roundtrip/aws';
import { patiently, TAG } from '@roundtrip/engine';
import { desiredStacks, discoverLayers, readEnvironment, type Hook } from '@roundtrip/environment';
import { EXIT, ProblemError } from '@roundtrip/problem';
import { breaches } from '../src/duty.ts';

/** Asserts the opposite duty of a destroy: production is protected, every other environment can be deleted whole. */
const afterUp: Hook = async ({ environment, root, aws, config, sleep, log }) => {
  const layers = await discoverLayers(root);
  const read = readEnvironment({ root, name: environment.name, layers });
  const desired = layers.flatMap((layer) => desiredStacks(read, layer.name));
  const cloud = createStackCloud(aws, environment.account, createCallCounter());
  const stacks = await patiently({ sleep }, () => cloud.sweep());
  // A nested stack has no protection of its own: that of its root counts.
  const observed = stacks.filter(
    ({ tags, parentId }) => tags[TAG.environment] === environment.name && parentId === undefined,
  );
  const { retain } = config as { retain: readonly string[] };
  const wrong = breaches({ facts: environment, desired, observed, retain });
  if (wrong.length > 0) throw new ProblemError(wrong, EXIT.failed);
  log(
    environment.protect
      ? `termination protection is on for all ${observed.length} stacks`
      : `all ${observed.length} stacks can be deleted, and nothing would stay behind`,
  );
};

export default afterUp;
