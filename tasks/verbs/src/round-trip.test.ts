import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { assertOrder, edgesUp, eventsOf, outcomes, writes } from './test-journal.ts';
import { ENV_FILE, openTestProject, runFilesOf, type TestProject } from './test-project.ts';
import { DIAMOND } from './test-shape.ts';

const STACKS = ['cluster', 'data', 'network', 'services-api', 'services-cron', 'services-web', 'services-worker'];

let project: TestProject;
test.before(async () => {
  project = await openTestProject(DIAMOND);
  project.write('envs/other.yaml', ENV_FILE.replace('333333333333', '444444444444'));
});
test.after(() => project.close());

const up = ['up', '--env', 'demo'];

test('two environments are built at once, each in its own account', async () => {
  const [demo, other] = await Promise.all([project.verb('run', up), project.verb('run', ['up', '--env', 'other'])]);
  assert.is(demo.stderr, '');
  assert.is(demo.code, 0);
  assert.is(other.code, 0);
  for (const [account, environment] of [
    ['333333333333', 'demo'],
    ['444444444444', 'other'],
  ] as const) {
    const stacks = await project.stacks(account);
    assert.equal(
      stacks.map((one) => one.StackName).sort(),
      STACKS.map((name) => `${environment}-${name}`),
    );
    assert.ok(stacks.every((one) => one.StackStatus === 'CREATE_COMPLETE'));
    assertOrder(project.lastJournal(environment), edgesUp(DIAMOND, environment));
  }
  const [, end] = demo.stdout.split('\n\n');
  assert.match(end!, /^up demo done in [\d.]+ s\n  stacks         7 created\n  critical path  /);
});

test('every run leaves a journal, a picture and what turbo printed', () => {
  const [picture, journal, turbo] = runFilesOf(project.root, 'demo');
  const run = eventsOf(project.lastJournal('demo'), 'run-started')[0]!.run;
  assert.equal([picture, journal, turbo], [`${run}.html`, `${run}.jsonl`, `${run}.turbo.log`]);
  assert.match(project.read(`.roundtrip/runs/demo/${run}.html`), /<svg[\s\S]*demo-services-web/);
});

test('with nothing to change a run writes nothing, calls little and does not start turbo', async () => {
  const again = await project.verb('run', up);
  assert.is(again.code, 0);
  const journal = project.lastJournal('demo');
  assert.equal(writes(journal), []);
  const end = eventsOf(journal, 'run-finished')[0]!;
  assert.equal(end.calls, { GetCallerIdentity: 1, DescribeStacks: 1 });
  const { run } = eventsOf(journal, 'run-started')[0]!;
  assert.equal(
    runFilesOf(project.root, 'demo').filter((name) => name.startsWith(run)),
    [`${run}.html`, `${run}.jsonl`],
  );
  const [, summary] = again.stdout.split('\n\n');
  assert.equal(
    summary!
      .replace(/in [\d.]+ s/, 'in 0.2 s')
      .split('\n')
      .slice(0, 4),
    [
      'up demo done in 0.2 s',
      '  stacks         7 unchanged',
      '  API calls      2, 0.3 per stack, 0 throttled',
      '                 DescribeStacks 1, GetCallerIdentity 1',
    ],
  );
});

test('one changed setting updates exactly one stack', async () => {
  project.write('envs/demo.yaml', `${ENV_FILE}data:\n  setting: second\n`);
  const changed = await project.verb('run', up);
  assert.is(changed.code, 0);
  const journal = project.lastJournal('demo');
  assert.equal(writes(journal), ['UpdateStack demo-data']);
  const others = STACKS.filter((name) => name !== 'data').map((name) => [`demo-${name}`, 'unchanged']);
  assert.equal(outcomes(journal), { ...Object.fromEntries(others), 'demo-data': 'updated' });
  const data = (await project.stacks('333333333333')).find((one) => one.StackName === 'demo-data');
  assert.is(data?.StackStatus, 'UPDATE_COMPLETE');
  assert.is(data?.Parameters?.find((one) => one.ParameterKey === 'Setting')?.ParameterValue, 'second');
});

test('down takes away everything in the reverse order, and nothing of the other environment', async () => {
  const before = await project.stacks('444444444444');
  const down = await project.verb('run', ['down', '--env', 'demo']);
  assert.is(down.stderr, '');
  assert.is(down.code, 0);
  const journal = project.lastJournal('demo');
  assertOrder(
    journal,
    edgesUp(DIAMOND, 'demo').map(([first, second]) => [second, first]),
  );
  assert.equal(outcomes(journal), Object.fromEntries(STACKS.map((name) => [`demo-${name}`, 'deleted'])));
  assert.equal(eventsOf(journal, 'layer-finished').at(-1)?.layer, 'destroy');
  assert.equal(await project.stacks('333333333333'), []);
  assert.equal(await project.stacks('444444444444'), before);
});

test('down once more finds nothing to do and says so', async () => {
  const down = await project.verb('run', ['down', '--env', 'demo']);
  assert.is(down.code, 0);
  assert.equal(writes(project.lastJournal('demo')), []);
  assert.match(down.stdout, /\n {2}stacks {9}none\n/);
});

test.run();
