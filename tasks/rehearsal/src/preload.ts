import { createCallCounter, createRemains, createStackCloud, whoAmI } from '@roundtrip/aws';
import { ENVIRONMENT } from './desired.ts';
import { createLife } from './life.ts';
import { ACCOUNT, createStage, REGION } from './stage.ts';

/** Services of the local cloud that are loaded by what becomes due, not by a request. */
const BY_THEMSELVES = {
  ...{ ec2: 'DescribeVpcs', logs: 'DescribeLogGroups' },
  ...{ s3: 'ListBuckets', ssm: 'DescribeParameters' },
} as const;

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
  for (const [service, operation] of Object.entries(BY_THEMSELVES)) {
    await stage.cloud.invoke({ service, operation, input: {}, accessKeyId: ACCOUNT, region: REGION });
  }
}
