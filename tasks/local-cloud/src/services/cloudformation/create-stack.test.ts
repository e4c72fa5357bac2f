import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { START, TestCloud, parameter, template } from './test-cloud.ts';

test('a stack is created in dependency order, as parallel as the graph allows, each event at its time', () => {
  const cloud = new TestCloud();
  cloud.create(
    'app',
    template({
      A: parameter('a'),
      B: parameter('b', {}, { DependsOn: 'A' }),
      C: parameter('c', { CreateSeconds: 1 }),
    }),
  );
  assert.is(cloud.settle('app'), 'CREATE_COMPLETE');
  const { StackEvents } = cloud.call<{
    StackEvents: {
      LogicalResourceId: string;
      ResourceStatus: string;
      ResourceStatusReason?: string;
      Timestamp: Date;
    }[];
  }>('DescribeStackEvents', { StackName: 'app' });
  const seen = StackEvents.reverse().map(
    (event) =>
      `${(event.Timestamp.getTime() - START) / 1000} ${event.LogicalResourceId} ${event.ResourceStatus}${event.ResourceStatusReason ? ` (${event.ResourceStatusReason})` : ''}`,
  );
  assert.equal(seen, [
    '0 app CREATE_IN_PROGRESS (User Initiated)',
    '3 A CREATE_IN_PROGRESS',
    '3 C CREATE_IN_PROGRESS',
    '3.5 C CREATE_IN_PROGRESS (Resource creation Initiated)',
    '4 A CREATE_IN_PROGRESS (Resource creation Initiated)',
    '4 C CREATE_COMPLETE',
    '7 A CREATE_COMPLETE',
    '7 B CREATE_IN_PROGRESS',
    '8 B CREATE_IN_PROGRESS (Resource creation Initiated)',
    '11 B CREATE_COMPLETE',
    '13 app CREATE_COMPLETE',
  ]);
});

test('a stack around one SSM parameter takes 6 to 8 seconds to create and 4 to 6 to delete', () => {
  for (const seed of ['a', 'b', 'c', 'd']) {
    const cloud = new TestCloud(undefined, seed);
    cloud.create('one', {
      Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } } },
    });
    const id = cloud.stack('one').StackId ?? '';
    cloud.settle('one');
    const seconds = (cloud.now - START) / 1000;
    assert.ok(seconds >= 6 && seconds <= 9, `${seconds} s`);
    const before = cloud.now;
    cloud.call('DeleteStack', { StackName: 'one' });
    assert.is(cloud.settle(id), 'DELETE_COMPLETE');
    assert.ok((cloud.now - before) / 1000 <= 7, `${cloud.now - before} ms`);
  }
});

test('a failed resource cancels its siblings, and what was made is deleted in reverse order', () => {
  const cloud = new TestCloud();
  cloud.create(
    'app',
    template({
      A: parameter('a', { CreateSeconds: 1 }),
      B: parameter('b', { FailCreate: 'no room' }, { DependsOn: 'A' }),
      C: parameter('c', { CreateSeconds: 60 }),
      D: parameter('d', {}, { DependsOn: 'B' }),
    }),
  );
  assert.is(cloud.settle('app'), 'ROLLBACK_COMPLETE');
  const events = cloud.events('app');
  assert.equal(events.slice(events.indexOf('B CREATE_FAILED no room')), [
    'B CREATE_FAILED no room',
    'C CREATE_FAILED Resource creation cancelled',
    'app ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [B, C]. Rollback requested by user.',
    'C DELETE_IN_PROGRESS',
    'B DELETE_IN_PROGRESS',
    'C DELETE_COMPLETE',
    'B DELETE_COMPLETE',
    'A DELETE_IN_PROGRESS',
    'A DELETE_COMPLETE',
    'app ROLLBACK_COMPLETE',
  ]);
  assert.is(
    cloud.stack('app').StackStatusReason,
    'The following resource(s) failed to create: [B, C]. Rollback requested by user.',
  );
  assert.equal(cloud.resources(), []);
  assert.match(
    cloud.refusal('UpdateStack', { StackName: 'app', UsePreviousTemplate: true }),
    /is in ROLLBACK_COMPLETE state and can not be updated\.$/,
  );
});

