import type { JournalEntry, JournalEvent, LayerNode } from '@roundtrip/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { reduceAll } from './reduce.ts';
import { sampleJournal } from './sample-journal.ts';
import { timelineLayout, type TimelineRow } from './timeline-layout.ts';

const at = (ms: number, ...entries: JournalEntry[]): JournalEvent[] => entries.map((entry) => ({ ...entry, at: ms }));

const layers: LayerNode[] = [{ name: 'a', dependsOn: [] }];
const run: JournalEntry = {
  type: 'run-started',
  run: 'r',
  verb: 'stage',
  direction: 'up',
  environment: 'stage',
  account: '111111111111',
  region: 'eu-central-1',
  cloud: 'local',
  layers,
};
const plan = (
  stack: string,
  kind: 'create' | 'update' | 'recreate' | 'skip' | 'refuse' | 'continue-rollback',
): JournalEntry => {
  return { type: 'step-planned', layer: 'a', stack, kind, reason: '', dependsOn: [] };
};
const state = (stack: string, status: string): JournalEntry => ({ type: 'state', stack, status });

function segments(
  kind: 'create' | 'update' | 'recreate' | 'continue-rollback',
  ...states: [number, string][]
): string[] {
  const seen = states.flatMap(([ms, status]) => at(ms, state('s', status)));
  const view = reduceAll([...at(0, run, plan('s', kind)), ...at(10, { type: 'step-started', stack: 's' }), ...seen]);
  const row = timelineLayout(view).rows.find((one) => one.kind === 'stack');
  return row?.kind === 'stack' ? row.segments.map(({ phase, fromMs, toMs }) => `${phase} ${fromMs}-${toMs}`) : [];
}

test('a bar has one segment for each thing that CloudFormation does', () => {
  assert.equal(segments('create', [20, 'CREATE_IN_PROGRESS'], [90, 'CREATE_COMPLETE']), ['create 10-90']);
  assert.equal(
    segments(
      'update',
      [20, 'UPDATE_IN_PROGRESS'],
      [50, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'],
      [90, 'UPDATE_COMPLETE'],
    ),
    ['update 10-50', 'clean-up 50-90'],
  );
  assert.equal(
    segments('create', [20, 'CREATE_IN_PROGRESS'], [50, 'ROLLBACK_IN_PROGRESS'], [90, 'ROLLBACK_COMPLETE']),
    ['create 10-50', 'rollback 50-90'],
  );
  assert.equal(
    segments(
      'recreate',
      [20, 'DELETE_IN_PROGRESS'],
      [50, 'DELETE_COMPLETE'],
      [60, 'CREATE_IN_PROGRESS'],
      [90, 'CREATE_COMPLETE'],
    ),
    ['delete 10-60', 'create 60-90'],
  );
});

test('the first status seen tells what went on from the start, whatever the plan was', () => {
  assert.equal(segments('continue-rollback', [20, 'UPDATE_IN_PROGRESS'], [90, 'UPDATE_COMPLETE']), ['update 10-90']);
});

test('stacks without a bar are a line for each kind', () => {
  const end = (stack: string, outcome: 'unchanged' | 'refused'): JournalEntry => ({
    type: 'step-finished',
    stack,
    outcome,
    elapsedMs: 0,
  });
  const view = reduceAll(
    at(
      0,
      run,
      plan('x', 'skip'),
      plan('y', 'skip'),
      plan('z', 'refuse'),
      plan('w', 'create'),
      end('x', 'unchanged'),
      end('y', 'unchanged'),
      end('z', 'refused'),
    ),
  );
  assert.equal(timelineLayout(view).rows.slice(1), [
    { kind: 'rest', text: '2 stacks unchanged', names: ['x', 'y'] },
    { kind: 'rest', text: '1 stack refused', names: ['z'] },
    { kind: 'rest', text: '1 stack not started', names: ['w'] },
  ]);
});

test('layers stand as they began, with their hooks around their stacks', () => {
  const label = (row: TimelineRow): string => {
    if (row.kind === 'layer') return row.layer.name;
    if (row.kind === 'hook') return `  ${row.hook.hook}`;
    return row.kind === 'rest' ? `  ${row.text}` : `  ${row.stack.name}${row.critical ? ' *' : ''}`;
  };
  const view = reduceAll(sampleJournal({ services: 1, hooks: true, direction: 'down' }));
  assert.equal(timelineLayout(view).rows.map(label), [
    'services',
    '  stage-services-api *',
    '  after-down',
    'jenkins-bootstrap',
    '  stage-jenkins-bootstrap',
    '  after-down',
    'data',
    '  stage-data *',
    '  after-down',
    'cluster',
    '  stage-cluster',
    '  after-down',
    'network',
    '  stage-network *',
    'destroy',
  ]);
});

test.run();
