import { createHash } from 'node:crypto';
import type * as ECR from '@aws-sdk/client-ecr';
import { imageKey, imageTable, imagesOf } from '../../catalog/ecr-image.ts';
import type { ImageRecord } from '../../catalog/ecr-image.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { manifestOf } from './manifest.ts';
import { repositoryOf } from './repository.ts';
import type { FoundRepository } from './repository.ts';

/** A tag moves to the image pushed last, unless tags are immutable. */
export function putImage(world: World, input: ECR.PutImageRequest, call: Call): ECR.PutImageResponse {
  const repository = repositoryOf(world, call, input, 'PutImage');
  const { imageManifest = '', imageTag } = input;
  const manifest = manifestOf(imageManifest, input.imageManifestMediaType);
  const digest = `sha256:${createHash('sha256').update(imageManifest).digest('hex')}`;
  if (input.imageDigest !== undefined && input.imageDigest !== digest) {
    const text = 'The specified image digest does not match the digest that Amazon ECR calculated for the image.';
    throw new ServiceError('ImageDigestDoesNotMatchException', text);
  }
  refuseSame(world, repository, digest, imageTag);
  if (imageTag !== undefined) moveTag(world, repository, imageTag);
  const { realm, record } = repository;
  const known = imageTable(world, realm).get(imageKey(record.id, digest));
  const image: ImageRecord = {
    ...{ repository: record.id, digest, manifest: imageManifest, mediaType: manifest.mediaType },
    pushedAt: known?.pushedAt ?? world.now,
    tags: [...(known?.tags ?? []), ...(imageTag === undefined ? [] : [imageTag])],
  };
  imageTable(world, realm).put(imageKey(record.id, digest), image);
  return {
    image: {
      registryId: realm.account,
      repositoryName: record.id,
      imageId: { imageDigest: digest, ...(imageTag === undefined ? {} : { imageTag }) },
      imageManifest,
      imageManifestMediaType: manifest.mediaType,
    },
  };
}

export function batchGetImage(world: World, input: ECR.BatchGetImageRequest, call: Call): ECR.BatchGetImageResponse {
  const { realm, record } = repositoryOf(world, call, input, 'BatchGetImage');
  const images: ECR.Image[] = [];
  const failures: ECR.ImageFailure[] = [];
  for (const imageId of input.imageIds ?? []) {
    const image = imageBy(world, { realm, record }, imageId);
    if (image === undefined) failures.push(failureOf(imageId));
    else {
      const { digest, manifest, mediaType } = image;
      const id = { imageDigest: digest, ...(imageId.imageTag === undefined ? {} : { imageTag: imageId.imageTag }) };
      const where = { registryId: realm.account, repositoryName: record.id };
      images.push({ ...where, imageId: id, imageManifest: manifest, imageManifestMediaType: mediaType });
    }
  }
  return { images, failures };
}

/** By its tag an image loses that tag, and goes with its last one; by its digest it goes with all of them. */
export function batchDeleteImage(
  world: World,
  input: ECR.BatchDeleteImageRequest,
  call: Call,
): ECR.BatchDeleteImageResponse {
  const repository = repositoryOf(world, call, input, 'BatchDeleteImage');
  const imageIds: ECR.ImageIdentifier[] = [];
  const failures: ECR.ImageFailure[] = [];
  for (const imageId of input.imageIds ?? []) {
    const image = imageBy(world, repository, imageId);
    if (image === undefined) failures.push(failureOf(imageId));
    else imageIds.push(...removeImage(world, repository, image, imageId.imageTag));
  }
  return { imageIds, failures };
}

/** The image that a digest or a tag means; both have to fit where both are given. */
export function imageBy(
  world: World,
  { realm, record }: FoundRepository,
  { imageDigest, imageTag }: ECR.ImageIdentifier,
): ImageRecord | undefined {
  if (imageDigest === undefined && imageTag === undefined) return undefined;
  for (const image of imagesOf(world, realm, record.id)) {
    const fitsDigest = imageDigest === undefined || image.digest === imageDigest;
    if (fitsDigest && (imageTag === undefined || image.tags.includes(imageTag))) return image;
  }
  return undefined;
}

function refuseSame(world: World, repository: FoundRepository, imageDigest: string, imageTag?: string): void {
  const { realm, record } = repository;
  const where = `repository with name '${record.id}' in registry with id '${realm.account}'`;
  if (imageBy(world, repository, { imageDigest, ...(imageTag === undefined ? {} : { imageTag }) }) !== undefined) {
    const tag = imageTag === undefined ? '' : ` and tag '${imageTag}'`;
    const text = `Image with digest '${imageDigest}'${tag} already exists in the ${where}`;
    throw new ServiceError('ImageAlreadyExistsException', text);
  }
  const isTaken = imageTag !== undefined && imageBy(world, repository, { imageTag }) !== undefined;
  if (isTaken && record.properties['ImageTagMutability'] === 'IMMUTABLE') {
    const text = `The image tag '${imageTag}' already exists in the '${record.id}' repository and cannot be overwritten because the tag is immutable.`;
    throw new ServiceError('ImageTagAlreadyExistsException', text);
  }
}

function moveTag(world: World, repository: FoundRepository, imageTag: string): void {
  const before = imageBy(world, repository, { imageTag });
  if (before !== undefined) putTags(world, repository, before, without(before.tags, imageTag));
}

function removeImage(
  world: World,
  repository: FoundRepository,
  image: ImageRecord,
  imageTag: string | undefined,
): ECR.ImageIdentifier[] {
  const imageDigest = image.digest;
  const left = imageTag === undefined ? [] : without(image.tags, imageTag);
  if (left.length > 0) putTags(world, repository, image, left);
  else imageTable(world, repository.realm).delete(imageKey(image.repository, imageDigest));
  if (imageTag !== undefined) return [{ imageDigest, imageTag }];
  return image.tags.length === 0 ? [{ imageDigest }] : image.tags.map((tag) => ({ imageDigest, imageTag: tag }));
}

function putTags(world: World, { realm }: FoundRepository, image: ImageRecord, tags: readonly string[]): void {
  imageTable(world, realm).put(imageKey(image.repository, image.digest), { ...image, tags });
}

function without(tags: readonly string[], tag: string): string[] {
  return tags.filter((one) => one !== tag);
}

function failureOf(imageId: ECR.ImageIdentifier): ECR.ImageFailure {
  const { imageDigest, imageTag } = imageId;
  if (imageDigest === undefined && imageTag === undefined) {
    const failureReason = 'Invalid request parameters: both tag and digest cannot be null';
    return { imageId, failureCode: 'MissingDigestAndTag', failureReason };
  }
  return { imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' };
}
