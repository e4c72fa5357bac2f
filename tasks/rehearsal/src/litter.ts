import { invoker } from '@roundtrip/local-cloud';
import { stackName } from './desired.ts';
import type { Scenario } from './scenario.ts';
import { ACCOUNT, REGION, type Stage } from './stage.ts';

/** Somebody uses the environment: each of its buckets gets an object, so that it cannot be deleted as it is. */
export async function litter({ cloud }: Stage, { stacks }: Scenario): Promise<void> {
  const withBucket = stacks.filter(({ content }) => content === 'bucket').map(stackName);
  if (withBucket.length === 0) return;
  const ask = invoker(cloud, { accessKeyId: ACCOUNT, region: REGION });
  const { Buckets = [] } = (await ask('s3', 'ListBuckets', {})) as {
    readonly Buckets?: readonly { readonly Name: string }[];
  };
  for (const { Name } of Buckets) {
    if (!withBucket.some((stack) => Name.startsWith(`${stack}-`))) continue;
    await ask('s3', 'PutObject', { Bucket: Name, Key: 'used', Body: Buffer.from('by somebody') });
  }
}
