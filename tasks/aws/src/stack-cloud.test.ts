import { CloudError } from '@roundtrip/engine';
import { S3Client, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { clientConfig } from './client-settings.ts';
import { ACCOUNT, createTestAccount } from './test-account.ts';

const TOPIC = `
Parameters: { Name: { Type: String } }
Resources: { Topic: { Type: AWS::SNS::Topic, Properties: { DisplayName: !Ref Name } } }
Outputs: { Said: { Value: !Ref Name } }
`;

function content(name: string, said = 'x', templateBody = TOPIC) {
  const tags = { 'roundtrip:environment': 'stage' };
  return {
    stackName: name,
    token: `t-${name}-${said}`,
    templateBody,
    parameters: { Name: said },
    capabilities: [],
    tags,
  };
}

test('creates, sees, updates and deletes a stack', async () => {
  const { stacks, pass, counter } = createTestAccount();
  const id = await stacks.create({ ...content('stage-a'), terminationProtection: false });
  assert.is((await stacks.sweep())[0]?.status, 'CREATE_IN_PROGRESS');
  pass(60_000);
  const [created] = await stacks.sweep();
  assert.is(created?.status, 'CREATE_COMPLETE');
  assert.equal(created?.outputs, { Said: 'x' });
  assert.equal(created?.parameters, { Name: 'x' });
  assert.equal(created?.tags, { 'roundtrip:environment': 'stage' });
  assert.is(created?.id, id);

  await stacks.update(content('stage-a', 'y'));
  pass(60_000);
  const [updated] = await stacks.sweep();
  assert.is(updated?.status, 'UPDATE_COMPLETE');
  assert.equal(updated?.outputs, { Said: 'y' });
  assert.ok((updated?.updatedAt ?? 0) > (updated?.createdAt ?? 0));
  assert.is(await stacks.template('stage-a'), TOPIC);

  await stacks.delete({ stackName: 'stage-a', stackId: id, token: 'd' });
  pass(60_000);
  assert.equal(await stacks.sweep(), []);
  assert.equal(counter.calls, { CreateStack: 1, DescribeStacks: 4, UpdateStack: 1, GetTemplate: 1, DeleteStack: 1 });
});

test('a sweep reads every page', async () => {
  const { stacks, pass, counter } = createTestAccount();
  for (let index = 0; index < 205; index += 1) {
    await stacks.create({ ...content(`stage-${index}`), terminationProtection: false });
  }
  pass(60_000);
  assert.is((await stacks.sweep()).length, 205);
  assert.is(counter.calls['DescribeStacks'], 3);
});

test('classes what AWS answers', async () => {
  const { stacks, pass } = createTestAccount();
  const create = { ...content('stage-a'), terminationProtection: false };
  await stacks.create(create);
  pass(60_000);
  const kindOf = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work;
      return 'no error';
    } catch (error) {
      return error instanceof CloudError ? `${error.kind} ${error.code}: ${error.message}` : String(error);
    }
  };
  assert.is(
    await kindOf(stacks.create({ ...create, token: 'other' })),
    'already-exists AlreadyExistsException: Stack [stage-a] already exists',
  );
  assert.is(
    await kindOf(stacks.update(content('stage-a'))),
    'no-updates ValidationError: No updates are to be performed.',
  );
  assert.match(
    await kindOf(stacks.update(content('stage-b'))),
    /^not-found ValidationError: Stack \[stage-b\] does not exist$/,
  );
});

test('a template beyond 51,200 bytes goes through the bucket, which is made once', async () => {
  const { stacks, settings, pass, counter } = createTestAccount();
  const large = `${TOPIC}# ${'x'.repeat(52_000)}\n`;
  // The bucket's own stack is waited for by asking; time passes while the adapter waits.
  const ticking = setInterval(() => pass(5_000), 20);
  try {
    await stacks.create({ ...content('stage-large', 'x', large), terminationProtection: false });
    await stacks.create({ ...content('stage-large2', 'x', large), terminationProtection: false });
  } finally {
    clearInterval(ticking);
  }
  pass(60_000);
  const names = (await stacks.sweep()).map((stack) => `${stack.name} ${stack.status}`).sort();
  assert.equal(names, [
    'roundtrip-bucket CREATE_COMPLETE',
    'stage-large CREATE_COMPLETE',
    'stage-large2 CREATE_COMPLETE',
  ]);
  assert.is(await stacks.template('stage-large'), large);
  const s3 = new S3Client(clientConfig(settings));
  const listed = await s3.send(new ListObjectsV2Command({ Bucket: `roundtrip-${ACCOUNT}-eu-west-1` }));
  assert.is(listed.Contents?.length, 1);
  assert.is(counter.calls['PutObject'], 2, 'one that found no bucket, one that worked');
});

test.run();
