import {
  CloudFormationClient,
  DescribeStacksCommand,
  UpdateStackCommand,
  type UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { SampleShape } from '@roundtrip/sample-project';
import { eventsOf, outcomes, writes } from './test-journal.ts';
import { ENV_FILE, openTestProject, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';
import { until } from './test-until.ts';

const ACCOUNT = '333333333333';
const SHAPE: SampleShape = {
  layers: { data: [] },
  stacks: [stack('data', '', { hasSetting: true, updateSeconds: 600 })],
};
const UP = ['up', '--env', 'demo'];

let project: TestProject;
let client: CloudFormationClient;
test.before(async () => {
  project = await openTestProject(SHAPE);
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'local' };
  client = new CloudFormationClient({ region: 'eu-west-1', endpoint: project.endpoint, credentials });
  assert.is((await project.verb('run', UP)).code, 0);
});
test.after(() => project.close());

/** As by `aws cloudformation update-stack --use-previous-template`: the tags stay. Tried until the stack may be updated. */
async function updateByHand(value: string): Promise<void> {
  const input: UpdateStackCommandInput = {
    ...{ StackName: 'demo-data', UsePreviousTemplate: true },
    Parameters: [{ ParameterKey: 'Setting', ParameterValue: value }],
  };
  for (let attempt = 0; attempt < 400; attempt += 1) {
    try {
      await client.send(new UpdateStackCommand(input));
      return;
    } catch (error) {
      assert.match(String(error), 'can not be updated');
      await delay(20);
    }
  }
  assert.unreachable('the stack can be updated within some seconds');
}

async function setting(): Promise<string | undefined> {
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'demo-data' }));
  return Stacks?.[0]?.Parameters?.[0]?.ParameterValue;
}

test('a stack that somebody updates by hand while a run waits for it is reported and set right', async () => {
  project.write('envs/demo.yaml', `${ENV_FILE}data:\n  setting: second\n`);
  const before = project.journals('demo').length;
  const { ended } = project.start('run', UP);
  const journal = () => project.journals('demo')[before] ?? [];
  await until(() => eventsOf(journal(), 'state').some(({ status }) => status === 'UPDATE_IN_PROGRESS'));
  // The run cannot look, so that it does not see the end of its own update before the other one begins.
  await project.faults([{ fault: 'throttle', operation: 'DescribeStacks' }]);
  await updateByHand('by hand');
  await project.faults([]);
  const run = await ended;
  assert.is(run.stderr, '');
  assert.is(run.code, 0);
  const text = 'demo-data was updated by somebody else while this run waited for it; it is updated once more';
  assert.match(run.stdout, ` ! ${text}\n`);
  assert.equal(writes(journal()), ['UpdateStack demo-data', 'UpdateStack demo-data']);
  assert.equal(outcomes(journal()), { 'demo-data': 'updated' });
  assert.is(await setting(), 'second');
  assert.is((await project.verb('run', UP)).code, 0);
  assert.equal(writes(project.lastJournal('demo')), []);
});

test.run();
