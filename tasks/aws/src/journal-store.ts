import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { toCloudError } from './cloud-error.ts';
import { TAKEN } from './conditional-file.ts';
import { ifThere } from './if-there.ts';
import type { RunBucket } from './run-bucket.ts';

/** The copies of the runs' journals: `journals/<environment>/<run>.jsonl`. All methods reject with a CloudError. */
export interface JournalStore {
  /** Where the copy of a run's journal is, as a person would name it: `s3://…`. */
  placeOf(environment: string, run: string): string;
  /**
   * Copies a journal. The bucket is not made for it: a run that has changed something has been there.
   * @param own true for a copy by the run itself, which takes the place of any before it; a copy by another run does so
   * only where what is there is the beginning of it
   */
  put(environment: string, run: string, journal: string, own: boolean): Promise<void>;
  /** The runs of which there is a copy, the oldest first; at most the latest `count` of them. */
  list(environment: string, count: number): Promise<readonly string[]>;
  /** Undefined where there is no copy. */
  read(environment: string, run: string): Promise<string | undefined>;
}

/** Pages of a thousand: a run every five minutes for a year. */
const PAGES_MAX = 100;

export function createJournalStore({ name, account, s3 }: RunBucket): JournalStore {
  const bucket = { Bucket: name, ExpectedBucketOwner: account };
  return {
    placeOf: (environment, run) => `s3://${name}/${keyOf(environment, run)}`,
    async put(environment, run, journal, own) {
      const Key = keyOf(environment, run);
      const file = { ...bucket, Key, Body: journal, ContentType: 'application/jsonl' };
      const first = new PutObjectCommand(own ? file : { ...file, IfNoneMatch: '*' });
      if (await putIf(() => s3.send(first))) return;
      const there = await ifThere(() => s3.send(new GetObjectCommand({ ...bucket, Key })));
      const text = (await there?.Body?.transformToString()) ?? '';
      if (there?.ETag === undefined || text.length >= journal.length || !journal.startsWith(text)) return;
      const { ETag: IfMatch } = there;
      await putIf(() => s3.send(new PutObjectCommand({ ...file, IfMatch })));
    },
    async list(environment, count) {
      const prefix = `journals/${environment}/`;
      const runs: string[] = [];
      let token: string | undefined;
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const asked = { ...bucket, Prefix: prefix, ...(token === undefined ? {} : { ContinuationToken: token }) };
        const answer = await ifThere(() => s3.send(new ListObjectsV2Command(asked)));
        for (const { Key = '' } of answer?.Contents ?? []) {
          if (Key.endsWith('.jsonl')) runs.push(Key.slice(prefix.length, -'.jsonl'.length));
        }
        token = answer?.NextContinuationToken;
        if (token === undefined) break;
      }
      return runs.sort().slice(-count);
    },
    async read(environment, run) {
      const asked = { ...bucket, Key: keyOf(environment, run) };
      return await ifThere(async () => (await s3.send(new GetObjectCommand(asked))).Body?.transformToString());
    },
  };
}

function keyOf(environment: string, run: string): string {
  return `journals/${environment}/${run}.jsonl`;
}

/** False where the condition does not hold, or no longer. */
async function putIf(put: () => Promise<unknown>): Promise<boolean> {
  try {
    await put();
    return true;
  } catch (error) {
    const known = toCloudError(error);
    if (TAKEN.includes(known.code)) return false;
    throw known;
  }
}
