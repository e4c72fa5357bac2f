import { createHash } from 'node:crypto';
import {
  CreateStackCommand,
  waitUntilStackCreateComplete,
  type CloudFormationClient,
} from '@aws-sdk/client-cloudformation';
import type { S3Client } from '@aws-sdk/client-s3';
import type { CallCounter } from './call-counter.ts';
import { clientConfig, type ClientSettings } from './client-settings.ts';

/** A template as CreateStack and UpdateStack take it. Source: CloudFormation quotas, "Template body size". */
export type TemplateReference = { readonly TemplateBody: string } | { readonly TemplateURL: string };

export interface TemplateStore {
  /** The body itself up to 51,200 bytes; beyond that it is put into the account's bucket first. */
  reference(body: string): Promise<TemplateReference>;
}

const INLINE_BYTES_MAX = 51_200;
const BUCKET_STACK = 'roundtrip-bucket';
const BUCKET_SECONDS_MAX = 600;

/** One bucket per account and region: large templates, and later leases and the runs' journals. */
export function bucketName(account: string, region: string): string {
  return `roundtrip-${account}-${region}`;
}

export function createTemplateStore(
  cloudFormation: () => CloudFormationClient,
  settings: ClientSettings,
  account: string,
  counter: CallCounter,
): TemplateStore {
  const bucket = bucketName(account, settings.region);
  const put = async (key: string, body: string): Promise<void> => {
    const { S3Client, PutObjectCommand } = await import('@aws-sdk/client-s3');
    const s3: S3Client = counter.watch(new S3Client(clientConfig(settings)));
    const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ExpectedBucketOwner: account });
    try {
      await s3.send(command);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'NoSuchBucket') throw error;
      await createBucketStack(cloudFormation(), bucket);
      await s3.send(new PutObjectCommand(command.input));
    }
  };
  const sent = new Map<string, Promise<void>>();
  return {
    async reference(body) {
      if (Buffer.byteLength(body) <= INLINE_BYTES_MAX) return { TemplateBody: body };
      const key = `templates/${createHash('sha256').update(body).digest('hex')}.yaml`;
      if (!sent.has(key)) sent.set(key, put(key, body));
      await sent.get(key);
      return { TemplateURL: templateUrl(settings, bucket, key) };
    },
  };
}

function templateUrl(settings: ClientSettings, bucket: string, key: string): string {
  const base = settings.endpoint ?? process.env['AWS_ENDPOINT_URL'];
  if (base !== undefined) return `${base.replace(/\/$/, '')}/${bucket}/${key}`;
  return `https://${bucket}.s3.${settings.region}.amazonaws.com/${key}`;
}

/** The bucket is a stack of its own, so that it is as visible and as removable as everything else. */
async function createBucketStack(client: CloudFormationClient, bucket: string): Promise<void> {
  try {
    await client.send(
      new CreateStackCommand({
        StackName: BUCKET_STACK,
        TemplateBody: JSON.stringify(bucketTemplate(bucket)),
        Tags: [{ Key: 'roundtrip:part', Value: 'bucket' }],
      }),
    );
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AlreadyExistsException') throw error;
  }
  await waitUntilStackCreateComplete(
    { client, maxWaitTime: BUCKET_SECONDS_MAX, minDelay: 1, maxDelay: 5 },
    { StackName: BUCKET_STACK },
  );
}

function bucketTemplate(bucket: string): object {
  const block = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
  const encryption = [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }];
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'What Roundtrip keeps in this account and region: templates too large to be sent inline',
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
