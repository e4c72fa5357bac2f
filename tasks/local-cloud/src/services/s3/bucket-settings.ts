import type * as S3 from '@aws-sdk/client-s3';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { bucketOf, setBucketProperties } from './bucket.ts';
import { lifecycleFromTemplate, lifecycleToTemplate } from './lifecycle.ts';

type Values = Readonly<Record<string, unknown>>;

/** A setting of a bucket: the property of the template that holds it, and how the API says it. */
interface Setting {
  readonly property: string;
  /** The member of the API's input and output. */
  readonly member: string;
  readonly missing?: readonly [code: string, text: string];
  /** From the API's words to the template's, and back. */
  toTemplate?(value: Values): unknown;
  fromTemplate?(value: Values): unknown;
  /** What a bucket has of whom nobody said anything: AWS gives it to all since April 2023. */
  readonly fallback?: unknown;
}

const ENCRYPTION: Setting = {
  property: 'BucketEncryption',
  member: 'ServerSideEncryptionConfiguration',
  toTemplate: ({ Rules }) => ({
    ServerSideEncryptionConfiguration: (Rules as Values[]).map(
      ({ ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault, BucketKeyEnabled }) => ({
        ...(ServerSideEncryptionByDefault === undefined ? {} : { ServerSideEncryptionByDefault }),
        ...(BucketKeyEnabled === undefined ? {} : { BucketKeyEnabled }),
      }),
    ),
  }),
  fromTemplate: ({ ServerSideEncryptionConfiguration: rules }) => ({
    Rules: (rules as Values[]).map(({ ServerSideEncryptionByDefault, BucketKeyEnabled }) => ({
      ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault,
      BucketKeyEnabled: isTrue(BucketKeyEnabled),
    })),
  }),
  fallback: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }] },
};

const PUBLIC_ACCESS: Setting = {
  property: 'PublicAccessBlockConfiguration',
  member: 'PublicAccessBlockConfiguration',
  missing: ['NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found'],
  fallback: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
  fromTemplate: (value) =>
    Object.fromEntries(
      ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'].map((name) => [
        name,
        isTrue(value[name]),
      ]),
    ),
};

const OWNERSHIP: Setting = {
  property: 'OwnershipControls',
  member: 'OwnershipControls',
  missing: ['OwnershipControlsNotFoundError', 'The bucket ownership controls were not found'],
  fallback: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
};

const LIFECYCLE: Setting = {
  property: 'LifecycleConfiguration',
  member: 'LifecycleConfiguration',
  missing: ['NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'],
  toTemplate: lifecycleToTemplate,
  fromTemplate: lifecycleFromTemplate,
};

type Input = { readonly Bucket?: string } & Values;

function put(setting: Setting) {
  return (world: World, input: Input, call: Call): object => {
    const bucket = bucketOf(world, input.Bucket, call.realm);
    const value = (input[setting.member] ?? {}) as Values;
    setBucketProperties(world, bucket, { [setting.property]: setting.toTemplate?.(value) ?? value });
    return {};
  };
}

function read(setting: Setting): (world: World, input: Input, call: Call) => Record<string, unknown> {
  return (world, input, call) => {
    const value = bucketOf(world, input.Bucket, call.realm).record.properties[setting.property];
    const isSaid = value !== undefined && value !== null;
    if (isSaid) return { [setting.member]: setting.fromTemplate?.(value as Values) ?? value };
    const { missing, fallback } = setting;
    if (missing === undefined || (fallback !== undefined && value === undefined)) return { [setting.member]: fallback };
    throw new ServiceError(missing[0], missing[1], 404);
  };
}

function remove(setting: Setting) {
  return (world: World, input: Input, call: Call): object => {
    // Taken away is another thing than never said, where a bucket has something by itself.
    const none = setting.fallback === undefined ? undefined : null;
    setBucketProperties(world, bucketOf(world, input.Bucket, call.realm), { [setting.property]: none });
    return {};
  };
}

/** Settings that are kept and given back, whether a template or the API gave them; none of them is enforced. */
export const bucketSettings = {
  PutBucketEncryption: put(ENCRYPTION),
  GetBucketEncryption: read(ENCRYPTION),
  DeleteBucketEncryption: remove(ENCRYPTION),
  PutPublicAccessBlock: put(PUBLIC_ACCESS),
  GetPublicAccessBlock: read(PUBLIC_ACCESS),
  DeletePublicAccessBlock: remove(PUBLIC_ACCESS),
  PutBucketOwnershipControls: put(OWNERSHIP),
  GetBucketOwnershipControls: read(OWNERSHIP),
  DeleteBucketOwnershipControls: remove(OWNERSHIP),
  PutBucketLifecycleConfiguration: put(LIFECYCLE),
  GetBucketLifecycleConfiguration(world: World, input: Input, call: Call): S3.GetBucketLifecycleConfigurationOutput {
    return read(LIFECYCLE)(world, input, call)['LifecycleConfiguration'] as S3.GetBucketLifecycleConfigurationOutput;
  },
  DeleteBucketLifecycle: remove(LIFECYCLE),
};

function isTrue(value: unknown): boolean {
  return String(value) === 'true';
}
