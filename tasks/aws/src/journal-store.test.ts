import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CloudError } from '@roundtrip/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createAccountBucket } from './account-bucket.ts';
import { clientConfig } from './client-settings.ts';
import type { JournalStore } from './journal-store.ts';
import { ACCOUNT, createTestAccount } from './test-account.ts';

const NAME = `roundtrip-${ACCOUNT}-eu-west-1`;
const OTHER = '222222222222';

/** The journals of a test account, in a bucket that `owner` has made; without an owner there is none. */
async function journalsOf(owner?: string): Promise<JournalStore> {
  const { settings, counter } = createTestAccount();
  if (owner !== undefined) {
    const credentials = { accessKeyId: owner, secretAccessKey: 'x' };
    await new S3Client(clientConfig({ ...settings, credentials })).send(new CreateBucketCommand({ Bucket: NAME }));
  }
  return await createAccountBucket(settings, ACCOUNT, counter).journals();
}

test('a copy is read as it was put, under a name that a person can type', async () => {
  const journals = await journalsOf(ACCOUNT);
  assert.equal(await journals.list('stage', 10), []);
  assert.is(await journals.read('stage', 'run-1'), undefined);
  await journals.put('stage', 'run-1', '{"at":1}\n', true);
  await journals.put('prod', 'run-2', '{"at":2}\n', true);
  assert.is(await journals.read('stage', 'run-1'), '{"at":1}\n');
  assert.equal(await journals.list('stage', 10), ['run-1']);
  assert.is(journals.placeOf('stage', 'run-1'), `s3://${NAME}/journals/stage/run-1.jsonl`);
});

test('what another run copies goes on from a copy that is there, and never takes away from it', async () => {
  const journals = await journalsOf(ACCOUNT);
  const copied = async (journal: string, own: boolean): Promise<string | undefined> => {
    await journals.put('stage', 'run-1', journal, own);
    return await journals.read('stage', 'run-1');
  };
  assert.is(await copied('one\n', false), 'one\n');
  assert.is(await copied('one\ntwo\n', false), 'one\ntwo\n');
  assert.is(await copied('one\n', false), 'one\ntwo\n', 'less than is there');
  assert.is(await copied('one\nother\nthree\n', false), 'one\ntwo\n', 'not what was written');
  assert.is(await copied('one\nwhole\n', true), 'one\nwhole\n');
});

test('the latest runs are listed, the oldest of them first, over all pages', async () => {
  const journals = await journalsOf(ACCOUNT);
  const names = Array.from({ length: 1_003 }, (_, index) => `run-${String(index).padStart(5, '0')}`);
  for (const name of names) await journals.put('stage', name, '{}\n', true);
  assert.equal(await journals.list('stage', 3), ['run-01000', 'run-01001', 'run-01002']);
  assert.is((await journals.list('stage', 2_000)).length, 1_003);
});

test('no bucket is made for a copy, and none of another account is used', async () => {
  const none = await journalsOf();
  assert.is(await codeOf(none.put('stage', 'run-1', 'x\n', true)), 'NoSuchBucket');
  assert.equal(await none.list('stage', 10), []);
  const foreign = await journalsOf(OTHER);
  for (const call of [foreign.put('stage', 'run-1', 'x\n', true), foreign.list('stage', 1), foreign.read('stage', 'r')])
    assert.is(await codeOf(call), 'AccessDenied');
});

async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof CloudError) return error.code;
    throw error;
  }
  return 'it was done';
}

test.run();
