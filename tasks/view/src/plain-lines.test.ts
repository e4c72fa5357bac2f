import type { JournalEntry, JournalEvent } from '@roundtrip/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { plainLines, type PlainOptions } from './plain-lines.ts';
import { reduce } from './reduce.ts';
import { emptyRunView } from './run-view.ts';
import { sampleJournal, type SampleOptions } from './sample-journal.ts';

function log(events: readonly JournalEvent[], options: PlainOptions = {}): string[] {
  let view = emptyRunView;
  return events.flatMap((event) => {
    view = reduce(view, event);
    return plainLines(event, view, options);
  });
}

const sample = (sampleOptions: Partial<SampleOptions>, options: PlainOptions = {}) =>
  log(sampleJournal({ services: 2, ...sampleOptions }), options);

const at = (ms: number, ...entries: JournalEntry[]): JournalEvent[] => entries.map((entry) => ({ ...entry, at: ms }));

const runStarted: JournalEntry = {
  type: 'run-started',
  run: 'r1',
  verb: 'up',
  direction: 'up',
  environment: 'demo',
  account: '111111111111',
  region: 'eu-west-1',
  cloud: 'aws',
  layers: [{ name: 'network', dependsOn: [] }],
};

test('a whole run: one line for each event that matters', () => {
  assert.equal(sample({}), [
    '+00:00 stage: up in 111111111111 eu-central-1, local cloud, 6 layers, run 20261120-180000-1a2b',
    '+00:00 ✓ account: the credentials are for 111111111111',
    '+00:00 ▶ network',
    '+00:00   stage-network: create, does not exist yet, expected 2:40',
    '+02:45   stage-network: created in 2:45 min',
    '+02:45 ✓ network done in 2:45 min: 1 created',
    '+02:46 ▶ cluster',
    '+02:47 ▶ data',
    '+02:47   stage-cluster: create, does not exist yet, expected 3:05',
    '+02:47   stage-data: create, does not exist yet, expected 7:55',
    '+05:57   stage-cluster: created in 3:10 min',
    '+05:57 ✓ cluster done in 3:10 min: 1 created',
    '+05:58 ▶ jenkins-bootstrap',
    '+05:58   stage-jenkins-bootstrap: create, does not exist yet, expected 3:25',
    '+09:28   stage-jenkins-bootstrap: created in 3:30 min',
    '+09:28 ✓ jenkins-bootstrap done in 3:30 min: 1 created',
    '+10:47   stage-data: created in 8:00 min',
    '+10:47 ✓ data done in 8:00 min: 1 created',
    '+10:48 ▶ services',
    '+10:49   stage-services-api: create, does not exist yet, expected 0:57',
    '+10:49   stage-services-web: create, does not exist yet, expected 1:34',
    '+11:51   stage-services-api: created in 1:02 min',
    '+12:28   stage-services-web: created in 1:39 min',
    '+12:28 ✓ services done in 1:39 min: 2 created',
    '+12:28 ▶ destroy',
    '+12:29 ! destroy: every stack can be deleted',
    '+12:29 ✓ destroy done in 1.5 s',
  ]);
});

test('a failure shows the resource, the reason, the cause and the commands', () => {
  assert.equal(sample({ failing: 'stage-services-web' }).slice(-10), [
    '+10:49   stage-services-web: create, does not exist yet, expected 1:34',
    '+11:38   stage-services-web: ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Service].',
    '+11:51   stage-services-api: created in 1:02 min',
    '+12:03   stage-services-web: failed after 1:14 min (ROLLBACK_COMPLETE)',
    '+12:03 ✗ stage-services-web: Service (AWS::ECS::Service)',
    '+12:03     reason  Resource handler returned message: "Error occurred during operation \'ECS Deployment Circuit Breaker was triggered\'."',
    '+12:03     cause   the tasks of the service did not stay up: the image cannot be pulled, the container exits, or its health check fails',
    '+12:03     next    aws ecs describe-services --cluster <cluster> --services <name> --query "services[].events[:5]"',
    '+12:03     next    make stage',
    '+12:03 ✗ services failed in 1:15 min: 1 created, 1 failed',
  ]);
});

