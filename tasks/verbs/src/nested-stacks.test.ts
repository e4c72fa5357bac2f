import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { SampleShape } from '@roundtrip/sample-project';
import type { StatusView } from '@roundtrip/view';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { outcomes, writes } from './test-journal.ts';
import { openTestProject, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';

const ACCOUNT = '333333333333';
const SHAPE: SampleShape = {
  layers: { network: [], data: ['network'], destroy: ['data', 'network'] },
  stacks: [stack('network', ''), stack('data', '')],
};
const NETWORK = {
  Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
  Outputs: { Id: { Value: { Ref: 'Topic' }, Export: { Name: 'demo-topic' } } },
};
const CHILD = JSON.stringify({
  Resources: {
    Said: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { 'Fn::ImportValue': 'demo-topic' } } },
  },
});
const TemplateURL = 'https://templates.s3.eu-west-1.amazonaws.com/child.json';
const nested = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL } };

let project: TestProject;
let s3: S3Client;
test.before(async () => {
  project = await openTestProject(SHAPE);
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'local' };
  s3 = new S3Client({ region: 'eu-west-1', endpoint: project.endpoint, credentials, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'templates' }));
  await put('child.json', CHILD);
  project.write('packages/network/templates/network.json', JSON.stringify(NETWORK));
  project.write('packages/data/templates/data.json', JSON.stringify({ Resources: { Child: nested } }));
});
test.after(() => project.close());

const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket: 'templates', Key, Body }));
const run = (direction: 'up' | 'down') => project.verb('run', [direction, '--env', 'demo']);

/** The names of stacks, without what CloudFormation appends to those of nested ones. */
async function standing(): Promise<string[]> {
  const stacks = await project.stacks(ACCOUNT);
  return stacks.map(({ StackName = '' }) => StackName.replace(/-[A-Z0-9]{12}$/, '')).sort();
}

async function ofStatus(): Promise<readonly string[]> {
  const view = JSON.parse((await project.verb('status', ['--json'])).stdout) as StatusView;
  return (view.environments[0]?.stacks ?? []).map(({ name }) => name.replace(/-[A-Z0-9]{12}$/, ''));
}

test('a second run leaves nested stacks alone, and they are shown as part of their parent', async () => {
  assert.is((await run('up')).code, 0);
  const all = ['demo-data', 'demo-data-Child', 'demo-network'];
  assert.equal(await standing(), all);
  const again = await run('up');
  assert.is(again.code, 0, again.stdout + again.stderr);
  assert.equal(outcomes(project.lastJournal('demo')), { 'demo-data': 'unchanged', 'demo-network': 'unchanged' });
  assert.equal(await standing(), all);
  assert.equal(await ofStatus(), ['demo-data', 'demo-network']);
});

test('a teardown deletes a nested stack with its parent, and what it imports is in nobody’s way', async () => {
  const down = await run('down');
  assert.is(down.code, 0, down.stdout + down.stderr);
  assert.equal(writes(project.lastJournal('demo')), ['DeleteStack demo-data', 'DeleteStack demo-network']);
  assert.equal(await standing(), []);
});

test('a nested stack that its parent has left is no part of a plan, and is seen as left over', async () => {
  const child = { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } };
  await put('kept.json', JSON.stringify(child));
  const Child = {
    ...{ Type: 'AWS::CloudFormation::Stack', DeletionPolicy: 'Retain' },
    Properties: { TemplateURL: TemplateURL.replace('child', 'kept') },
  };
  project.write('packages/data/templates/data.json', JSON.stringify({ Resources: { Child } }));
  assert.is((await run('up')).code, 0);
  assert.is((await run('down')).code, 0);
  assert.equal(await standing(), ['demo-data-Child']);
  assert.equal(await ofStatus(), ['demo-data-Child']);
  const again = await run('down');
  assert.equal([again.code, writes(project.lastJournal('demo'))], [0, []]);
  const sweep = await project.verb('sweep', ['--env', 'demo']);
  assert.is(sweep.code, 0);
  const left = 'left arn:aws:cloudformation:eu-west-1:333333333333:stack/demo-data-Child-';
  assert.is(sweep.stdout.split('\n')[1]?.slice(0, left.length), left);
  assert.match(sweep.stdout, /: may hold data, so only a person may remove it; price unknown\n1 thing: /);
});

test.run();
