import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { statusLines } from './status-lines.ts';
import type { StatusView } from './status-view.ts';

const HOUR_MS = 3_600_000;
const nowMs = Date.UTC(2026, 10, 20, 18);

const status: StatusView = {
  nowMs,
  environments: [
    {
      name: 'stage',
      account: '111111111111',
      region: 'eu-central-1',
      cloud: 'local',
      protect: false,
      reachable: true,
      stacks: [
        {
          name: 'stage-network',
          layer: 'network',
          status: 'CREATE_COMPLETE',
          createdAt: nowMs - 76 * HOUR_MS,
          protected: false,
          ours: true,
        },
        {
          name: 'stage-data',
          layer: 'data',
          status: 'UPDATE_ROLLBACK_COMPLETE',
          createdAt: nowMs - 76 * HOUR_MS,
          updatedAt: nowMs - 65_000,
          protected: true,
          ours: false,
        },
        { name: 'stage-cluster', layer: 'cluster', status: 'UPDATE_IN_PROGRESS', protected: true, ours: true },
      ],
      lastRun: { run: '20261120-1', verb: 'stage', startedAt: nowMs - 2 * HOUR_MS, result: 'failed', wallMs: 492_000 },
    },
    {
      name: 'prod',
      account: '222222222222',
      region: 'eu-central-1',
      cloud: 'aws',
      protect: true,
      reachable: 'the credentials are expired',
      stacks: [],
    },
    {
      name: 'demo',
      account: '333333333333',
      region: 'eu-west-1',
      cloud: 'local',
      protect: false,
      reachable: true,
      stacks: [],
    },
  ],
};

test('every environment with its stacks, states, ages and last run', () => {
  assert.equal(statusLines(status, { color: false }), [
    'stage  111111111111 eu-central-1, local cloud, 3 stacks',
    '  last run  stage 2:00:00 h ago, failed after 8:12 min (20261120-1)',
    '  STACK          LAYER    STATE                     AGE      CHANGED',
    '  stage-network  network  CREATE_COMPLETE           3 d 4 h  -',
    '  stage-data     data     UPDATE_ROLLBACK_COMPLETE  3 d 4 h  1:05 min ago  protected, not ours',
    '  stage-cluster  cluster  UPDATE_IN_PROGRESS        -        -             protected',
    '',
    'prod  222222222222 eu-central-1, protected',
    '  not reachable: the credentials are expired',
    '  last run  none',
    '',
    'demo  333333333333 eu-west-1, local cloud, no stacks',
    '  last run  none',
  ]);
});

test('a status is cut to the columns of the terminal', () => {
  assert.is(
    statusLines(status, { color: false, columns: 60 })[4],
    '  stage-data     data     UPDATE_ROLLBACK_COMPLETE  3 d 4 h…',
  );
});

test('a state is green, yellow or red', () => {
  const lines = statusLines(status, { color: true });
  assert.ok(lines[3]?.includes('\u001b[32mCREATE_COMPLETE '), lines[3]);
  assert.ok(lines[4]?.includes('\u001b[31mUPDATE_ROLLBACK_COMPLETE '), lines[4]);
  assert.ok(lines[5]?.includes('\u001b[33mUPDATE_IN_PROGRESS '), lines[5]);
});

test('a project without environments says so', () => {
  assert.equal(statusLines({ environments: [], nowMs }, { color: false }), [
    'no environments: there is no file in envs/',
  ]);
});

test.run();