test('on GitHub a layer that runs alone is a group, the output of a hook elsewhere, and a failure an annotation', () => {
  assert.equal(sample({ hooks: true, failing: 'stage-services-web' }, { github: true }), [
    '+00:00 stage: up in 111111111111 eu-central-1, local cloud, 6 layers, run 20261120-180000-1a2b',
    '+00:00 ✓ account: the credentials are for 111111111111',
    '::group::network',
    '+00:00 ▶ network',
    '+00:00   stage-network: create, does not exist yet, expected 2:40',
    '+02:45   stage-network: created in 2:45 min',
    '::endgroup::',
    '+02:45 ✓ network done in 2:45 min: 1 created',
    '+02:46 ▶ cluster',
    '+02:47 ▶ data',
    '+02:47   stage-cluster: create, does not exist yet, expected 3:05',
    '+02:47   stage-data: create, does not exist yet, expected 7:55',
    '+05:57   stage-cluster: created in 3:10 min',
    '+05:57   cluster after-up: started',
    '+05:58 ▶ jenkins-bootstrap',
    '+05:58   stage-jenkins-bootstrap: create, does not exist yet, expected 3:25',
    '::group::cluster after-up, 2 lines',
    'waiting until every task is healthy',
    'all tasks are healthy',
    '::endgroup::',
    '+06:12   cluster after-up: done in 15 s',
    '+06:12 ✓ cluster done in 3:25 min: 1 created',
    '+09:28   stage-jenkins-bootstrap: created in 3:30 min',
    '+09:28   jenkins-bootstrap after-up: started',
    '::group::jenkins-bootstrap after-up, 2 lines',
    'waiting until every task is healthy',
    'all tasks are healthy',
    '::endgroup::',
    '+09:43   jenkins-bootstrap after-up: done in 15 s',
    '+09:43 ✓ jenkins-bootstrap done in 3:45 min: 1 created',
    '+10:47   stage-data: created in 8:00 min',
    '+10:47   data after-up: started',
    '+10:48 ▶ services',
    '+10:49   stage-services-api: create, does not exist yet, expected 0:57',
    '+10:49   stage-services-web: create, does not exist yet, expected 1:34',
    '::group::data after-up, 2 lines',
    'waiting until every task is healthy',
    'all tasks are healthy',
    '::endgroup::',
    '+11:02   data after-up: done in 15 s',
    '+11:02 ✓ data done in 8:15 min: 1 created',
    '+11:38   stage-services-web: ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Service].',
    '+11:51   stage-services-api: created in 1:02 min',
    '+12:03   stage-services-web: failed after 1:14 min (ROLLBACK_COMPLETE)',
    '+12:03 ✗ stage-services-web: Service (AWS::ECS::Service)',
    '+12:03     reason  Resource handler returned message: "Error occurred during operation \'ECS Deployment Circuit Breaker was triggered\'."',
    '+12:03     cause   the tasks of the service did not stay up: the image cannot be pulled, the container exits, or its health check fails',
    '+12:03     next    aws ecs describe-services --cluster <cluster> --services <name> --query "services[].events[:5]"',
    '+12:03     next    make stage',
    '::error file=packages/services/layer.ts,title=stage-services-web%3A Service (AWS%3A%3AECS%3A%3AService)::reason: Resource handler returned message: "Error occurred during operation \'ECS Deployment Circuit Breaker was triggered\'."%0Acause: the tasks of the service did not stay up: the image cannot be pulled, the container exits, or its health check fails%0Anext: aws ecs describe-services --cluster <cluster> --services <name> --query "services[].events[:5]"%0Anext: make stage',
    '+12:03 ✗ services failed in 1:15 min: 1 created, 1 failed',
  ]);
});

test('stacks that stay as they are are counted in the line of their layer', () => {
  const plan = (stack: string): JournalEntry => {
    return { type: 'step-planned', layer: 'network', stack, kind: 'skip', reason: 'same', dependsOn: [] };
  };
  const done = (stack: string): JournalEntry => ({ type: 'step-finished', stack, outcome: 'unchanged', elapsedMs: 0 });
  const events = [
    ...at(0, runStarted, { type: 'layer-started', layer: 'network' }, plan('demo-network'), plan('demo-network-b')),
    ...at(40, done('demo-network'), done('demo-network-b'), {
      type: 'layer-finished',
      layer: 'network',
      outcome: 'done',
    }),
  ];
  assert.equal(log(events), [
    '+00:00 up demo: up in 111111111111 eu-west-1, 1 layer, run r1',
    '+00:00 ▶ network',
    '+00:00 ✓ network done in 0.0 s: 2 unchanged',
  ]);
});

test('a refused stack says why', () => {
  const plan: JournalEntry = {
    type: 'step-planned',
    layer: 'network',
    stack: 'demo-network',
    kind: 'refuse',
    reason: 'it belongs to somebody else',
    dependsOn: [],
  };
  const done: JournalEntry = { type: 'step-finished', stack: 'demo-network', outcome: 'refused', elapsedMs: 0 };
  assert.equal(log(at(0, runStarted, plan, done)).slice(1), [
    '+00:00   demo-network: refused, it belongs to somebody else',
  ]);
});

