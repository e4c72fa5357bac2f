import { ServiceError } from '../../world.ts';
import type { RateLimit, Service } from '../../world.ts';
import { getAuthorizationToken } from './get-authorization-token.ts';
import * as lists from './image-lists.ts';
import * as images from './images.ts';
import * as policies from './policies.ts';
import * as repositories from './repositories.ts';
import * as tags from './tags.ts';

/** Repositories and the images in them, as far as their manifests go; see SPEC.md beside this file. */
export const ecr: Service = {
  client: 'client-ecr',
  operations: {
    CreateRepository: repositories.createRepository,
    DescribeRepositories: repositories.describeRepositories,
    DeleteRepository: repositories.deleteRepository,
    PutImageTagMutability: repositories.putImageTagMutability,
    PutImageScanningConfiguration: repositories.putImageScanningConfiguration,
    GetRepositoryPolicy: policies.getRepositoryPolicy,
    SetRepositoryPolicy: policies.setRepositoryPolicy,
    DeleteRepositoryPolicy: policies.deleteRepositoryPolicy,
    GetLifecyclePolicy: policies.getLifecyclePolicy,
    PutLifecyclePolicy: policies.putLifecyclePolicy,
    DeleteLifecyclePolicy: policies.deleteLifecyclePolicy,
    PutImage: images.putImage,
    BatchGetImage: images.batchGetImage,
    BatchDeleteImage: images.batchDeleteImage,
    ListImages: lists.listImages,
    DescribeImages: lists.describeImages,
    GetAuthorizationToken: getAuthorizationToken,
    TagResource: tags.tagResource,
    UntagResource: tags.untagResource,
    ListTagsForResource: tags.listTagsForResource,
  },
  limitOf: (operation) => LIMITS[operation],
  throttled: new ServiceError('ThrottlingException', 'Rate exceeded'),
};

function limit(operation: string, burst: number, perSecond: number): RateLimit {
  return { bucket: `ecr-${operation}`, burst, perSecond };
}

/** What AWS publishes; of everything else no figure is known. https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
const LIMITS: Readonly<Record<string, RateLimit>> = {
  BatchGetImage: limit('BatchGetImage', 2000, 2000),
  GetAuthorizationToken: limit('GetAuthorizationToken', 500, 500),
  PutImage: limit('PutImage', 10, 10),
};
