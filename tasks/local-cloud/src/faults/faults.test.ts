import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogEntry } from '../store/log.ts';
import { noLog } from '../store/log.ts';
import { Store } from '../store/store.ts';
import { REALM, failureOf, testCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';
import { capacityShortage } from './capacity.ts';
import type { Fault } from './fault-plan.ts';
import { setFaults } from './fault-rule.ts';
import { readFaultPlan } from './read-fault-plan.ts';

const template = (value: string) =>
  JSON.stringify({
    Resources: {
      First: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: value } },
      Second: { Type: 'AWS::SNS::Topic', DependsOn: 'First' },
    },
  });

function faulty(...faults: Fault[]) {
  const test = testCloud({ faults: { faults } });
  const cfn = new CloudFormationClient(test.as(REALM.account));
  return {
    ...test,
    cfn,
    create: (StackName: string) => cfn.send(new CreateStackCommand({ StackName, TemplateBody: template('a') })),
    describe: async (StackName: string) => (await cfn.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0],
  };
}

const fired = ({ cloud }: TestCloud) => cloud.faults().map((rule) => rule.fired);

test('a throttle is in the words of each service, as often as it is told', async () => {
  const cloud = faulty({ fault: 'throttle', times: 2 });
  const throttled = { name: 'Throttling', message: 'Rate exceeded', status: 400 };
  assert.equal(await failureOf(cloud.create('one')), throttled);
  const ecs = new ECSClient(cloud.as(REALM.account));
  assert.equal(await failureOf(ecs.send(new ListClustersCommand({}))), {
    name: 'ThrottlingException',
    message: 'Rate exceeded',
    status: 400,
  });
  await cloud.create('one');
  assert.equal(fired(cloud), [2]);
});

test('a storm comes and goes by the cloud’s clock', async () => {
  const cloud = faulty({ fault: 'throttle', afterSeconds: 10, everySeconds: 60, forSeconds: 5 });
  const seen: string[] = [];
  for (let second = 0; second < 140; second += 5) {
    seen.push((await failureOf(cloud.cfn.send(new DescribeStacksCommand({})))).name === 'none' ? '.' : 'x');
    cloud.pass(5000);
  }
  assert.is(seen.join(''), '..x...........x...........x.');
});

test('chance is drawn from a stream of its own: identifiers stay the same', async () => {
  const quiet = faulty();
  const noisy = faulty({ fault: 'throttle', chance: 0.5, operation: 'Describe*' });
  let struck = 0;
  for (let index = 0; index < 200; index += 1) {
    struck += (await failureOf(noisy.cfn.send(new DescribeStacksCommand({})))).name === 'none' ? 0 : 1;
  }
  assert.ok(struck > 60 && struck < 140, `${struck} of 200`);
  const [one, other] = [await quiet.create('one'), await noisy.create('one')];
  assert.is(one.StackId, other.StackId);
});

test('a fault is for what it names, and nothing else', async () => {
  const cloud = faulty({ fault: 'denied', account: '222222222222', service: 'cloudformation', operation: 'Create*' });
  await cloud.create('one');
  const other = new CloudFormationClient(cloud.as('222222222222'));
  await other.send(new DescribeStacksCommand({}));
  assert.equal(await failureOf(other.send(new CreateStackCommand({ StackName: 'one', TemplateBody: template('a') }))), {
    name: 'AccessDenied',
    message:
      'User: arn:aws:iam::222222222222:root is not authorized to perform: cloudformation:CreateStack on resource: * with an explicit deny in a service control policy',
    status: 403,
  });
});

test('credentials expire, and those that are handed out afterwards are good', async () => {
  const cloud = faulty({ fault: 'expired-credentials', accessKeyId: 'ASIA*', afterSeconds: 60 });
  const assume = async () => {
    const sts = new STSClient(cloud.as(REALM.account));
    const input = { RoleArn: 'arn:aws:iam::222222222222:role/deploy', RoleSessionName: 'test' };
    const { Credentials } = await sts.send(new AssumeRoleCommand(input));
    const credentials = { accessKeyId: Credentials?.AccessKeyId ?? '', secretAccessKey: 'x' };
    return new CloudFormationClient({ ...cloud.as(REALM.account), credentials });
  };
  const old = await assume();
  await old.send(new DescribeStacksCommand({}));
  cloud.pass(61_000);
  assert.equal(await failureOf(old.send(new DescribeStacksCommand({}))), {
    name: 'ExpiredToken',
    message: 'The security token included in the request is expired',
    status: 403,
  });
  await (await assume()).send(new DescribeStacksCommand({}));
});