test('what becomes of the lease', () => {
  const lease = (what: 'waiting' | 'taken' | 'taken-over' | 'lost' | 'released', detail: string): JournalEntry => ({
    type: 'lease',
    what,
    detail,
  });
  const events = at(
    0,
    lease('waiting', 'run r0 of me: for up to 10:00 min'),
    lease('taken', 's3://bucket/leases/demo.json'),
    lease('taken-over', 'from run r0 of me: that process has ended'),
    lease('lost', 'run r2 of\u001b[31m you has it now'),
    lease('released', 's3://bucket/leases/demo.json'),
  );
  assert.equal(log(events), [
    '+00:00 ! lease: waiting for run r0 of me: for up to 10:00 min',
    '+00:00 ✓ lease: taken, s3://bucket/leases/demo.json',
    '+00:00 ! lease: taken over from run r0 of me: that process has ended',
    '+00:00 ✗ lease: lost: run r2 of you has it now',
    '+00:00 ✓ lease: given back, s3://bucket/leases/demo.json',
  ]);
});

test('what is tried again, cleared away and left behind', () => {
  const stack = 'stage-data';
  const bucket = { resource: 'Files', resourceType: 'AWS::S3::Bucket', physicalId: 'stage-files' };
  const retry = { type: 'retry', stack, operation: 'CreateStack', class: 'throttle', reason: 'Rate exceeded' } as const;
  const events = at(
    0,
    runStarted,
    { ...retry, pauseMs: 500 },
    { type: 'cleared', stack, what: 'bucket stage-files holds 12 objects' },
    { type: 'orphaned', stack, ...bucket, reason: 'Access Denied' },
  );
  assert.equal(log(events).slice(1), [
    '+00:00 ! stage-data: CreateStack again in 0.5 s, Rate exceeded',
    '+00:00   stage-data: cleared away: bucket stage-files holds 12 objects',
    '+00:00 ! stage-data: left in the account: AWS::S3::Bucket stage-files (Files), Access Denied',
  ]);
});

test('notices, interruptions and hooks that fail', () => {
  const hook = { layer: 'network', hook: 'before-up' } as const;
  const events = [
    ...at(0, runStarted, { type: 'hook-started', ...hook }),
    ...at(500, { type: 'hook-output', ...hook, line: '\u001b[31mno\u001b[0m ::error::x\r' }),
    ...at(900, { type: 'hook-finished', ...hook, outcome: 'failed', detail: 'exit code 2\nand more' }),
    ...at(
      61_000,
      { type: 'notice', layer: 'network', text: 'a role is missing' },
      { type: 'notice', text: 'so be it' },
    ),
    ...at(3_661_000, { type: 'interrupted', signal: 'SIGTERM' }),
  ];
  assert.equal(log(events).slice(1), [
    '+00:00   network before-up: started',
    '+00:00   network before-up | no ::error::x',
    '+00:00 ✗ network before-up: failed after 0.9 s: exit code 2 and more',
    '+01:01 ! network: a role is missing',
    '+01:01 ! so be it',
    '+1:01:01 ! interrupted by SIGTERM: nothing new is started',
  ]);
  assert.equal(log(events, { github: true }).slice(2, 7), [
    '::group::network before-up, 1 line',
    'no ::error::x',
    '::endgroup::',
    '+00:00 ✗ network before-up: failed after 0.9 s: exit code 2 and more',
    '::error file=packages/network/hooks/before-up.ts,title=network before-up failed::exit code 2 and more',
  ]);
});

test('text from a hook never becomes a command of GitHub', () => {
  const hook = { layer: 'network', hook: 'before-up' } as const;
  const lines = log(
    at(
      0,
      runStarted,
      { type: 'hook-started', ...hook },
      { type: 'hook-output', ...hook, line: ' ::set-env name=A::b' },
      { type: 'hook-finished', ...hook, outcome: 'done' },
    ),
    { github: true },
  );
  assert.is(lines[3], ' : :set-env name=A::b');
});

test('colour only where it is asked for', () => {
  assert.not.match(sample({ failing: 'stage-services-web', hooks: true }).join('\n'), /\u001b/);
  assert.is(
    sample({}, { color: true })[1],
    '\u001b[2m+00:00 \u001b[22m\u001b[32m✓ \u001b[39maccount: the credentials are for 111111111111',
  );
});

test.run();
