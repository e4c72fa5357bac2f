import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SampleShape } from '@roundtrip/sample-project';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventsOf, outcomes, writes } from './test-journal.ts';
import { ENV_FILE, openTestProject, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';

const SHAPE: SampleShape = { layers: { base: [], app: ['base'] }, stacks: [stack('base', ''), stack('app', '')] };

/** A file system is there at once in express mode; its mount target can be used a minute later. */
const FILES = {
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' } },
    Files: { Type: 'AWS::EFS::FileSystem' },
    Mount: {
      Type: 'AWS::EFS::MountTarget',
      Properties: {
        FileSystemId: { Ref: 'Files' },
        SubnetId: { Ref: 'Subnet' },
        SecurityGroups: [{ 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] }],
      },
    },
  },
};

let project: TestProject;
test.before(async () => {
  project = await openTestProject(SHAPE);
  project.write('packages/base/templates/base.json', JSON.stringify(FILES));
  project.write('envs/demo.yaml', `${ENV_FILE}mode: express\n`);
});
test.after(() => project.close());

const up = () => project.verb('run', ['up', '--env', 'demo']);

test('in express mode a run waits for what others build on, before it begins with them', async () => {
  const { code, stdout } = await up();
  assert.is(code, 0, stdout);
  const journal = project.lastJournal('demo');
  assert.equal(outcomes(journal), { 'demo-base': 'created', 'demo-app': 'created' });
  assert.equal(
    eventsOf(journal, 'readiness').map(({ stack: name, what, detail }) => `${name} ${what}: ${detail}`),
    ['demo-base waiting: Mount', 'demo-base ready: Mount'],
  );
  const places = journal.map((event) => [event.type, 'stack' in event ? event.stack : ''].join(' '));
  assert.ok(places.lastIndexOf('readiness demo-base') < places.indexOf('step-started demo-app'));
  assert.match(stdout, / {2}demo-base: complete, waits until ready: Mount\n/);
});

test('what was seen ready is not asked about again; where that was forgotten it is, and nothing is written', async () => {
  assert.is((await up()).code, 0);
  const [end] = eventsOf(project.lastJournal('demo'), 'run-finished');
  assert.equal(end?.calls, { DescribeStacks: 1, GetCallerIdentity: 1 });

  rmSync(join(project.root, '.roundtrip/ready'), { recursive: true });
  const plan = await project.verb('plan', ['up', '--env', 'demo']);
  assert.match(plan.stdout, /wait.*demo-base|demo-base.*wait/);
  assert.is((await up()).code, 0);
  const journal = project.lastJournal('demo');
  assert.equal(writes(journal), []);
  assert.equal(outcomes(journal), { 'demo-base': 'unchanged', 'demo-app': 'unchanged' });
  assert.is(eventsOf(journal, 'readiness').length, 2);
});

test.run();
