import type { JournalEntry, JournalEvent } from '@roundtrip/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { reduceAll } from './reduce.ts';
import { emptyRunView } from './run-view.ts';
import { sampleJournal } from './sample-journal.ts';
import { summary } from './summary.ts';

const files = {
  journalFile: '.roundtrip/runs/stage/20261120-180000-1a2b.jsonl',
  timelineFile: '.roundtrip/runs/stage/20261120-180000-1a2b.html',
};

const at = (ms: number, ...entries: JournalEntry[]): JournalEvent[] => entries.map((entry) => ({ ...entry, at: ms }));

const finished = (exitCode: number, calls: Record<string, number> = {}): JournalEntry => {
  return { type: 'run-finished', exitCode, wallMs: 1_234_000, calls, throttled: 3 };
};

test('a run that is done', () => {
  assert.equal(summary(reduceAll(sampleJournal({ services: 40 })), files), [
    'stage done in 14:13 min',
    '  stacks         44 created',
    '  critical path  14:04 min (expected 13:44 min): stage-network → stage-data → stage-services-prices → stage-services-carts',
    '  API calls      216, 4.9 per stack, 0 throttled',
    '                 DescribeStacks 171, CreateStack 44, GetCallerIdentity 1',
    '  journal        .roundtrip/runs/stage/20261120-180000-1a2b.jsonl',
    '  timeline       .roundtrip/runs/stage/20261120-180000-1a2b.html',
  ]);
});

test('a run in which a stack failed', () => {
  assert.equal(summary(reduceAll(sampleJournal({ services: 5, failing: 'stage-data' })), files), [
    'stage failed after 9:29 min',
    '  stacks         3 created, 1 failed, 5 not started',
    '  not reached    services, destroy',
    '  critical path  9:25 min (expected 9:10 min): stage-network → stage-cluster → stage-jenkins-bootstrap',
    '  API calls      124, 13.8 per stack, 0 throttled',
    '                 DescribeStacks 114, CreateStack 9, GetCallerIdentity 1',
    '  journal        .roundtrip/runs/stage/20261120-180000-1a2b.jsonl',
    '  timeline       .roundtrip/runs/stage/20261120-180000-1a2b.html',
    '',
    '✗ stage-data: Service (AWS::ECS::Service)',
    '  reason  Resource handler returned message: "Error occurred during operation \'ECS Deployment Circuit Breaker was triggered\'."',
    '  cause   the tasks of the service did not stay up: the image cannot be pulled, the container exits, or its health check fails',
    '  next    aws ecs describe-services --cluster <cluster> --services <name> --query "services[].events[:5]"',
    '  next    make stage',
  ]);
});

test('a run that was stopped for what is no stack’s fault', () => {
  const stopped: JournalEntry = {
    type: 'stopped',
    code: 'credentials-ended',
    what: 'AWS no longer takes these credentials, and asking for new ones has not helped',
    reason: 'The security token included in the request is expired (ExpiredToken)',
    next: 'sign in again (for instance: aws sso login), then type: make stage',
  };
  assert.equal(summary(reduceAll(at(0, stopped, finished(1))), { ...files, copy: 's3://b/journals/stage/r.jsonl' }), [
    'run failed after 20:34 min',
    '  stacks         none',
    '  API calls      0, 3 throttled',
    '  journal        .roundtrip/runs/stage/20261120-180000-1a2b.jsonl',
    '  copy           s3://b/journals/stage/r.jsonl',
    '  timeline       .roundtrip/runs/stage/20261120-180000-1a2b.html',
    '',
    '✗ AWS no longer takes these credentials, and asking for new ones has not helped',
    '  reason  The security token included in the request is expired (ExpiredToken)',
    '  next    sign in again (for instance: aws sso login), then type: make stage',
  ]);
});