test('a delete that fails on the way back ends in ROLLBACK_FAILED', () => {
  const cloud = new TestCloud();
  cloud.create(
    'app',
    template({ A: parameter('a', { CreateSeconds: 1, FailDelete: 'stuck' }), B: parameter('b', { FailCreate: 'x' }) }),
  );
  assert.is(cloud.settle('app'), 'ROLLBACK_FAILED');
  assert.is(cloud.stack('app').StackStatusReason, 'The following resource(s) failed to delete: [A]. ');
});

test('DisableRollback and OnFailure=DO_NOTHING leave everything as it failed', () => {
  for (const more of [{ DisableRollback: true }, { OnFailure: 'DO_NOTHING' }]) {
    const cloud = new TestCloud();
    cloud.create(
      'app',
      template({ A: parameter('a', { CreateSeconds: 1 }), B: parameter('b', { FailCreate: 'x' }) }),
      more,
    );
    assert.is(cloud.settle('app'), 'CREATE_FAILED');
    assert.is(cloud.stack('app').StackStatusReason, 'The following resource(s) failed to create: [B]. ');
    assert.is(cloud.resourceOf('app', 'A').status, 'CREATE_COMPLETE');
    cloud.update('app', template({ A: parameter('a'), B: parameter('b') }));
    assert.is(cloud.settle('app'), 'UPDATE_COMPLETE');
    assert.is(cloud.resources('AWS::SSM::Parameter').length, 2);
  }
});

test('OnFailure=DELETE takes the stack away', () => {
  const cloud = new TestCloud();
  const id = cloud.create('app', template({ B: parameter('b', { FailCreate: 'x' }) }), { OnFailure: 'DELETE' });
  assert.is(cloud.settle(id), 'DELETE_COMPLETE');
  assert.ok(
    cloud
      .events(id)
      .includes('app DELETE_IN_PROGRESS The following resource(s) failed to create: [B]. Delete requested by user.'),
  );
});

test('a create that takes longer than its timeout is rolled back', () => {
  const cloud = new TestCloud();
  cloud.create('app', template({ A: parameter('a', { CreateSeconds: 600 }) }), { TimeoutInMinutes: 1 });
  assert.is(cloud.settle('app'), 'ROLLBACK_COMPLETE');
  assert.is(
    cloud.stack('app').StackStatusReason,
    'Stack creation time exceeded the specified timeout. Rollback requested by user.',
  );
});

test('the same ClientRequestToken is the same request and stands on every event', () => {
  const cloud = new TestCloud();
  const id = cloud.create('app', template({ A: parameter('a') }), { ClientRequestToken: 'run-1' });
  assert.is(cloud.create('app', template({ A: parameter('a') }), { ClientRequestToken: 'run-1' }), id);
  assert.is(
    cloud.refusal('CreateStack', { StackName: 'app', TemplateBody: '{}', ClientRequestToken: 'run-2' }),
    'AlreadyExistsException: Stack [app] already exists',
  );
  cloud.settle('app');
  const { StackEvents } = cloud.call<{ StackEvents: { ClientRequestToken?: string }[] }>('DescribeStackEvents', {
    StackName: 'app',
  });
  assert.equal([...new Set(StackEvents.map((event) => event.ClientRequestToken))], ['run-1']);
});

test("stack tags and CloudFormation's own are on everything that can be tagged", () => {
  const cloud = new TestCloud();
  const id = cloud.create(
    'app',
    template({ T: { Type: 'AWS::SNS::Topic', Properties: { Tags: [{ Key: 'own', Value: '1' }] } } }),
    {
      Tags: [{ Key: 'environment', Value: 'stage' }],
    },
  );
  cloud.settle('app');
  assert.equal(cloud.resources('AWS::SNS::Topic')[0]?.tags, {
    environment: 'stage',
    'aws:cloudformation:stack-name': 'app',
    'aws:cloudformation:stack-id': id,
    'aws:cloudformation:logical-id': 'T',
    own: '1',
  });
});

test.run();
