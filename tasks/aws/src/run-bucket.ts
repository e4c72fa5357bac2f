import { CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { S3Client } from '@aws-sdk/client-s3';
import { patiently } from '@roundtrip/engine';
import { classed, toCloudError } from './cloud-error.ts';
import type { StackClient } from './stack-client.ts';

/** The stack that holds the bucket: the account's, and no environment's. */
export const BUCKET_STACK = 'roundtrip-bucket';
/** The first look at the stack comes soon, for a simulator; on AWS a bucket takes some twenty seconds. */
const POLL_MS_MIN = 250;
const POLL_MS_MAX = 2_000;
const POLLS_MAX = 300;

/** One bucket per account and region: leases, ledgers, the runs' journals, and templates too large to be sent inline. */
export function bucketName(account: string, region: string): string {
  return `roundtrip-${account}-${region}`;
}

/** What of S3's client is used on the bucket. */
export type ObjectClient = Pick<S3Client, 'send'>;

/** Where files are put, and the account that the bucket has to belong to. */
export interface RunBucket {
  readonly name: string;
  readonly account: string;
  readonly s3: ObjectClient;
  /**
   * Does what needs the bucket; makes the bucket first where it is not there yet.
   * @throws CloudError of kind `foreign-bucket` where a bucket of that name is another account's
   */
  use<T>(work: () => Promise<T>): Promise<T>;
}

export interface RunBucketParts {
  readonly account: string;
  readonly region: string;
  readonly s3: ObjectClient;
  readonly cloudFormation: Pick<StackClient, 'send'>;
  readonly sleep: (ms: number) => Promise<void>;
  /** Hears that the bucket's stack is about to be made; what it throws keeps that from being done. */
  readonly beforeMaking?: () => void;
}

export function openRunBucket(parts: RunBucketParts): RunBucket {
  const { account, region, s3 } = parts;
  const name = bucketName(account, region);
  return {
    name,
    account,
    s3,
    async use(work) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'NoSuchBucket') throw toCloudError(error);
      }
      try {
        await createBucketStack(parts, name);
        return await work();
      } catch (error) {
        throw toCloudError(error);
      }
    },
  };
}

/** The bucket is a stack of its own, so that it is as visible and as removable as everything else. */
async function createBucketStack(parts: RunBucketParts, bucket: string): Promise<void> {
  const { cloudFormation: client, sleep, beforeMaking } = parts;
  beforeMaking?.();
  const create = new CreateStackCommand({
    StackName: BUCKET_STACK,
    TemplateBody: JSON.stringify(bucketTemplate(bucket)),
    Tags: [{ Key: 'roundtrip:part', Value: 'bucket' }],
    // A second call is answered like the first: it may be made twice.
    ClientRequestToken: BUCKET_STACK,
  });
  try {
    await patiently({ sleep }, () => classed(() => client.send(create)));
  } catch (error) {
    if (toCloudError(error).kind !== 'already-exists') throw error;
  }
  for (let poll = 0; poll < POLLS_MAX; poll += 1) {
    const look = new DescribeStacksCommand({ StackName: BUCKET_STACK });
    const { Stacks } = await patiently({ sleep }, () => classed(() => client.send(look)));
    if (!Stacks?.[0]?.StackStatus?.endsWith('_IN_PROGRESS')) return;
    await sleep(Math.min(POLL_MS_MAX, POLL_MS_MIN * 2 ** poll));
  }
}

function bucketTemplate(bucket: string): object {
  const block = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
  const encryption = [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }];
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'What Roundtrip keeps in this account and region: leases, ledgers, journals, large templates',
    Resources: {
      Bucket: {
        Type: 'AWS::S3::Bucket',
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          BucketName: bucket,
          PublicAccessBlockConfiguration: block,
          OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
          BucketEncryption: { ServerSideEncryptionConfiguration: encryption },
          LifecycleConfiguration: {
            Rules: [{ Id: 'templates', Prefix: 'templates/', Status: 'Enabled', ExpirationInDays: 30 }],
          },
        },
      },
    },
  };
}
