import type * as ECR from '@aws-sdk/client-ecr';
import { imagesOf } from '../../catalog/ecr-image.ts';
import type { ImageRecord } from '../../catalog/ecr-image.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { ecrPage } from './ecr-page.ts';
import { imageBy } from './images.ts';
import { manifestOf } from './manifest.ts';
import { repositoryOf } from './repository.ts';
import type { FoundRepository } from './repository.ts';

/** One entry for each tag, and one for an image without. */
export function listImages(world: World, input: ECR.ListImagesRequest, call: Call): ECR.ListImagesResponse {
  const { realm, record } = repositoryOf(world, call, input, 'ListImages');
  const all = [...imagesOf(world, realm, record.id)]
    .filter((image) => hasStatus(image, input.filter))
    .flatMap(({ digest, tags }): ECR.ImageIdentifier[] =>
      tags.length === 0 ? [{ imageDigest: digest }] : tags.map((imageTag) => ({ imageDigest: digest, imageTag })),
    );
  const { items, ...rest } = ecrPage(all, input);
  return { imageIds: [...items], ...rest };
}

export function describeImages(world: World, input: ECR.DescribeImagesRequest, call: Call): ECR.DescribeImagesResponse {
  const repository = repositoryOf(world, call, input, 'DescribeImages');
  const { realm, record } = repository;
  const asked = input.imageIds?.map((imageId) => describedImage(world, repository, imageId));
  const all = asked ?? [...imagesOf(world, realm, record.id)].filter((image) => hasStatus(image, input.filter));
  const { items, ...rest } = ecrPage([...new Set(all)], input);
  return { imageDetails: items.map((image) => detailsOf(image, repository)), ...rest };
}

/** @throws ServiceError ImageNotFoundException */
function describedImage(world: World, repository: FoundRepository, imageId: ECR.ImageIdentifier): ImageRecord {
  const image = imageBy(world, repository, imageId);
  if (image !== undefined) return image;
  const quoted = (value: string | undefined): string => `'${value ?? 'null'}'`;
  const { realm, record } = repository;
  throw new ServiceError(
    'ImageNotFoundException',
    `The image with imageId {imageDigest:${quoted(imageId.imageDigest)}, imageTag:${quoted(imageId.imageTag)}} does not exist within the repository with name '${record.id}' in the registry with id '${realm.account}'`,
  );
}

function detailsOf(image: ImageRecord, { realm }: FoundRepository): ECR.ImageDetail {
  return {
    registryId: realm.account,
    repositoryName: image.repository,
    imageDigest: image.digest,
    imageSizeInBytes: manifestOf(image.manifest).bytes,
    imagePushedAt: new Date(image.pushedAt),
    imageManifestMediaType: image.mediaType,
    ...(image.tags.length === 0 ? {} : { imageTags: [...image.tags] }),
  };
}

function hasStatus({ tags }: ImageRecord, filter: { readonly tagStatus?: string | undefined } | undefined): boolean {
  if (filter?.tagStatus === 'TAGGED') return tags.length > 0;
  return filter?.tagStatus !== 'UNTAGGED' || tags.length === 0;
}
