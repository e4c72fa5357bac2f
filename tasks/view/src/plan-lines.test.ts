import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { planLines } from './plan-lines.ts';
import type { PlanView } from './plan-view.ts';

const plan: PlanView = {
  environment: 'stage',
  verb: 'up',
  stacks: [
    { name: 'stage-network', layer: 'network', kind: 'skip', reason: 'same' },
    {
      name: 'stage-data',
      layer: 'data',
      kind: 'update',
      reason: 'the template differs',
      resources: [
        {
          logicalId: 'Database',
          type: 'AWS::RDS::DBInstance',
          action: 'modify',
          replacement: 'yes',
          deletionPolicy: 'Snapshot',
          properties: [
            { path: 'DBInstanceIdentifier', before: 'a', after: 'b' },
            { path: 'AllocatedStorage', before: 20, after: '20' },
          ],
        },
        { logicalId: 'Alarm', type: 'AWS::CloudWatch::Alarm', action: 'add', replacement: 'no', properties: [] },
        {
          logicalId: 'Old',
          type: 'AWS::S3::Bucket',
          action: 'remove',
          replacement: 'no',
          deletionPolicy: 'Retain',
          properties: [],
        },
        { logicalId: 'Gone', type: 'AWS::SQS::Queue', action: 'remove', replacement: 'no', properties: [] },
      ],
    },
    { name: 'stage-services-api', layer: 'services', kind: 'create', reason: 'does not exist yet' },
    {
      name: 'stage-services-web',
      layer: 'services',
      kind: 'update',
      reason: 'parameters differ: DesiredCount',
      resources: [
        {
          logicalId: 'Service',
          type: 'AWS::ECS::Service',
          action: 'modify',
          replacement: 'maybe',
          properties: [
            { path: 'DesiredCount', before: 2, after: 4 },
            { path: 'Tags', after: [{ Key: 'a', Value: 'a value that is far too long to be shown in full here' }] },
            { path: 'Old', before: null },
          ],
        },
      ],
    },
    { name: 'stage-services-worker', layer: 'services', kind: 'recreate', reason: 'it stands in ROLLBACK_COMPLETE' },
    { name: 'stage-services-a', layer: 'services', kind: 'skip', reason: 'same' },
    { name: 'stage-services-b', layer: 'services', kind: 'skip', reason: 'same' },
  ],
};

test('a plan shows stacks, resources and properties, and warns of what is replaced or deleted', () => {
  assert.equal(planLines(plan, { color: false }), [
    'up stage: what would be done',
    '',
    'network',
    '  = 1 stack unchanged',
    '',
    'data',
    '  ~ stage-data  update: the template differs',
    '      ± Database  AWS::RDS::DBInstance    replaced, the old one deleted after a snapshot',
    '          DBInstanceIdentifier: "a" → "b"',
    '          AllocatedStorage: 20 → "20"',
    '      + Alarm     AWS::CloudWatch::Alarm',
    '      - Old       AWS::S3::Bucket         retained outside the stack',
    '      - Gone      AWS::SQS::Queue         deleted',
    '',
    'services',
    '  + stage-services-api     create: does not exist yet',
    '  ~ stage-services-web     update: parameters differ: DesiredCount',
    '      ± Service  AWS::ECS::Service  may be replaced',
    '          DesiredCount: 2 → 4',
    '          Tags: [{"Key":"a","Value":"a value that is far too long to be sho… (new)',
    '          Old: null (removed)',
    '  ± stage-services-worker  delete and create: it stands in ROLLBACK_COMPLETE',
    '  = 2 stacks unchanged',
    '',
    '1 to create, 2 to update, 1 to recreate, 3 unchanged',
    '! 1 stack deleted with all in it: stage-services-worker',
    '! 1 resource replaced: stage-data/Database',
    '! 1 resource perhaps replaced: stage-services-web/Service',
    '! 1 resource deleted: stage-data/Gone',
  ]);
});

test('a plan is cut to the columns of the terminal', () => {
  assert.is(
    planLines(plan, { color: false, columns: 60 })[7],
    '      ± Database  AWS::RDS::DBInstance    replaced, the old…',
  );
});

test('a replacement and a deletion are red', () => {
  const lines = planLines(plan, { color: true });
  assert.ok(lines[7]?.startsWith('\u001b[31m      ± \u001b[39mDatabase  AWS::RDS::DBInstance'), lines[7]);
  assert.ok(lines[7]?.endsWith('\u001b[31mreplaced, the old one deleted after a snapshot\u001b[39m'), lines[7]);
});

test('a plan with nothing to do says so', () => {
  const stacks = plan.stacks.filter((stack) => stack.kind === 'skip');
  assert.is(planLines({ ...plan, stacks }, { color: false }).at(-1), 'nothing to do: 3 stacks are as they should be');
  assert.is(
    planLines({ ...plan, stacks: [] }, { color: false }).at(-1),
    'nothing to do: 0 stacks are as they should be',
  );
  assert.is(
    planLines({ ...plan, stacks: stacks.slice(1, 2) }, { color: false }).at(-1),
    'nothing to do: 1 stack is as it should be',
  );
});

test('a plan that deletes many stacks names the first five', () => {
  const stacks = Array.from({ length: 1204 }, (_, index) => {
    return { name: `stage-s${index}`, layer: 'services', kind: 'delete' as const, reason: 'exists' };
  });
  assert.equal(planLines({ environment: 'stage', verb: 'destroy-stage', stacks }, { color: false }).slice(-3), [
    '',
    '1,204 to delete',
    '! 1,204 stacks deleted with all in it: stage-s0, stage-s1, stage-s2, stage-s3, stage-s4 and 1,199 more',
  ]);
});

test('the plan of a teardown says what is in its way, and how many resources go', () => {
  const resource = {
    logicalId: 'A',
    type: 'AWS::SNS::Topic',
    action: 'remove',
    replacement: 'no',
    properties: [],
  } as const;
  const stack = { name: 'stage-a', layer: 'a', kind: 'delete' as const, reason: 'exists', resources: [resource] };
  const down = { environment: 'stage', verb: 'destroy-stage', stacks: [stack] };
  const blockers = [
    { stack: 'stage-a', what: 'bucket b holds 3 objects' },
    { stack: 'stage-a', what: 'database d has deletion protection', next: 'type: aws' },
  ];
  assert.equal(planLines({ ...down, blockers, unseen: ['stage-b: denied'] }, { color: false }).slice(5), [
    '',
    'in the way',
    '  stage-a: bucket b holds 3 objects: cleared by the run',
    '  stage-a: database d has deletion protection: only a person may clear it',
    '  not looked into: stage-b: denied',
    '',
    '1 to delete',
    '! 1 stack deleted with all in it, 1 resource: stage-a',
    '! 1 resource deleted: stage-a/A',
  ]);
  assert.is(planLines({ ...down, blockers: [] }, { color: false })[6], 'nothing is in the way');
});

test('what is refused, continued or waited for has its own mark', () => {
  const stacks = (['refuse', 'continue-rollback', 'wait'] as const).map((kind) => {
    return { name: `stage-${kind}`, layer: 'data', kind, reason: 'because' };
  });
  assert.equal(planLines({ environment: 'demo', verb: 'up', stacks }, { color: false }), [
    'up demo: what would be done',
    '',
    'data',
    '  ! stage-refuse             refuse: because',
    '  ↻ stage-continue-rollback  continue rollback: because',
    '  … stage-wait               wait: because',
    '',
    '1 to roll back further, 1 to wait for, 1 refused',
  ]);
});

test.run();
