import {
  DeleteBucketCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { TAG } from '@roundtrip/engine';
import { ifThere } from '../if-there.ts';
import type { StackFacts } from '../blockers/stack-facts.ts';
import type { CallCounter } from '../call-counter.ts';
import type { ClientSettings } from '../client-settings.ts';
import { pacedClient } from '../readiness/paced-client.ts';
import { ownerOf, ownerText, type NameKind } from './name-kind.ts';

/** A bucket that was retained, or could not be emptied. Its objects may be all that is left of something: only an empty one goes. */
export function createBuckets(settings: ClientSettings, counter: CallCounter, facts: StackFacts): NameKind {
  const s3 = pacedClient(S3Client, 's3', settings, counter);
  const tagOf = async (Bucket: string): Promise<string | undefined> => {
    const answer = await ifThere(() => s3.send(new GetBucketTaggingCommand({ Bucket })));
    return answer?.TagSet?.find(({ Key }) => Key === TAG.environment)?.Value;
  };
  const isEmpty = async (Bucket: string): Promise<boolean> => {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 1 }));
    return (page.Versions ?? []).length + (page.DeleteMarkers ?? []).length === 0;
  };
  return {
    property: 'BucketName',
    async bearer({ environment, stack, name }) {
      const access = await accessTo(s3, name);
      if (access === 'none') return undefined;
      if (access === 'denied') {
        const what = `bucket name ${name} is taken, by another account or behind a policy of this one`;
        return { what, remedy: { next: 'give the bucket another name' } };
      }
      const owner = await ownerOf(facts, name, await tagOf(name));
      if (owner !== 'nobody' && 'stack' in owner && owner.stack === stack) return undefined;
      const isOurs = owner !== 'nobody' && 'environment' in owner && owner.environment === environment;
      const empty = await isEmpty(name);
      if (isOurs && empty) return { what: `bucket ${name}, which was left empty`, remedy: { clear: 'DeleteBucket' } };
      const removal = empty ? remove(name, settings.region) : await emptyAndRemove(s3, name, settings.region);
      const next = `if it may go with all that is in it, type: ${removal}`;
      return { what: `bucket ${name} ${ownerText(owner)}${empty ? '' : ', and holds objects'}`, remedy: { next } };
    },
    async clear(Bucket) {
      await ifThere(() => s3.send(new DeleteBucketCommand({ Bucket })));
    },
  };
}

function remove(bucket: string, region: string, more = ''): string {
  return `aws s3 rb s3://${bucket}${more} --region ${region}`;
}

/** `--force` deletes what is current, of which a bucket with versions keeps each; a page of these is what one call deletes. */
async function emptyAndRemove(s3: S3Client, Bucket: string, region: string): Promise<string> {
  if (!(await hasVersions(s3, Bucket))) return remove(Bucket, region, ' --force');
  const of = `--bucket ${Bucket} --region ${region}`;
  const objects = `'{Objects:[Versions,DeleteMarkers][].{Key:Key,VersionId:VersionId}}'`;
  const list = `aws s3api list-object-versions ${of} --no-paginate --output json --query ${objects}`;
  const empty = `${list} | aws s3api delete-objects ${of} --delete file:///dev/stdin`;
  return `${empty} (a thousand versions each time: again until nothing is left to delete), then: ${remove(Bucket, region)}`;
}

/** Where it cannot be asked it may have them: what deletes versions deletes objects without any as well. */
async function hasVersions(s3: S3Client, Bucket: string): Promise<boolean> {
  try {
    return (await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status !== undefined;
  } catch {
    return true;
  }
}

/** HEAD has no body, so that a refusal has no code but its status. */
async function accessTo(s3: S3Client, Bucket: string): Promise<'ours' | 'denied' | 'none'> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket }));
    return 'ours';
  } catch (error) {
    const { $metadata: { httpStatusCode = 0 } = {} } = error as { readonly $metadata?: { httpStatusCode?: number } };
    if (httpStatusCode === 404) return 'none';
    // Another region of the same account answers 301.
    if (httpStatusCode === 403 || httpStatusCode === 301) return 'denied';
    throw error;
  }
}
