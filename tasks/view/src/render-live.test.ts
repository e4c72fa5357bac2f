import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { reduceAll } from './reduce.ts';
import { renderLive, type LiveOptions } from './render-live.ts';
import { emptyRunView } from './run-view.ts';
import { SAMPLE_START, sampleJournal, type SampleOptions } from './sample-journal.ts';
import { width } from './text.ts';

const frame = (ms: number, sample: Partial<SampleOptions> = {}, options: Partial<LiveOptions> = {}) =>
  renderLive(reduceAll(sampleJournal({ services: 5, hooks: true, ...sample, untilMs: ms })), {
    nowMs: SAMPLE_START + ms,
    columns: 90,
    rows: 24,
    color: false,
    ...options,
  });

test('a line for each stack in flight, the counts and one bar for the whole', () => {
  assert.equal(frame(300_000), [
    '  stage-cluster  CREATE_IN_PROGRESS   2:12 of ~3:05   ████████▋░░░',
    '  stage-data     CREATE_IN_PROGRESS   2:12 of ~7:55   ███▍░░░░░░░░',
    '2 in flight, 0 waiting, 1 finished',
    'stage  ██████████▍░░░░░░░░░░░░░░░░░░░░░░░░░░░░░   25 %  5:00, at least 5:42 left',
  ]);
});

test('a hook in flight shows the last line that it printed', () => {
  assert.equal(frame(365_000), [
    '  stage-data               CREATE_IN_PROGRESS   3:17 of ~7:55   █████░░░░░░░',
    '  stage-jenkins-bootstrap  CREATE_IN_PROGRESS   0:06 of ~3:25   ▍░░░░░░░░░░░',
    '  cluster after-up         hook   0:07  waiting until every task is healthy',
    '2 in flight, 0 waiting, 2 finished',
    'stage  ██████████████▎░░░░░░░░░░░░░░░░░░░░░░░░░   35 %  6:05, at least 4:37 left',
  ]);
});

test('a rollback shows in the state', () => {
  assert.equal(frame(700_000, { failing: 'stage-services-worker' }).slice(1, 4), [
    '  stage-services-web             CREATE_IN_PROGRESS     0:50 of ~1:34   ██████▌░░░░░',
    '  stage-services-worker          ROLLBACK_IN_PROGRESS   0:50 of ~1:21   ███████▌░░░░',
    '  stage-services-nightly-report  CREATE_IN_PROGRESS     0:50 of ~1:08   ████████▉░░░',
  ]);
});

test('a low terminal shows what was started first, and how much more there is', () => {
  assert.equal(frame(700_000, { services: 40 }, { rows: 6 }), [
    '  stage-services-billing           CREATE_IN_PROGRESS   0:51 of ~1:32   ██████▊░░░░░',
    '  stage-services-reviews           CREATE_IN_PROGRESS   0:51 of ~1:15   ████████▎░░░',
    '  … and 33 more',
    '35 in flight, 0 waiting, 4 finished',
    'stage  ████████████████████████▏░░░░░░░░░░░░░░░   60 %  11:40, at least 0:54 left',
  ]);
  assert.equal(frame(700_000, { services: 40 }, { rows: 2 }), [
    'stage  ████████████████████████▏░░░░░░░░░░░░░░░   60 %  11:40, at least 0:54 left',
  ]);
});

test('a narrow terminal loses the bars first', () => {
  assert.equal(frame(300_000, {}, { columns: 44 }), [
    '  stage-cluster  CREATE_IN_PROGRESS   2:12 …',
    '  stage-data     CREATE_IN_PROGRESS   2:12 …',
    '2 in flight, 0 waiting, 1 finished',
    'stage     25 %  5:00, at least 5:42 left',
  ]);
});

test('before anything is planned, and after everything is done', () => {
  assert.equal(frame(100), [
    '0 in flight, 0 waiting, 0 finished',
    'stage  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░    0 %  0:00',
  ]);
  assert.equal(frame(800_000).at(-1), 'stage  ████████████████████████████████████████  100 %  13:20');
});

test('a layer that looks at its stacks is planning', () => {
  const events = sampleJournal({ services: 5, untilMs: 550 });
  assert.equal(
    renderLive(reduceAll(events), { nowMs: SAMPLE_START + 550, columns: 60, rows: 10, color: false })[0],
    '  network  planning',
  );
});

test('a stack that is late is told so, and so is a run', () => {
  const events = sampleJournal({ services: 0, untilMs: 100_000 });
  const view = reduceAll(events);
  const lines = renderLive(view, { nowMs: SAMPLE_START + 200_000, columns: 90, rows: 10, color: true });
  assert.ok(lines[0]?.includes('\u001b[33m of ~2:40 \u001b[39m'), lines[0]);
});

test('an interrupted run is stopping', () => {
  const view = reduceAll([
    ...sampleJournal({ services: 0, untilMs: 300_000 }),
    { type: 'interrupted', signal: 'SIGINT', at: SAMPLE_START + 300_000 },
  ]);
  const lines = renderLive(view, { nowMs: SAMPLE_START + 300_000, columns: 100, rows: 10, color: false });
  assert.match(lines.at(-1) ?? '', / left {2}stopping$/);
});

test('a frame never has more lines than fit above the cursor, nor wider ones', () => {
  const views = [0, 200_000, 365_000, 700_000].map((untilMs) =>
    reduceAll(sampleJournal({ services: 40, hooks: true, untilMs })),
  );
  fc.assert(
    fc.property(
      fc.nat(3),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 140 }),
      (index, rows, columns) => {
        const lines = renderLive(views[index] ?? emptyRunView, {
          nowMs: SAMPLE_START + 700_000,
          columns,
          rows,
          color: true,
        });
        assert.ok(lines.length <= Math.max(1, rows - 1));
        for (const line of lines) assert.ok(width(line) <= columns, line);
      },
    ),
    { seed: 20261121, numRuns: 200 },
  );
});

test.run();
