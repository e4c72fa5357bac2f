import { DescribeRepositoriesCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createTestStage } from './test-stage.ts';

const repositoryName = 'stage/app';
const IMAGES = `Resources: { App: { Type: AWS::ECR::Repository, Properties: { RepositoryName: ${repositoryName} } } }`;

function image(index: number) {
  const config = { digest: `sha256:${String(index).padStart(64, '0')}` };
  return { repositoryName, imageManifest: JSON.stringify({ schemaVersion: 2, config, layers: [] }) };
}

test('a repository with images is emptied in batches of a hundred, and its stack goes', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-app', IMAGES);
  const ecr = new ECRClient(stage.config);
  assert.equal(await stage.lines(stack), []);
  for (let index = 0; index < 3; index += 1) await ecr.send(new PutImageCommand(image(index)));
  // Another tag of the same image.
  await ecr.send(new PutImageCommand({ ...image(0), imageTag: 'latest' }));
  assert.equal(await stage.lines(stack), ['App: repository stage/app holds 3 images; EmptyRepository']);
  for (let index = 3; index < 101; index += 1) await ecr.send(new PutImageCommand(image(index)));
  await stage.clear(stack);
  assert.is(stage.counter.calls['BatchDeleteImage'], 2);
  assert.equal(await stage.lines(stack), []);
  assert.is(await stage.down(stack), undefined);
  assert.equal((await ecr.send(new DescribeRepositoriesCommand({}))).repositories, []);
});

const REFUSAL = JSON.stringify({
  failures: [
    {
      imageId: { imageDigest: 'sha256:1' },
      failureCode: 'ImageReferencedByManifestList',
      failureReason: 'Requested image referenced by manifest list',
    },
  ],
});

test('an image that another one is made of goes once that one is gone', async () => {
  const answers = [REFUSAL];
  const stage = createTestStage({
    answer: (operation) => (operation === 'BatchDeleteImage' ? answers.pop() : undefined),
  });
  const stack = await stage.up('stage-app', IMAGES);
  await new ECRClient(stage.config).send(new PutImageCommand(image(0)));
  await stage.clear(stack);
  assert.is(stage.counter.calls['BatchDeleteImage'], 2);
  assert.is(await stage.down(stack), undefined);
});

test('an image that ECR does not let go is named in ECR’s own words', async () => {
  const stage = createTestStage({
    answer: (operation) => (operation === 'BatchDeleteImage' ? REFUSAL : undefined),
  });
  const stack = await stage.up('stage-app', IMAGES);
  await new ECRClient(stage.config).send(new PutImageCommand(image(0)));
  assert.is(
    await stage.codeOf(stage.clear(stack)),
    'unknown ImageReferencedByManifestList: Requested image referenced by manifest list (sha256:1 of repository stage/app)',
  );
  assert.is(stage.counter.calls['BatchDeleteImage'], 4);
});

test.run();
