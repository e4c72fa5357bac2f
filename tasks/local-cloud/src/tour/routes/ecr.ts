import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';

const MANIFEST = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
  config: {
    mediaType: 'application/vnd.docker.container.image.v1+json',
    size: 2,
    digest: `sha256:${'a'.repeat(64)}`,
  },
  layers: [],
});
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Sid: 'pull', Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }],
});
const LIFECYCLE = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 5 },
      action: { type: 'expire' },
    },
  ],
});
const APP = { repositoryName: 'app' };

export const ecrRoute: Route = {
  name: 'ECR',
  steps: stepsOf('ecr', [
    [
      'CreateRepository',
      { ...APP, tags: [{ Key: 'team', Value: 'tour' }] },
      { save: { arn: 'repository.repositoryArn' } },
    ],
    ['CreateRepository', APP, { fails: 'RepositoryAlreadyExistsException' }],
    ['DescribeRepositories', { repositoryNames: ['app'] }, { expect: { 'repositories.0.repositoryName': 'app' } }],
    ['GetAuthorizationToken', {}, { expect: { 'authorizationData.0.proxyEndpoint': /^https:/ } }],
    [
      'PutImage',
      { ...APP, imageManifest: MANIFEST, imageTag: 'one' },
      { save: { digest: 'image.imageId.imageDigest' } },
    ],
    ['ListImages', APP, { expect: { 'imageIds.0.imageTag': 'one' } }],
    ['DescribeImages', APP, { expect: { 'imageDetails.0.imageTags.0': 'one' } }],
    [
      'BatchGetImage',
      { ...APP, imageIds: [{ imageTag: 'one' }] },
      { expect: { 'images.0.imageId.imageDigest': /^sha256:/ } },
    ],
    ['TagResource', { resourceArn: '<arn>', tags: [{ Key: 'stage', Value: 'test' }] }],
    ['ListTagsForResource', { resourceArn: '<arn>' }, { expect: { tags: /stage/ } }],
    ['UntagResource', { resourceArn: '<arn>', tagKeys: ['stage'] }],
    ['SetRepositoryPolicy', { ...APP, policyText: POLICY }, { expect: { repositoryName: 'app' } }],
    ['GetRepositoryPolicy', APP, { expect: { policyText: /pull/ } }],
    ['DeleteRepositoryPolicy', APP],
    ['GetRepositoryPolicy', APP, { fails: 'RepositoryPolicyNotFoundException' }],
    ['PutLifecyclePolicy', { ...APP, lifecyclePolicyText: LIFECYCLE }],
    ['GetLifecyclePolicy', APP, { expect: { lifecyclePolicyText: /imageCountMoreThan/ } }],
    ['DeleteLifecyclePolicy', APP],
    [
      'PutImageTagMutability',
      { ...APP, imageTagMutability: 'IMMUTABLE' },
      { expect: { imageTagMutability: 'IMMUTABLE' } },
    ],
    [
      'PutImageScanningConfiguration',
      { ...APP, imageScanningConfiguration: { scanOnPush: true } },
      { expect: { 'imageScanningConfiguration.scanOnPush': true } },
    ],
    ['DeleteRepository', APP, { fails: 'RepositoryNotEmptyException' }],
    [
      'BatchDeleteImage',
      { ...APP, imageIds: [{ imageDigest: '<digest>' }] },
      { expect: { 'imageIds.0.imageTag': 'one' } },
    ],
    ['DeleteRepository', APP, { expect: { 'repository.repositoryName': 'app' } }],
  ]),
};
