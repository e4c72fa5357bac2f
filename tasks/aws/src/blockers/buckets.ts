import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  S3Client,
  type ListObjectVersionsCommandOutput,
  type MultipartUpload,
} from '@aws-sdk/client-s3';
import type { MayWrite } from '@roundtrip/engine';
import { formatCount, formatNumber } from '@roundtrip/view';
import type { CallCounter } from '../call-counter.ts';
import { clientOf } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import { refusalOf } from '../cloud-error.ts';
import { ifThere } from '../if-there.ts';
import type { BlockerKind, Finding } from './kind.ts';
import { listOf } from './list-of.ts';

/** A bucket that holds more than these is counted no further: a page is a thousand. */
const COUNTED_PAGES_MAX = 10;

/**
 * S3 deletes no bucket while any object, version or delete marker is in it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html
 */
export function createBuckets(settings: ClientSettings, counter: CallCounter): BlockerKind {
  const s3 = clientOf(S3Client, 's3', settings, counter);
  return {
    look: ({ physicalId: bucket }) => look(s3, bucket),
    clear: ({ physicalId: bucket }, mayWrite) => empty(s3, bucket, mayWrite),
  };
}

async function look(s3: S3Client, bucket: string): Promise<readonly Finding[]> {
  const count = { objects: 0, versions: 0, markers: 0, uploads: 0, pages: 0 };
  for await (const { Versions = [], DeleteMarkers = [] } of versionPages(s3, bucket)) {
    if (count.pages === COUNTED_PAGES_MAX) {
      const seen = count.objects + count.versions + count.markers;
      return [{ what: `bucket ${bucket} holds more than ${formatCount(seen, 'object')} and versions` }];
    }
    const current = Versions.filter(({ IsLatest }) => IsLatest === true).length;
    count.objects += current;
    count.versions += Versions.length - current;
    count.markers += DeleteMarkers.length;
    count.pages += 1;
  }
  for await (const uploads of uploadPages(s3, bucket)) count.uploads += uploads.length;
  const parts = [
    ...(count.objects === 0 ? [] : [formatCount(count.objects, 'object')]),
    ...(count.versions === 0 ? [] : [formatCount(count.versions, 'older version')]),
    ...(count.markers === 0 ? [] : [formatCount(count.markers, 'delete marker')]),
    ...(count.uploads === 0 ? [] : [formatCount(count.uploads, 'unfinished upload')]),
  ];
  if (parts.length === 0) return [];
  return [{ what: `bucket ${bucket} holds ${listOf(parts)}` }];
}

async function empty(s3: S3Client, bucket: string, mayWrite: MayWrite): Promise<void> {
  for await (const uploads of uploadPages(s3, bucket)) {
    for (const { Key, UploadId } of uploads) {
      await mayWrite();
      await ifThere(() => s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId })));
    }
  }
  // A page is no longer than what one call deletes: a thousand of both together.
  for await (const { Versions = [], DeleteMarkers = [] } of versionPages(s3, bucket)) {
    const objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (objects.length === 0) continue;
    await mayWrite();
    await deleteObjects(s3, bucket, objects);
  }
}

/** The answer is a success also where single objects were refused: those under a retention or a legal hold. */
async function deleteObjects(
  s3: S3Client,
  bucket: string,
  objects: { Key: string | undefined; VersionId: string | undefined }[],
): Promise<void> {
  const input = { Bucket: bucket, Delete: { Objects: objects, Quiet: true } };
  const { Errors = [] } = (await ifThere(() => s3.send(new DeleteObjectsCommand(input)))) ?? {};
  const refused = Errors.filter(({ Code = '' }) => !Code.startsWith('NoSuch'));
  const [first] = refused;
  if (first === undefined) return;
  const more = refused.length === 1 ? '' : `, and ${formatNumber(refused.length - 1)} more`;
  throw refusalOf(first.Code ?? 'Unknown', `${first.Message} (${first.Key} of bucket ${bucket}${more})`);
}

/** None of a bucket that is gone. */
async function* versionPages(s3: S3Client, bucket: string): AsyncGenerator<ListObjectVersionsCommandOutput> {
  let from: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const command = new ListObjectVersionsCommand({ Bucket: bucket, ...from });
    const page = await ifThere(() => s3.send(command));
    if (page === undefined) return;
    yield page;
    if (page.IsTruncated !== true) return;
    from = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

async function* uploadPages(s3: S3Client, bucket: string): AsyncGenerator<readonly MultipartUpload[]> {
  let from: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {};
  for (;;) {
    const command = new ListMultipartUploadsCommand({ Bucket: bucket, ...from });
    const page = await ifThere(() => s3.send(command));
    if (page === undefined) return;
    yield page.Uploads ?? [];
    if (page.IsTruncated !== true) return;
    from = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
  }
}