test('credentials that are handed out before they begin to expire do, storm after storm', async () => {
  const cloud = faulty({
    ...{ fault: 'expired-credentials', accessKeyId: 'ASIA*' },
    ...{ afterSeconds: 60, everySeconds: 600, forSeconds: 300 },
  });
  const client = async () => {
    const input = { RoleArn: 'arn:aws:iam::222222222222:role/deploy', RoleSessionName: 'test' };
    const { Credentials } = await new STSClient(cloud.as(REALM.account)).send(new AssumeRoleCommand(input));
    return new ECSClient(cloud.as(Credentials?.AccessKeyId ?? ''));
  };
  const ask = async (ecs: ECSClient) => (await failureOf(ecs.send(new ListClustersCommand({})))).name;
  cloud.pass(30_000);
  const [first, seen] = [await client(), [] as string[]];
  for (const seconds of [0, 40, 280, 320]) {
    cloud.pass(seconds * 1000);
    seen.push(await ask(first));
  }
  const second = await client();
  seen.push(await ask(second));
  cloud.pass(600_000);
  seen.push(await ask(second));
  const expired = 'ExpiredTokenException';
  assert.equal(seen, ['none', expired, expired, expired, 'none', expired]);
});

test('an error is AWS’s own unless it is told another, and S3 says what S3 says', async () => {
  const cloud = faulty(
    { fault: 'error', service: 'cloudformation', times: 1 },
    {
      fault: 'error',
      service: 'cloudformation',
      code: 'ServiceUnavailable',
      status: 503,
      text: 'Service is unavailable',
    },
    { fault: 'expired-credentials', service: 's3' },
  );
  const ask = () => failureOf(cloud.cfn.send(new DescribeStacksCommand({})));
  const internal = 'We encountered an internal error. Please try again.';
  assert.equal(await ask(), { name: 'InternalFailure', message: internal, status: 500 });
  assert.equal(await ask(), { name: 'ServiceUnavailable', message: 'Service is unavailable', status: 503 });
  const s3 = new S3Client(cloud.as(REALM.account));
  assert.is((await failureOf(s3.send(new ListBucketsCommand({})))).message, 'The provided token has expired.');
});

test('a connection that is lost before the work leaves nothing, one that is lost after it leaves the work', async () => {
  const before = faulty({ fault: 'reset-before', operation: 'CreateStack', times: 1 });
  assert.is((await failureOf(before.create('one'))).message, 'read ECONNRESET');
  assert.is((await failureOf(before.describe('one'))).message, 'Stack with id one does not exist');
  const after = faulty({ fault: 'reset-after', operation: 'CreateStack', times: 1 });
  assert.is((await failureOf(after.create('one'))).message, 'read ECONNRESET');
  assert.is((await after.describe('one'))?.StackStatus, 'CREATE_IN_PROGRESS');
});

test('the SDK’s own retries get over both', async () => {
  for (const fault of ['reset-before', 'reset-after'] as const) {
    const cloud = faulty({ fault, operation: 'CreateStack', times: 1 });
    const patient = new CloudFormationClient({ ...cloud.as(REALM.account), maxAttempts: 3 });
    const input = { StackName: 'one', TemplateBody: template('a'), ClientRequestToken: 'token' };
    assert.match((await patient.send(new CreateStackCommand(input))).StackId ?? '', ':stack/one/');
  }
});