test('each kind of end has its words', () => {
  const first = (...entries: JournalEntry[]) => summary(reduceAll(at(0, ...entries)))[0];
  assert.is(first(finished(0)), 'run done in 20:34 min');
  assert.is(first(finished(1)), 'run failed after 20:34 min');
  assert.is(first(finished(2)), 'run stopped by bad input after 20:34 min');
  assert.is(first(finished(3)), 'run refused by a guard after 20:34 min');
  assert.is(
    first({ type: 'interrupted', signal: 'SIGINT' }, finished(130)),
    'run interrupted by SIGINT after 20:34 min',
  );
  assert.is(summary(emptyRunView)[0], 'run did not finish');
});

test('every outcome is counted, and what is still in flight', () => {
  const kinds = [
    'created',
    'updated',
    'recreated',
    'deleted',
    'unchanged',
    'failed',
    'refused',
    'not-started',
  ] as const;
  const events = kinds.flatMap((outcome): JournalEntry[] => [
    { type: 'step-planned', layer: 'a', stack: outcome, kind: 'update', reason: '', dependsOn: [] },
    { type: 'step-finished', stack: outcome, outcome, elapsedMs: 0 },
  ]);
  const flying: JournalEntry[] = [
    { type: 'step-planned', layer: 'a', stack: 'x', kind: 'update', reason: '', dependsOn: [] },
    { type: 'step-started', stack: 'x' },
  ];
  assert.equal(
    summary(reduceAll(at(0, ...events, ...flying, finished(1, { DescribeStacks: 12_000, UpdateStack: 6 })))),
    [
      'run failed after 20:34 min',
      '  stacks         1 created, 1 updated, 1 recreated, 1 deleted, 1 unchanged, 1 failed, 1 refused, 1 not started, 1 still in flight',
      '  API calls      12,006, 1334.0 per stack, 3 throttled',
      '                 DescribeStacks 12,000, UpdateStack 6',
    ],
  );
});

test('a hook that failed shows its reason and its last lines', () => {
  const hook = { layer: 'data', hook: 'before-down' } as const;
  const lines = [1, 2, 3, 4, 5, 6, 7].map((number): JournalEntry => ({
    type: 'hook-output',
    ...hook,
    line: `line ${number}`,
  }));
  const view = reduceAll(
    at(
      0,
      { type: 'hook-started', ...hook },
      ...lines,
      { type: 'hook-finished', ...hook, outcome: 'failed', detail: 'exit code 1' },
      finished(1),
    ),
  );
  assert.equal(summary(view).slice(3), [
    '',
    '✗ data: hook before-down failed',
    '  reason  exit code 1',
    '  | … 2 earlier lines',
    '  | line 3',
    '  | line 4',
    '  | line 5',
    '  | line 6',
    '  | line 7',
  ]);
});

test('a lost lease is named with who has it and what to type; one that was given back is not', () => {
  const lost: JournalEntry = { type: 'lease', what: 'lost', detail: 'run r2 has it now', next: 'type: make stage' };
  assert.equal(summary(reduceAll(at(0, lost, finished(1)))).slice(3), [
    '',
    '✗ the lease was lost',
    '  reason  run r2 has it now',
    '  next    type: make stage',
  ]);
  const released: JournalEntry = { type: 'lease', what: 'released', detail: 's3://bucket/leases/demo.json' };
  assert.equal(summary(reduceAll(at(0, released, finished(0)))).slice(3), []);
});

test('the cause and the command of the journal go before those of the table', () => {
  const failure: JournalEntry = {
    type: 'failure',
    stack: 'stage-a',
    reason: 'Rate exceeded',
    cause: 'too much of everything',
    next: 'aws cloudformation describe-stacks --stack-name <stack>',
  };
  assert.equal(summary(reduceAll(at(0, failure, finished(1)))).slice(3), [
    '',
    '✗ stage-a',
    '  reason  Rate exceeded',
    '  cause   too much of everything',
    '  next    aws cloudformation describe-stacks --stack-name stage-a',
  ]);
});

test.run();
