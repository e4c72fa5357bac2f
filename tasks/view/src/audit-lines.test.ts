import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { auditLines, type AuditRunView } from './audit-lines.ts';

const RUN: AuditRunView = {
  run: '20261121T060031931Z-1301',
  startedAt: Date.UTC(2026, 10, 21, 6, 0, 31),
  verb: 'stage',
  result: 'done',
  writes: 10,
  deleted: 0,
  left: 0,
  who: 'arn:aws:iam::111111111111:root on build-1',
  record: 'whole, copied',
  isSound: true,
};
const WHERE = { environment: 'stage', folder: '.roundtrip/runs/stage', place: 's3://b/journals/stage' };

test('each run has a line; one whose beginning is lost is named by its id', () => {
  const { startedAt: _, ...headless } = RUN;
  const down = { ...RUN, verb: 'destroy-stage', deleted: 10, left: 2, record: 'CHANGED', isSound: false };
  const cut = { ...headless, verb: '-', result: 'unfinished', writes: 0, who: '-', record: 'cut off, copied' };
  assert.equal(auditLines({ ...WHERE, runs: [RUN, down, cut] }, { color: false }), [
    'stage: the latest 3 runs in .roundtrip/runs/stage and s3://b/journals/stage',
    '  STARTED                   VERB           RESULT      WRITES  DELETED  LEFT  RECORD           BY',
    '  2026-11-21 06:00:31 UTC   stage          done        10      0        0     whole, copied    arn:aws:iam::111111111111:root on build-1',
    '  2026-11-21 06:00:31 UTC   destroy-stage  done        10      10       2     CHANGED          arn:aws:iam::111111111111:root on build-1',
    '  20261121T060031931Z-1301  -              unfinished  0       0        0     cut off, copied  -',
  ]);
});

test('an environment that nobody has run yet', () => {
  assert.equal(auditLines({ ...WHERE, runs: [] }, { color: false }), [
    'stage: no runs in .roundtrip/runs/stage and s3://b/journals/stage',
  ]);
});

test.run();
