import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createTestEngine, writesOf } from '../test-engine.ts';

const FILES = `
Resources:
  Files: { Type: AWS::S3::Bucket, Properties: { BucketName: stage-files } }
`;
const SHOP = `
Resources:
  Files: { Type: AWS::S3::Bucket, Properties: { BucketName: stage-shop } }
  Shop:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Delete
    Properties:
      DBInstanceIdentifier: stage-shop
      DBInstanceClass: db.t4g.micro
      Engine: postgres
      AllocatedStorage: '20'
      MasterUsername: app
      ManageMasterUserPassword: true
      DeletionProtection: true
`;

/** Stacks that stand, with an object in a bucket of theirs. */
async function written(stacks: Readonly<Record<string, string>>, Bucket: string) {
  const engine = createTestEngine(stacks);
  await engine.run('up');
  const write = async (): Promise<void> =>
    void (await engine.invoke('s3', 'PutObject', { Bucket, Key: 'a', Body: Buffer.from('a') }));
  const status = async (StackName: string): Promise<string> => {
    const answer = await engine.invoke('cloudformation', 'DescribeStacks', { StackName });
    return (answer as { readonly Stacks: readonly { readonly StackStatus: string }[] }).Stacks[0]!.StackStatus;
  };
  const deleteByHand = async (StackName: string): Promise<void> => {
    await engine.invoke('cloudformation', 'DeleteStack', { StackName });
    await engine.clock.drive(engine.clock.sleep(1_800_000));
  };
  await write();
  return { ...engine, write, status, deleteByHand };
}

test('a stack whose delete has failed on a bucket that was written to again is made anew', async () => {
  const { run, deleteByHand, status } = await written({ 'stage-data': FILES }, 'stage-files');
  await deleteByHand('stage-data');
  assert.is(await status('stage-data'), 'DELETE_FAILED');
  const up = await run('up');
  assert.equal([...up.results], [['stage-data', 'recreated']]);
  assert.equal(writesOf(up), ['EmptyBucket stage-data', 'DeleteStack stage-data', 'CreateStack stage-data']);
});

test('a stack that is no longer wanted goes with what is in its bucket', async () => {
  const { run, desired } = await written({ 'stage-data': FILES }, 'stage-files');
  desired.clear();
  const up = await run('up');
  assert.equal([...up.results], [['stage-data', 'deleted']]);
  assert.equal(writesOf(up), ['EmptyBucket stage-data', 'DeleteStack stage-data']);
});

test('deletion protection is lifted on the way up only where a teardown may lift it', async () => {
  const { run, deleteByHand, status } = await written({ 'stage-data': SHOP }, 'stage-shop');
  await deleteByHand('stage-data');
  assert.is(await status('stage-data'), 'DELETE_FAILED');
  const refused = await run('up');
  assert.equal([...refused.results], [['stage-data', 'failed']]);
  assert.equal(writesOf(refused), [], 'nothing is emptied in vain');
  const failure = refused.journal.find((entry) => entry.type === 'failure');
  assert.match(failure?.type === 'failure' ? failure.reason : '', 'database stage-shop has deletion protection');
  const up = await run('up', true);
  assert.equal([...up.results], [['stage-data', 'recreated']]);
});

test.run();
