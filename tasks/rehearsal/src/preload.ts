import {
  createBlockers,
  createCallCounter,
  createCollisions,
  createRemains,
  createStackCloud,
  createWitness,
  whoAmI,
} from '@roundtrip/aws';
import { ENVIRONMENT } from './desired.ts';
import { createLife } from './life.ts';
import { ACCOUNT, createStage, REGION } from './stage.ts';

/** Services of the local cloud that are loaded by what becomes due, not by a request. */
const BY_THEMSELVES = {
  ...{ ec2: 'DescribeVpcs', logs: 'DescribeLogGroups' },
  ...{ s3: 'ListBuckets', ssm: 'DescribeParameters' },
} as const;

/** A service that is not there, and a stack whose name for a bucket nobody bears. */
const SERVICE = {
  ...{ stackId: 'preload', logicalId: 'Service', resourceType: 'AWS::ECS::Service' },
  physicalId: `arn:aws:ecs:${REGION}:${ACCOUNT}:service/preload/preload`,
};
const STACK = {
  ...{ name: 'preload', layer: 'preload', templateFile: 'preload.json', parameters: {}, capabilities: [], tags: {} },
  templateBody: '{"Resources":{"Files":{"Type":"AWS::S3::Bucket","Properties":{"BucketName":"preload"}}}}',
  ...{ terminationProtection: false, dependsOn: [] },
};

/** No such stack has been made. */
const NOTHING = {
  ...{ name: 'nothing', id: 'nothing', status: 'DELETE_FAILED', parameters: {}, outputs: {}, tags: {} },
  ...{ terminationProtection: false, createdAt: 0 },
};

/**
 * Uses once whatever loads code with its first use: loading takes real time, in which a virtual clock would run ahead.
 * Nothing here waits on that clock.
 */
export async function preload(): Promise<void> {
  const stage = createStage('preload', 'off');
  const settings = stage.settingsOf('preload', createLife());
  const counter = createCallCounter();
  await whoAmI(settings, counter);
  const stacks = createStackCloud(settings, ACCOUNT, counter);
  const remains = createRemains({ settings, account: ACCOUNT, stacks, sleep: settings.sleep, finders: [] });
  await remains.find(ENVIRONMENT);
  await createWitness(settings, counter).testify(SERVICE);
  await createCollisions(settings, counter, ACCOUNT).find(ENVIRONMENT, STACK);
  await remains.look({ arn: 'nothing', type: 'AWS::Logs::LogGroup', id: 'nothing', foundBy: 'ledger' });
  const blockers = createBlockers(settings, counter, { templateOf: () => undefined, mayUnprotect: false });
  await blockers.policies(NOTHING);
  for (const [service, operation] of Object.entries(BY_THEMSELVES)) {
    await stage.cloud.invoke({ service, operation, input: {}, accessKeyId: ACCOUNT, region: REGION });
  }
}
