import type { Leftover, Remains } from '@roundtrip/engine';
import { ProblemError } from '@roundtrip/problem';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { sweep } from './sweep.ts';

/** An account in which removing works, unless the thing's ARN says `stuck`. */
function account(things: readonly Leftover[]): Remains & { left: Leftover[] } {
  const port = {
    left: [...things],
    find: async () => port.left,
    look: async (noted: Leftover) => noted,
    remove: async (leftover: Leftover) => {
      if (!leftover.arn.includes('stuck')) port.left = port.left.filter((one) => one !== leftover);
    },
  };
  return port;
}

interface Around {
  readonly retain?: readonly string[];
  readonly strangers?: readonly string[];
}

async function run(remains: Remains, { retain = [], strangers = [] }: Around = {}): Promise<string[]> {
  const lines: string[] = [];
  const log = (line: string): number => lines.push(line);
  const place = '111111111111 eu-west-1';
  const layers = ['network', 'data'];
  await sweep({
    environment: 'stage',
    place,
    retain,
    layers,
    strangers,
    remains,
    clock: { sleep: async () => {} },
    log,
  });
  return lines;
}

const groupOf = (id: string): Leftover => ({
  arn: `log group ${id}`,
  type: 'AWS::Logs::LogGroup',
  id,
  foundBy: 'name',
});
const group: Leftover = { ...groupOf('/stage-network/flow'), foundBy: 'tag' };
const bucket: Leftover = {
  arn: 'arn:aws:s3:::uploads',
  type: 'AWS::S3::Bucket',
  id: 'uploads',
  foundBy: 'tag',
  logicalId: 'Uploads',
};
const PROOF = 'no stack, no resource with its tag, none of its name, none in its ledger';

test('proves that nothing is left', async () => {
  assert.equal(await run(account([])), [`proof: nothing left of stage in 111111111111 eu-west-1: ${PROOF}`]);
});

test('removes what is safe to remove, and looks again before it says so', async () => {
  assert.equal(await run(account([group])), [
    'removed log group /stage-network/flow: a log group whose stack is gone',
    `proof: nothing left of stage in 111111111111 eu-west-1: ${PROOF}`,
  ]);
});

test('names what the env file allows to stay', async () => {
  assert.equal(await run(account([bucket]), { retain: ['Uploads'] }), [
    'kept arn:aws:s3:::uploads: named under destroy.retain; price unknown',
    '1 thing: what it costs is unknown',
    `proof: nothing left of stage in 111111111111 eu-west-1 but 1 that the env file allows to stay: ${PROOF}`,
  ]);
});

test('the final snapshot of a database that the env file names may stay', async () => {
  const arn = 'arn:aws:rds:eu-west-1:111111111111:snapshot:stage-data-snapshot-database-3qe6moxr5ecd';
  const port = account([{ arn, foundBy: 'tag' }]);
  assert.equal(
    (await run(port, { retain: ['Database'] }))[0],
    `kept ${arn}: named under destroy.retain; price unknown`,
  );
  const refused = await run(port, { retain: ['Data'] }).then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.instance(refused, ProblemError);
});

test('a group of another environment, whose name begins in the same way, stays', async () => {
  const others = ['/stage-two-network/flow', '/aws/rds/instance/stage-two-data/postgresql', '/aws/lambda/stage-import'];
  const port = account(others.map(groupOf));
  assert.equal(await run(port), [`proof: nothing left of stage in 111111111111 eu-west-1: ${PROOF}`]);
  assert.is(port.left.length, 3);
});

test('a group with such a name is not touched: it fails the proof, unless a stack beside ours has named it', async () => {
  const port = account([groupOf('/stage-data-network/flow')]);
  await run(port, { strangers: ['stage', 'stage-data-network'] });
  const failed = await run(port, { strangers: ['stage'] }).catch((error: unknown) => String(error));
  assert.is(
    failed,
    `ProblemError: stage is not gone: log group /stage-data-network/flow is left
  why: has neither the tag of the environment nor an entry in its ledger, only such a name: a person has to look
  next: remove it by hand, or add "log group /stage-data-network/flow" to destroy.retain in envs/stage.yaml; then run the same command again`,
  );
  assert.is(port.left.length, 1);
});

test('fails with everything that is left, why, and what to do about it', async () => {
  const port = account([
    bucket,
    { arn: 'arn:aws:sqs:eu-west-1:111111111111:jobs', foundBy: 'tag' },
    { arn: 'arn:aws:cloudformation:…:stack/stage-data', type: 'AWS::CloudFormation::Stack', foundBy: 'stack' },
    { ...group, arn: 'log group stuck' },
  ]);
  try {
    await run(port);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, ProblemError);
    assert.is((error as ProblemError).exitCode, 1);
    assert.is(
      (error as Error).message,
      `stage is not gone: arn:aws:s3:::uploads is left
  why: may hold data, so only a person may remove it
  next: remove it by hand, or add Uploads to destroy.retain in envs/stage.yaml; then run the same command again
stage is not gone: arn:aws:sqs:eu-west-1:111111111111:jobs is left
  why: may hold data, so only a person may remove it
  next: remove it by hand, or add "arn:aws:sqs:eu-west-1:111111111111:jobs" to destroy.retain in envs/stage.yaml; then run the same command again
stage is not gone: arn:aws:cloudformation:…:stack/stage-data is left
  why: its stack still stands
  next: run the same command again
stage is not gone: log group stuck is left
  why: a log group whose stack is gone
  next: run the same command again`,
    );
  }
});

test.run();
