import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventsOf, outcomes, writes } from './test-journal.ts';
import { openTestProject, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';

const ACCOUNT = '333333333333';
const UP = ['up', '--env', 'demo'];
const OLD = 'packages/one/dist/layer.js';
const TOPIC = { Type: 'AWS::SNS::Topic' };
const EXPORTING = { Resources: { Topic: TOPIC }, Outputs: { Id: { Value: 'x', Export: { Name: 'demo-old-id' } } } };
const IMPORTING = {
  Resources: {
    Topic: { ...TOPIC, Properties: { DisplayName: { 'Fn::ImportValue': 'demo-old-id' } } },
  },
};

let project: TestProject;
test.before(async () => {
  project = await openTestProject({
    layers: { one: [], two: ['one'] },
    stacks: [stack('one', ''), stack('one', 'old'), stack('two', '')],
  });
  project.write('packages/one/templates/old.json', JSON.stringify(EXPORTING));
  project.write('packages/two/templates/two.json', JSON.stringify(IMPORTING));
  assert.is((await project.verb('run', UP)).code, 0);
  const layer = readFileSync(join(project.root, OLD), 'utf8').split('\n');
  project.write(OLD, layer.filter((line) => !line.includes('"name":"old"')).join('\n'));
});
test.after(() => project.close());

async function standing(): Promise<string[]> {
  return (await project.stacks(ACCOUNT)).map(({ StackName = '' }) => StackName).sort();
}

test('where a layer fails, what is no longer wanted is not begun', async () => {
  const broken = { Resources: { Topic: { ...TOPIC, Properties: { DisplayName: { Ref: 'AWS::NoValue' }, No: 1 } } } };
  project.write('packages/two/templates/two.json', JSON.stringify(broken));
  const up = await project.verb('run', UP);
  assert.is(up.code, 1);
  assert.equal(outcomes(project.lastJournal('demo')), {
    'demo-one': 'unchanged',
    'demo-one-old': 'not-started',
    'demo-two': 'failed',
  });
  assert.equal(await standing(), ['demo-one', 'demo-one-old', 'demo-two']);
});

test('what is no longer wanted goes when nothing of another layer uses it any more, in the same run', async () => {
  project.write('packages/two/templates/two.json', JSON.stringify({ Resources: { Topic: TOPIC } }));
  const up = await project.verb('run', UP);
  assert.is(up.code, 0, up.stdout + up.stderr);
  const journal = project.lastJournal('demo');
  assert.equal(outcomes(journal), { 'demo-one': 'unchanged', 'demo-one-old': 'deleted', 'demo-two': 'updated' });
  assert.equal(writes(journal), ['DeleteStack demo-one-old', 'UpdateStack demo-two']);
  const order = eventsOf(journal, 'step-finished').map((event) => event.stack);
  assert.ok(order.indexOf('demo-two') < order.indexOf('demo-one-old'));
  assert.equal(await standing(), ['demo-one', 'demo-two']);
});

test.run();
