import type { Leftover } from '@roundtrip/engine';
import type { LeftoverPort } from '@roundtrip/aws';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { sweep } from './sweep.ts';

/** An account in which removing works, unless the thing's ARN says `stuck`. */
function account(things: readonly Leftover[]): LeftoverPort & { left: Leftover[] } {
  const port = {
    left: [...things],
    find: async () => port.left,
    remove: async (leftover: Leftover) => {
      if (!leftover.arn.includes('stuck')) port.left = port.left.filter((one) => one !== leftover);
    },
  };
  return port;
}

async function run(port: LeftoverPort, retain: readonly string[] = []): Promise<string[]> {
  const lines: string[] = [];
  const log = (line: string): number => lines.push(line);
  await sweep({ environment: 'stage', place: '111111111111 eu-west-1', retain, port, sleep: async () => {}, log });
  return lines;
}

const group: Leftover = { arn: 'log group /stage-x', type: 'AWS::Logs::LogGroup', id: '/stage-x', foundBy: 'name' };
const bucket: Leftover = {
  arn: 'arn:aws:s3:::uploads',
  type: 'AWS::S3::Bucket',
  id: 'uploads',
  foundBy: 'tag',
  logicalId: 'Uploads',
};
const PROOF = 'no stack, no resource with its tag, no log group of its name';

test('proves that nothing is left', async () => {
  assert.equal(await run(account([])), [`proof: nothing left of stage in 111111111111 eu-west-1: ${PROOF}`]);
});

test('removes what is safe to remove, and looks again before it says so', async () => {
  assert.equal(await run(account([group])), [
    'removed log group /stage-x: a log group that was written again after its stack was gone',
    `proof: nothing left of stage in 111111111111 eu-west-1: ${PROOF}`,
  ]);
});

test('names what the env file allows to stay', async () => {
  assert.equal(await run(account([bucket]), ['Uploads']), [
    'kept arn:aws:s3:::uploads: named under destroy.retain',
    `proof: nothing left of stage in 111111111111 eu-west-1 but 1 that the env file allows to stay: ${PROOF}`,
  ]);
});

test('fails with the list of what is left and why', async () => {
  const port = account([bucket, { ...group, arn: 'log group stuck' }]);
  try {
    await run(port);
    assert.unreachable();
  } catch (error) {
    assert.is(
      (error as Error).message,
      'stage is not gone: 2 left: arn:aws:s3:::uploads (may hold data, so only a person may remove it); ' +
        'log group stuck (a log group that was written again after its stack was gone)',
    );
  }
});

test.run();
