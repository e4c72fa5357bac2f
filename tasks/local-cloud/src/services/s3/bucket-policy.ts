import type * as S3 from '@aws-sdk/client-s3';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { findRecord, setProperties } from '../../catalog/stored-record.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { bucketOf } from './bucket.ts';

const POLICY = 'AWS::S3::BucketPolicy';

export function getBucketPolicy(world: World, input: S3.GetBucketPolicyRequest, call: Call): S3.GetBucketPolicyOutput {
  const { realm, record } = bucketOf(world, input.Bucket, call.realm);
  const document = findRecord(world, realm, POLICY, record.id)?.properties['PolicyDocument'];
  if (document === undefined) throw new ServiceError('NoSuchBucketPolicy', 'The bucket policy does not exist', 404);
  return { Policy: typeof document === 'string' ? document : JSON.stringify(document) };
}

export function putBucketPolicy(world: World, input: S3.PutBucketPolicyRequest, call: Call): object {
  const { realm, record } = bucketOf(world, input.Bucket, call.realm);
  const PolicyDocument = parsed(input.Policy ?? '');
  const known = findRecord(world, realm, POLICY, record.id);
  if (known !== undefined) setProperties(world, realm, known, { PolicyDocument });
  else createRecord(world, realm, { type: POLICY, properties: { Bucket: record.id, PolicyDocument } });
  return {};
}

export function deleteBucketPolicy(world: World, input: S3.DeleteBucketPolicyRequest, call: Call): object {
  const { realm, record } = bucketOf(world, input.Bucket, call.realm);
  deleteRecord({ world, realm, type: POLICY, id: record.id });
  return {};
}

function parsed(text: string): object {
  if (text.startsWith('{')) {
    try {
      return JSON.parse(text) as object;
    } catch {
      // Said below.
    }
  }
  throw new ServiceError('MalformedPolicy', "Policies must be valid JSON and the first byte must be '{'");
}
