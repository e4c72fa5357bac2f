import { createHash } from 'node:crypto';
import * as CloudFormation from '@aws-sdk/client-cloudformation';
import * as ECR from '@aws-sdk/client-ecr';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { noLog } from '../../store/log.ts';
import { Store } from '../../store/store.ts';
import { failureOf, REALM, START, testCloud } from '../../testing/test-cloud.ts';
import type { TestCloud } from '../../testing/test-cloud.ts';
import { imageExists } from './image-exists.ts';
import { ecr as service } from './service.ts';

const ARN = 'arn:aws:ecr:eu-west-1:111111111111:repository/shop/web';
const URI = '111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/web';
const NAMED = { repositoryName: 'shop/web' };

const test = suite<TestCloud & { ecr: ECR.ECRClient }>('ecr');
test.before.each((context) => {
  const tested = testCloud();
  Object.assign(context, tested, { ecr: new ECR.ECRClient(tested.as('111111111111')) });
});

function manifest(version: number): string {
  const config = { mediaType: 'application/vnd.docker.container.image.v1+json', size: 100, digest: 'sha256:c' };
  const layers = [{ mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', size: 1000 + version }];
  const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
  return JSON.stringify({ schemaVersion: 2, mediaType, config, layers });
}

const digestOf = (version: number): string => `sha256:${createHash('sha256').update(manifest(version)).digest('hex')}`;

async function push(ecr: ECR.ECRClient, version: number, imageTag?: string): Promise<ECR.PutImageCommandOutput> {
  return ecr.send(new ECR.PutImageCommand({ ...NAMED, imageManifest: manifest(version), imageTag }));
}

async function tagged(ecr: ECR.ECRClient): Promise<string[]> {
  const { imageIds = [] } = await ecr.send(new ECR.ListImagesCommand(NAMED));
  return imageIds.map(({ imageDigest, imageTag }) => {
    return `${imageTag ?? 'untagged'} ${[1, 2].find((version) => digestOf(version) === imageDigest)}`;
  });
}

test('a repository is made, described and tagged, its name and its policies being checked', async ({ ecr }) => {
  const create = (repositoryName: string) => ecr.send(new ECR.CreateRepositoryCommand({ repositoryName }));
  const { repository } = await create('shop/web');
  assert.equal(repository, {
    repositoryArn: ARN,
    registryId: '111111111111',
    repositoryName: 'shop/web',
    repositoryUri: URI,
    createdAt: new Date(START),
    imageTagMutability: 'MUTABLE',
    imageScanningConfiguration: { scanOnPush: false },
    encryptionConfiguration: { encryptionType: 'AES256' },
  });
  assert.equal(await failureOf(create('shop/web')), {
    name: 'RepositoryAlreadyExistsException',
    message: "The repository with name 'shop/web' already exists in the registry with id '111111111111'",
    status: 400,
  });
  assert.is((await failureOf(create('Shop'))).name, 'InvalidParameterException');
  const describe = new ECR.DescribeRepositoriesCommand({ repositoryNames: ['none'] });
  assert.equal(await failureOf(ecr.send(describe)), {
    name: 'RepositoryNotFoundException',
    message: "The repository with name 'none' does not exist in the registry with id '111111111111'",
    status: 400,
  });
  const tags = [{ Key: 'team', Value: 'shop' }];
  await ecr.send(new ECR.TagResourceCommand({ resourceArn: ARN, tags }));
  assert.equal((await ecr.send(new ECR.ListTagsForResourceCommand({ resourceArn: ARN }))).tags, tags);
  await ecr.send(new ECR.UntagResourceCommand({ resourceArn: ARN, tagKeys: ['team'] }));
  assert.equal((await ecr.send(new ECR.ListTagsForResourceCommand({ resourceArn: ARN }))).tags, []);
});

test('policies are kept, and missed where they are not there', async ({ ecr, as }) => {
  await ecr.send(new ECR.CreateRepositoryCommand(NAMED));
  assert.is(
    (await failureOf(ecr.send(new ECR.GetLifecyclePolicyCommand(NAMED)))).message,
    "Lifecycle policy does not exist for the repository with name 'shop/web' in the registry with id '111111111111'",
  );
  assert.is(
    (await failureOf(ecr.send(new ECR.GetRepositoryPolicyCommand(NAMED)))).message,
    "Repository policy does not exist for the repository with name 'shop/web' in the registry with id '111111111111'",
  );
  const lifecyclePolicyText = '{"rules":[]}';
  await ecr.send(new ECR.PutLifecyclePolicyCommand({ ...NAMED, lifecyclePolicyText }));
  const kept = await ecr.send(new ECR.DeleteLifecyclePolicyCommand(NAMED));
  assert.is(kept.lifecyclePolicyText, lifecyclePolicyText);
  const theirs = new ECR.ECRClient(as('222222222222'));
  const list = () => theirs.send(new ECR.ListImagesCommand({ ...NAMED, registryId: '111111111111' }));
  assert.is((await failureOf(list())).name, 'AccessDeniedException');
  const statement = { Effect: 'Allow', Principal: { AWS: '222222222222' }, Action: ['ecr:ListImages'] };
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await ecr.send(new ECR.SetRepositoryPolicyCommand({ ...NAMED, policyText }));
  assert.equal((await list()).imageIds, []);
});

test('a tag moves to the image that was pushed last, unless tags are immutable', async ({ ecr }) => {
  await ecr.send(new ECR.CreateRepositoryCommand(NAMED));
  const { image } = await push(ecr, 1, 'latest');
  assert.equal(image?.imageId, { imageDigest: digestOf(1), imageTag: 'latest' });
  assert.equal(await failureOf(push(ecr, 1, 'latest')), {
    name: 'ImageAlreadyExistsException',
    message: `Image with digest '${digestOf(1)}' and tag 'latest' already exists in the repository with name 'shop/web' in registry with id '111111111111'`,
    status: 400,
  });
  await push(ecr, 2, 'latest');
  assert.equal(await tagged(ecr), ['untagged 1', 'latest 2']);
  await ecr.send(new ECR.PutImageTagMutabilityCommand({ ...NAMED, imageTagMutability: 'IMMUTABLE' }));
  assert.equal(await failureOf(push(ecr, 1, 'latest')), {
    name: 'ImageTagAlreadyExistsException',
    message:
      "The image tag 'latest' already exists in the 'shop/web' repository and cannot be overwritten because the tag is immutable.",
    status: 400,
  });
  const untagged = new ECR.ListImagesCommand({ ...NAMED, filter: { tagStatus: 'UNTAGGED' } });
  assert.is((await ecr.send(untagged)).imageIds?.length, 1);
  const described = await ecr.send(new ECR.DescribeImagesCommand({ ...NAMED, imageIds: [{ imageTag: 'latest' }] }));
  assert.equal(described.imageDetails, [
    {
      registryId: '111111111111',
      repositoryName: 'shop/web',
      imageDigest: digestOf(2),
      imageTags: ['latest'],
      imageSizeInBytes: 1102,
      imagePushedAt: new Date(START),
      imageManifestMediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    },
  ]);
  const missing = new ECR.DescribeImagesCommand({ ...NAMED, imageIds: [{ imageTag: 'none' }] });
  assert.equal(await failureOf(ecr.send(missing)), {
    name: 'ImageNotFoundException',
    message:
      "The image with imageId {imageDigest:'null', imageTag:'none'} does not exist within the repository with name 'shop/web' in the registry with id '111111111111'",
    status: 400,
  });
});

test('images are read and deleted by tag and by digest', async ({ ecr }) => {
  await ecr.send(new ECR.CreateRepositoryCommand(NAMED));
  await push(ecr, 1, 'a');
  await push(ecr, 1, 'b');
  const got = await ecr.send(
    new ECR.BatchGetImageCommand({ ...NAMED, imageIds: [{ imageTag: 'a' }, { imageTag: 'x' }] }),
  );
  assert.equal([got.images?.[0]?.imageManifest, got.failures?.[0]?.failureCode], [manifest(1), 'ImageNotFound']);
  const remove = (imageId: ECR.ImageIdentifier) =>
    ecr.send(new ECR.BatchDeleteImageCommand({ ...NAMED, imageIds: [imageId] }));
  assert.equal((await remove({ imageTag: 'a' })).imageIds, [{ imageDigest: digestOf(1), imageTag: 'a' }]);
  assert.equal(await tagged(ecr), ['b 1']);
  await remove({ imageDigest: digestOf(1) });
  assert.equal(await tagged(ecr), []);
  assert.equal((await remove({ imageTag: 'b' })).failures, [
    { imageId: { imageTag: 'b' }, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' },
  ]);
});

test('a repository with images goes only where somebody insists', async ({ ecr, as, pass }) => {
  await ecr.send(new ECR.CreateRepositoryCommand(NAMED));
  await push(ecr, 1);
  const text =
    "The repository with name 'shop/web' in registry with id '111111111111' cannot be deleted because it still contains images";
  assert.equal(await failureOf(ecr.send(new ECR.DeleteRepositoryCommand(NAMED))), {
    name: 'RepositoryNotEmptyException',
    message: text,
    status: 400,
  });
  await ecr.send(new ECR.DeleteRepositoryCommand({ ...NAMED, force: true }));

  const cloudformation = new CloudFormation.CloudFormationClient(as('111111111111'));
  for (const [EmptyOnDelete, status] of [
    [false, 'DELETE_FAILED'],
    [true, 'DELETE_COMPLETE'],
  ] as const) {
    const StackName = `emptied-${EmptyOnDelete}`;
    const Properties = { RepositoryName: StackName, EmptyOnDelete };
    const TemplateBody = JSON.stringify({ Resources: { R: { Type: 'AWS::ECR::Repository', Properties } } });
    const { StackId } = await cloudformation.send(new CloudFormation.CreateStackCommand({ StackName, TemplateBody }));
    pass(60_000);
    await ecr.send(new ECR.PutImageCommand({ repositoryName: StackName, imageManifest: manifest(1) }));
    await cloudformation.send(new CloudFormation.DeleteStackCommand({ StackName }));
    pass(60_000);
    const described = new CloudFormation.DescribeStacksCommand({ StackName: StackId });
    assert.is((await cloudformation.send(described)).Stacks?.[0]?.StackStatus, status);
  }
  const { repositories } = await ecr.send(new ECR.DescribeRepositoriesCommand({}));
  assert.equal(
    repositories?.map(({ repositoryName }) => repositoryName),
    ['emptied-false'],
  );
});

test('a token is good for twelve hours', async ({ ecr }) => {
  const { authorizationData } = await ecr.send(new ECR.GetAuthorizationTokenCommand({}));
  const { authorizationToken = '', expiresAt, proxyEndpoint } = authorizationData?.[0] ?? {};
  assert.match(Buffer.from(authorizationToken, 'base64').toString(), /^AWS:[0-9a-f]{64}$/);
  assert.equal(expiresAt, new Date(START + 12 * 3_600_000));
  assert.is(proxyEndpoint, 'https://111111111111.dkr.ecr.eu-west-1.amazonaws.com');
});

test('other services can ask whether there is an image', () => {
  const store = new Store({ log: noLog, seed: 'ecr' });
  const call = { realm: REALM, requestId: 'r', callerArn: 'arn:aws:iam::111111111111:root' };
  store.transact(START, (world) => {
    const run = (operation: string, input: object) => service.operations[operation]?.(world, input as never, call);
    const known = (uri: string): boolean => imageExists(world, REALM, uri);
    assert.equal([known(`${URI}:1`), known('nginx:latest'), known('public.ecr.aws/nginx')], [false, true, true]);
    run('CreateRepository', NAMED);
    run('PutImage', { ...NAMED, imageManifest: manifest(1), imageTag: '1' });
    assert.equal([known(`${URI}:1`), known(URI), known(`${URI}:2`)], [true, false, false]);
    assert.equal([known(`${URI}@${digestOf(1)}`), known(`${URI}:1@${digestOf(2)}`)], [true, false]);
  });
});

test.run();
