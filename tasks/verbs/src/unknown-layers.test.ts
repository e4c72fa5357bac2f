import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, DeleteStackCommand, waitUntilStackDeleteComplete } from '@aws-sdk/client-cloudformation';
import type { SampleShape } from '@roundtrip/sample-project';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventsOf, outcomes } from './test-journal.ts';
import { openTestProject, runFilesOf, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';

const ACCOUNT = '333333333333';
const SHAPE: SampleShape = {
  layers: { network: [], search: ['network'], destroy: ['network'] },
  stacks: [stack('network', ''), stack('search', '', { reads: ['network'] })],
};
const NOTICE = '1 stack of demo belongs to no layer of this checkout and may cost money: demo-search (search)';

let project: TestProject;
test.before(async () => {
  project = await openTestProject(SHAPE);
  assert.is((await project.verb('run', ['up', '--env', 'demo'])).code, 0);
  rmSync(join(project.root, 'packages/search'), { recursive: true });
  // As make sync leaves it.
  const file = 'packages/network/turbo.json';
  project.write(file, project.read(file).replace(/,\s*"@sample\/search#down"/, ''));
});
test.after(() => project.close());

const standing = async () => (await project.stacks(ACCOUNT)).map(({ StackName }) => StackName).sort();

test('on the way up the stacks of a layer that was removed are named and left alone', async () => {
  const up = await project.verb('run', ['up', '--env', 'demo']);
  assert.is(up.code, 0, up.stdout + up.stderr);
  assert.match(up.stdout, NOTICE);
  const journal = project.lastJournal('demo');
  assert.equal(
    eventsOf(journal, 'notice').map(({ text }) => text),
    [NOTICE],
  );
  assert.equal(outcomes(journal), { 'demo-network': 'unchanged' });
  const plan = await project.verb('plan', ['up', '--env', 'demo']);
  assert.equal(plan.stdout.trimEnd().split('\n').slice(-2), [
    'nothing to do: 1 stack is as it should be',
    `! ${NOTICE}`,
  ]);
  assert.equal(await standing(), ['demo-network', 'demo-search']);
});

test('a teardown is refused before it leaves them standing on nothing, and goes on once they are gone', async () => {
  const files = runFilesOf(project.root, 'demo');
  const refused = `Refused: stack demo-search belongs to layer search, which this checkout does not have
  why: the teardown would leave it standing, and delete what it may stand on; so far nothing has been deleted
  next: check out the commit before the one that git log -1 -- packages/search shows, and type there: make down ENV=demo; or delete it by hand: aws cloudformation delete-stack --stack-name demo-search && aws cloudformation wait stack-delete-complete --stack-name demo-search; then type: make down ENV=demo
`;
  for (const verb of ['run', 'plan']) {
    const down = await project.verb(verb, ['down', '--env', 'demo']);
    assert.equal([down.code, down.stdout, down.stderr], [3, '', refused]);
  }
  assert.equal(runFilesOf(project.root, 'demo'), files);
  assert.equal(await standing(), ['demo-network', 'demo-search']);
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'local' };
  const client = new CloudFormationClient({ region: 'eu-west-1', endpoint: project.endpoint, credentials });
  await client.send(new DeleteStackCommand({ StackName: 'demo-search' }));
  const patience = { client, maxWaitTime: 20, minDelay: 1, maxDelay: 1 };
  await waitUntilStackDeleteComplete(patience, { StackName: 'demo-search' });
  const down = await project.verb('run', ['down', '--env', 'demo']);
  assert.is(down.code, 0, down.stdout + down.stderr);
  assert.equal(await standing(), []);
});

test.run();
