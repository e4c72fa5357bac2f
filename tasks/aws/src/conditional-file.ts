import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { toCloudError } from './cloud-error.ts';
import type { RunBucket } from './run-bucket.ts';

export interface StoredFile {
  readonly text: string;
  /** The ETag. */
  readonly version: string;
  /** By S3's own clock, to the second. */
  readonly writtenAt: number;
}

/** The answers that say that somebody else was quicker. */
export const TAKEN = ['PreconditionFailed', 'ConditionalRequestConflict'];
const ABSENT = ['NoSuchKey', 'NoSuchBucket', 'NotFound'];

/**
 * A file that is written only where it is as it was last seen.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export class ConditionalFile {
  readonly #bucket: RunBucket;
  readonly #key: string;

  constructor(bucket: RunBucket, key: string) {
    this.#bucket = bucket;
    this.#key = key;
  }

  /** Undefined where there is no such file, or no bucket yet. @throws CloudError */
  async read(): Promise<StoredFile | undefined> {
    try {
      const where = { Bucket: this.#bucket.name, Key: this.#key, ExpectedBucketOwner: this.#bucket.account };
      const answer = await this.#bucket.s3.send(new GetObjectCommand(where));
      return {
        text: (await answer.Body?.transformToString()) ?? '',
        version: answer.ETag ?? '',
        writtenAt: answer.LastModified?.getTime() ?? 0,
      };
    } catch (error) {
      if (error instanceof Error && ABSENT.includes(error.name)) return undefined;
      throw toCloudError(error);
    }
  }

  /** @returns the new version; undefined where the file is no longer of that version, or is there already. */
  async write(text: string, version: string | undefined): Promise<string | undefined> {
    const condition = version === undefined ? { IfNoneMatch: '*' } : { IfMatch: version };
    const input = {
      ...{ Bucket: this.#bucket.name, Key: this.#key, ExpectedBucketOwner: this.#bucket.account },
      ...{ Body: text, ContentType: 'application/json', ...condition },
    };
    try {
      return await this.#bucket.use(async () => (await this.#bucket.s3.send(new PutObjectCommand(input))).ETag ?? '');
    } catch (error) {
      const { code } = toCloudError(error);
      if (TAKEN.includes(code) || (version !== undefined && ABSENT.includes(code))) return undefined;
      throw error;
    }
  }
}

/** What S3 takes for now: the time that it gives to a file that is written at this moment. @throws CloudError */
export async function serverNow(bucket: RunBucket, key: string): Promise<number> {
  const where = { Bucket: bucket.name, Key: key, ExpectedBucketOwner: bucket.account };
  return await bucket.use(async () => {
    await bucket.s3.send(new PutObjectCommand({ ...where, Body: 'now' }));
    return (await bucket.s3.send(new HeadObjectCommand(where))).LastModified?.getTime() ?? 0;
  });
}