test('a stale read is an earlier answer, as long as it is young enough', async () => {
  const cloud = faulty({ fault: 'stale', seconds: 30 });
  const status = async () => (await cloud.describe('one'))?.StackStatus;
  await cloud.create('one');
  assert.is(await status(), 'CREATE_IN_PROGRESS');
  cloud.pass(25_000);
  assert.is(await status(), 'CREATE_IN_PROGRESS');
  cloud.pass(6000);
  assert.is(await status(), 'CREATE_COMPLETE');
  const absent = faulty({ fault: 'stale', seconds: 30 });
  const gone = { name: 'ValidationError', message: 'Stack with id one does not exist', status: 400 };
  assert.equal(await failureOf(absent.describe('one')), gone);
  await absent.create('one');
  assert.equal(await failureOf(absent.describe('one')), gone);
});

test('a resource fails to be made once, and the next try is well', async () => {
  const cloud = faulty({ fault: 'fail-create', resourceType: 'AWS::SNS::*', times: 1, text: 'no topic today' });
  await cloud.create('one');
  cloud.pass(120_000);
  const { StackEvents: events = [] } = await cloud.cfn.send(new DescribeStackEventsCommand({ StackName: 'one' }));
  const failed = events.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
  assert.is(failed?.LogicalResourceId, 'Second');
  assert.match(
    failed?.ResourceStatusReason ?? '',
    /^Resource handler returned message: "no topic today" \(RequestToken: /,
  );
  assert.is((await cloud.describe('one'))?.StackStatus, 'ROLLBACK_COMPLETE');
  await cloud.create('two');
  cloud.pass(120_000);
  assert.is((await cloud.describe('two'))?.StackStatus, 'CREATE_COMPLETE');
});

test('a resource that always fails to go keeps its stack from being deleted', async () => {
  const cloud = faulty({ fault: 'fail-delete', stack: 'one', logicalId: 'First' });
  await cloud.create('one');
  cloud.pass(120_000);
  for (let again = 0; again < 2; again += 1) {
    await cloud.cfn.send(new DeleteStackCommand({ StackName: 'one' }));
    cloud.pass(120_000);
    assert.is((await cloud.describe('one'))?.StackStatus, 'DELETE_FAILED');
  }
  cloud.cloud.setFaults({ faults: [] });
  await cloud.cfn.send(new DeleteStackCommand({ StackName: 'one' }));
  cloud.pass(120_000);
  assert.is((await failureOf(cloud.describe('one'))).message, 'Stack with id one does not exist');
});

test('an update that fails once is rolled back, one that always fails cannot be', async () => {
  const outcome = async (fault: Fault) => {
    const cloud = faulty(fault);
    await cloud.create('one');
    cloud.pass(120_000);
    await cloud.cfn.send(new UpdateStackCommand({ StackName: 'one', TemplateBody: template('b') }));
    cloud.pass(120_000);
    return (await cloud.describe('one'))?.StackStatus;
  };
  const fault = { fault: 'fail-update', logicalId: 'First' } as const;
  assert.is(await outcome({ ...fault, times: 1 }), 'UPDATE_ROLLBACK_COMPLETE');
  assert.is(await outcome(fault), 'UPDATE_ROLLBACK_FAILED');
});

test('a slow answer waits by whatever clock it is given', async () => {
  const slept: number[] = [];
  const { cloud, as } = testCloud({
    faults: {
      faults: [
        { fault: 'slow', seconds: 7 },
        { fault: 'slow', seconds: 1 },
      ],
    },
  });
  const { requestHandler } = await import('../request-handler.ts');
  const handler = requestHandler(cloud, { sleep: async (ms) => void slept.push(ms) });
  await new CloudFormationClient({ ...as(REALM.account), requestHandler: handler }).send(new DescribeStacksCommand({}));
  assert.equal(slept, [8000]);
});

test('the same seed and the same requests give the same log, byte for byte, faults included', async () => {
  const run = async (): Promise<string> => {
    const entries: LogEntry[] = [];
    const log = { ...noLog, append: (entry: LogEntry) => void entries.push(entry) };
    const faults: Fault[] = [
      { fault: 'throttle', chance: 0.2 },
      { fault: 'fail-create', chance: 0.1 },
      { fault: 'reset-after', chance: 0.05 },
    ];
    const { as, pass } = testCloud({ seed: 'same', log, limits: 'on', faults: { faults } });
    const cfn = new CloudFormationClient(as(REALM.account));
    for (let index = 0; index < 150; index += 1) {
      const name = `stack-${index % 12}`;
      const input = { StackName: name, TemplateBody: template('a') };
      const asked = index % 3 === 0 ? cfn.send(new DeleteStackCommand(input)) : cfn.send(new CreateStackCommand(input));
      await failureOf(asked);
      pass(index * 97);
    }
    return entries.map((entry) => JSON.stringify(entry)).join('\n');
  };
  const first = await run();
  assert.ok(first.length > 100_000);
  assert.is(await run(), first);
});

test('faults and what has come of them outlive a restart', async () => {
  const entries: LogEntry[] = [];
  const log = { ...noLog, read: () => entries, append: (entry: LogEntry) => void entries.push(entry) };
  const faults = { faults: [{ fault: 'throttle', times: 3 } as const] };
  const first = testCloud({ log, faults });
  await failureOf(new CloudFormationClient(first.as(REALM.account)).send(new DescribeStacksCommand({})));
  assert.equal(fired(first), [1]);
  assert.equal(fired(testCloud({ log, faults })), [1]);
  assert.equal(fired(testCloud({ log, faults: { faults: [{ fault: 'throttle', times: 4 }] } })), [0]);
});

test('capacity runs out for what needs hardware', async () => {
  const cloud = faulty(
    { fault: 'capacity', resourceType: 'AWS::AutoScaling::*' },
    { fault: 'capacity', logicalId: 'First' },
  );
  await cloud.create('one');
  const group = { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MinSize: '1', MaxSize: '1' } };
  const body = JSON.stringify({ Resources: { Group: group } });
  await cloud.cfn.send(new CreateStackCommand({ StackName: 'two', TemplateBody: body, OnFailure: 'DO_NOTHING' }));
  cloud.pass(600_000);
  assert.is((await cloud.describe('one'))?.StackStatus, 'CREATE_COMPLETE');
  assert.is((await cloud.describe('two'))?.StackStatus, 'CREATE_FAILED');
  const { StackEvents: events = [] } = await cloud.cfn.send(new DescribeStackEventsCommand({ StackName: 'two' }));
  const { ResourceStatusReason: reason } =
    events.find(
      ({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}` === 'Group CREATE_FAILED',
    ) ?? {};
  assert.match(reason ?? '', 'We currently do not have sufficient capacity in the Availability Zone you requested.');
});

test('a task is not placed while capacity for services is short', () => {
  const store = new Store({ log: noLog, seed: 'test' });
  const shortage = () => store.transact(0, (world) => capacityShortage(world, REALM));
  assert.is(shortage(), undefined);
  const plan = { faults: [{ fault: 'capacity', resourceType: 'AWS::ECS::Service', times: 1 } as const] };
  store.transact(0, (world) => setFaults(world, plan, { seed: 'test', since: 0 }));
  const text = 'Capacity is unavailable at this time. Please try again later or in a different availability zone';
  assert.equal([shortage(), shortage()], [text, undefined]);
});

test('every problem of a plan is named with its place', () => {
  const text = [
    'faults:',
    '  - fault: trottle',
    '  - fault: slow',
    '    secnds: 3',
    '  - fault: denied',
    '    account: 12',
    '',
  ];
  assert.throws(
    () => readFaultPlan(text.join('\n'), 'faults.yaml'),
    (error: Error) =>
      error.message ===
      [
        'faults.yaml:2:12: faults[0].fault is "trottle", not one of throttle, error, reset-before, reset-after, slow, ' +
          'stale, expired-credentials, denied, fail-create, fail-update, fail-delete, capacity, task-exits and task-unhealthy',
        '  next: did you mean throttle?',
        'faults.yaml:4:5: unknown key "secnds" in faults[1]',
        '  next: did you mean "seconds"?',
        'faults.yaml:6:14: faults[2].account is 12, not text',
        "  next: quote it: '12'",
      ].join('\n'),
  );
});

test.run();
