import { CloudFormationClient, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { writeSampleTemplate, type SampleShape } from '@roundtrip/sample-project';
import { eventsOf, layerOutcomes, outcomes, writes } from './test-journal.ts';
import { ENV_FILE, openTestProject, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';

const REASON = 'Parameter /demo/api already exists';
const NOT_EMPTY = 'The bucket you tried to delete is not empty';

/** `app` and `side` stand beside each other on `base`; `last` needs `app`. */
const SHAPE: SampleShape = {
  layers: { base: [], app: ['base'], side: ['base'], last: ['app'] },
  stacks: [
    stack('base', ''),
    stack('app', 'api', { fails: { create: REASON } }),
    stack('app', 'worker', { dependsOn: ['api'] }),
    stack('app', 'cron'),
    stack('side', '', { fails: { delete: NOT_EMPTY } }),
    stack('last', ''),
  ],
};

let project: TestProject;
test.before(async () => {
  project = await openTestProject(SHAPE);
});
test.after(() => project.close());

async function statuses(): Promise<Record<string, string | undefined>> {
  const stacks = await project.stacks('333333333333');
  return Object.fromEntries(stacks.map((one) => [one.StackName, one.StackStatus]));
}

test('what depends on a failed stack is not started, and everything else is done', async () => {
  const up = await project.verb('run', ['up', '--env', 'demo']);
  assert.is(up.code, 1);
  const journal = project.lastJournal('demo');
  assert.equal(outcomes(journal), {
    'demo-base': 'created',
    'demo-app-api': 'failed',
    'demo-app-cron': 'created',
    'demo-app-worker': 'not-started',
    'demo-side': 'created',
    'demo-last': 'not-started',
  });
  assert.equal(layerOutcomes(journal), { base: 'done', app: 'failed', side: 'done', last: 'not-started' });
  const { at: _at, ...failure } = eventsOf(journal, 'failure')[0]!;
  assert.equal(failure, {
    type: 'failure',
    stack: 'demo-app-api',
    resource: 'Slow',
    resourceType: 'AWS::SSM::Parameter',
    reason: REASON,
    cause:
      'something of this name exists and belongs to no stack of this environment: made by hand, or retained by an earlier stack',
    next: 'delete or rename it, or import it: aws cloudformation create-change-set --change-set-type IMPORT …',
  });
  const [, , end] = up.stdout.trimEnd().split('\n\n');
  assert.equal(end!.split('\n'), [
    '✗ demo-app-api: Slow (AWS::SSM::Parameter)',
    `  reason  ${REASON}`,
    `  cause   ${failure.cause}`,
    `  next    ${failure.next}`,
  ]);
  assert.match(up.stdout, /\n {2}stacks {9}3 created, 1 failed, 2 not started\n {2}not reached {4}last\n/);
  assert.equal(await statuses(), {
    'demo-base': 'CREATE_COMPLETE',
    'demo-app-api': 'ROLLBACK_COMPLETE',
    'demo-app-cron': 'CREATE_COMPLETE',
    'demo-side': 'CREATE_COMPLETE',
  });
});

test('after mending, the same command recreates what failed, builds what was not reached, and touches nothing else', async () => {
  writeSampleTemplate(project.root, stack('app', 'api'));
  const up = await project.verb('run', ['up', '--env', 'demo']);
  assert.is(up.code, 0);
  const journal = project.lastJournal('demo');
  assert.equal(writes(journal), [
    'CreateStack demo-app-api',
    'CreateStack demo-app-worker',
    'CreateStack demo-last',
    'DeleteStack demo-app-api',
  ]);
  assert.is(outcomes(journal)['demo-app-api'], 'recreated');
});

test('on the way down a stack that cannot go keeps what is below it, and nothing else', async () => {
  const down = await project.verb('run', ['down', '--env', 'demo']);
  assert.is(down.code, 1);
  const journal = project.lastJournal('demo');
  assert.equal(outcomes(journal), {
    'demo-last': 'deleted',
    'demo-app-api': 'deleted',
    'demo-app-cron': 'deleted',
    'demo-app-worker': 'deleted',
    'demo-side': 'failed',
    'demo-base': 'not-started',
  });
  assert.equal(writes(journal).includes('DeleteStack demo-base'), false);
  const failure = eventsOf(journal, 'failure')[0]!;
  assert.is(failure.reason, NOT_EMPTY);
  assert.is(
    failure.cause,
    'the bucket still holds objects, or old versions of them, and CloudFormation deletes only empty buckets',
  );
  assert.equal(await statuses(), { 'demo-base': 'CREATE_COMPLETE', 'demo-side': 'DELETE_FAILED' });
});

const HALF_DELETED = (place: string, next: string): string => `Refused: stack demo-side is DELETE_FAILED, and ${place}
  why: what its delete has left may hold data, and making it anew would delete that: only a person may decide
  next: save what is needed of it; if the rest may go, type: aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name demo-side${next}
`;

test('what a delete has left of a stack is not deleted on the way up once somebody has protected it', async () => {
  const credentials = { accessKeyId: '333333333333', secretAccessKey: 'local' };
  const client = new CloudFormationClient({ region: 'eu-west-1', endpoint: project.endpoint, credentials });
  const protect = { StackName: 'demo-side', EnableTerminationProtection: true };
  await client.send(new UpdateTerminationProtectionCommand(protect));
  const before = await statuses();
  const up = await project.verb('run', ['up', '--env', 'demo']);
  const again = '; then repeat the command, which deletes it and makes it anew';
  assert.equal([up.code, up.stderr], [3, HALF_DELETED('termination protection is on', again)]);
  project.write('envs/demo.yaml', ENV_FILE.replace('protect: false', 'protect: true'));
  const inProtected = await project.verb('run', ['up', '--env', 'demo']);
  const byHand =
    ' && aws cloudformation delete-stack --stack-name demo-side; then repeat the command, which makes it anew';
  assert.equal([inProtected.code, inProtected.stderr], [3, HALF_DELETED('the environment is protected', byHand)]);
  assert.equal(await statuses(), before);
});

test.run();
