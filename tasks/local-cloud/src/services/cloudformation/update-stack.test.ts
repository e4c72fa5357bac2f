import type { DescribeStackEventsOutput } from '@aws-sdk/client-cloudformation';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TestCloud, parameter, template } from './test-cloud.ts';

function cloudWith(resources: Record<string, object>, more: object = {}): TestCloud {
  const cloud = new TestCloud();
  cloud.create('app', template(resources), more);
  assert.is(cloud.settle('app'), 'CREATE_COMPLETE');
  return cloud;
}

function newEvents(cloud: TestCloud, seen: number): string[] {
  return cloud.events('app').slice(seen);
}

function named(name: string, value = 'v', hints: object = {}): object {
  return {
    Type: 'AWS::SSM::Parameter',
    Properties: { Name: name, Type: 'String', Value: value },
    Metadata: { 'Roundtrip::LocalCloud': { CreateSeconds: 4, UpdateSeconds: 2, DeleteSeconds: 2, ...hints } },
  };
}

test('an update changes what differs, adds, and removes in the clean-up', () => {
  const cloud = cloudWith({ A: parameter('a'), B: parameter('b') });
  const seen = cloud.events('app').length;
  cloud.update('app', template({ A: parameter('a2'), C: parameter('c', {}, { DependsOn: 'A' }) }));
  assert.is(cloud.settle('app'), 'UPDATE_COMPLETE');
  assert.equal(newEvents(cloud, seen), [
    'app UPDATE_IN_PROGRESS User Initiated',
    'A UPDATE_IN_PROGRESS',
    'A UPDATE_COMPLETE',
    'C CREATE_IN_PROGRESS',
    'C CREATE_IN_PROGRESS Resource creation Initiated',
    'C CREATE_COMPLETE',
    'app UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'B DELETE_IN_PROGRESS',
    'B DELETE_COMPLETE',
    'app UPDATE_COMPLETE',
  ]);
  assert.equal(
    cloud.resources().map(({ logicalId, properties }) => [logicalId, properties['Value']]),
    [
      ['A', 'a2'],
      ['C', 'c'],
    ],
  );
  assert.ok(cloud.stack('app').LastUpdatedTime);
});

test('what has not changed is no update, whatever the layout, description or unused parameters', () => {
  const cloud = cloudWith({ A: parameter('a') });
  const none = 'ValidationError: No updates are to be performed.';
  const same = template(
    { A: parameter('a') },
    { Description: 'new', Parameters: { Unused: { Type: 'String', Default: 'x' } } },
  );
  assert.is(cloud.refusal('UpdateStack', { StackName: 'app', TemplateBody: JSON.stringify(same, null, 2) }), none);
  assert.is(cloud.refusal('UpdateStack', { StackName: 'app', UsePreviousTemplate: true }), none);
  assert.is(cloud.stack('app').StackStatus, 'CREATE_COMPLETE');
  assert.is(cloud.stack('app').LastUpdatedTime, undefined);
});

test('a change of the outputs alone is an update', () => {
  const cloud = cloudWith({ A: parameter('a') });
  cloud.update('app', template({ A: parameter('a') }, { Outputs: { Name: { Value: { Ref: 'A' } } } }));
  assert.is(cloud.settle('app'), 'UPDATE_COMPLETE');
  assert.equal(
    cloud.stack('app').Outputs?.map(({ OutputKey }) => OutputKey),
    ['Name'],
  );
});

test('changed stack tags reach every taggable resource without replacing any', () => {
  const cloud = cloudWith({ A: parameter('a') }, { Tags: [{ Key: 'run', Value: '1' }] });
  const { physicalId } = cloud.resourceOf('app', 'A');
  const seen = cloud.events('app').length;
  cloud.call('UpdateStack', { StackName: 'app', UsePreviousTemplate: true, Tags: [{ Key: 'run', Value: '2' }] });
  assert.is(cloud.settle('app'), 'UPDATE_COMPLETE');
  assert.ok(newEvents(cloud, seen).includes('A UPDATE_COMPLETE'));
  assert.is(cloud.resourceOf('app', 'A').physicalId, physicalId);
  assert.is(cloud.resources()[0]?.tags['run'], '2');
  assert.equal(cloud.stack('app').Tags, [{ Key: 'run', Value: '2' }]);
});

test('a replacement is created before the old one is deleted, and what refers to it follows', () => {
  const reader = (name: string) => ({
    A: named(name),
    B: { ...parameter(''), Properties: { Type: 'String', Value: { Ref: 'A' } } },
  });
  const cloud = cloudWith(reader('/one'));
  const seen = cloud.events('app').length;
  cloud.update('app', template(reader('/two')));
  assert.is(cloud.settle('app'), 'UPDATE_COMPLETE');
  assert.equal(newEvents(cloud, seen), [
    'app UPDATE_IN_PROGRESS User Initiated',
    'A UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.',
    'A UPDATE_IN_PROGRESS Resource creation Initiated',
    'A UPDATE_COMPLETE',
    'B UPDATE_IN_PROGRESS',
    'B UPDATE_COMPLETE',
    'app UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'A DELETE_IN_PROGRESS',
    'A DELETE_COMPLETE',
    'app UPDATE_COMPLETE',
  ]);
  assert.is(cloud.resourceOf('app', 'A').physicalId, '/two');
  assert.is(cloud.resourceOf('app', 'A').status, 'UPDATE_COMPLETE');
  const values = cloud.resources().map(({ logicalId, properties }) => [logicalId, properties['Value']]);
  assert.equal(values.sort(), [
    ['A', 'v'],
    ['B', '/two'],
  ]);
});

test('UpdateReplacePolicy Retain leaves the old one behind', () => {
  const cloud = cloudWith({ A: { ...named('/one'), UpdateReplacePolicy: 'Retain' } });
  const seen = cloud.events('app').length;
  cloud.update('app', template({ A: { ...named('/two'), UpdateReplacePolicy: 'Retain' } }));
  assert.is(cloud.settle('app'), 'UPDATE_COMPLETE');
  assert.ok(newEvents(cloud, seen).includes('A DELETE_SKIPPED'));
  assert.equal(
    cloud.resources().map(({ id, stackId }) => [id, stackId === undefined]),
    [
      ['/one', true],
      ['/two', false],
    ],
  );
});

test('a named resource that needs replacing is refused, and the update goes back', () => {
  const table = (key: string) => ({
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'orders',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
    },
  });
  const cloud = cloudWith({ D: table('id') });
  cloud.update('app', template({ D: table('number') }));
  assert.is(cloud.settle('app'), 'UPDATE_ROLLBACK_COMPLETE');
  assert.ok(
    cloud
      .events('app')
      .includes(
        'D UPDATE_FAILED CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename orders and update the stack again.',
      ),
  );
});

test('a failed update goes back: changes undone, replacements switched back, additions deleted', () => {
  const cloud = cloudWith({ A: parameter('a'), R: named('/one') }, { Tags: [{ Key: 'run', Value: '1' }] });
  const seen = cloud.events('app').length;
  cloud.update(
    'app',
    template({
      A: parameter('a2'),
      R: named('/two'),
      N: parameter('n', {}, { DependsOn: ['A', 'R'] }),
      F: parameter('f', { FailCreate: 'no room' }, { DependsOn: 'N' }),
    }),
    { Tags: [{ Key: 'run', Value: '2' }] },
  );
  assert.is(cloud.settle('app'), 'UPDATE_ROLLBACK_COMPLETE');
  const events = newEvents(cloud, seen);
  assert.equal(events.slice(events.indexOf('F CREATE_FAILED no room')), [
    'F CREATE_FAILED no room',
    'app UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [F]. ',
    'A UPDATE_IN_PROGRESS',
    'R UPDATE_IN_PROGRESS',
    'R UPDATE_COMPLETE',
    'A UPDATE_COMPLETE',
    'app UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'F DELETE_IN_PROGRESS',
    'F DELETE_COMPLETE',
    'N DELETE_IN_PROGRESS',
    'N DELETE_COMPLETE',
    'R DELETE_IN_PROGRESS',
    'R DELETE_COMPLETE',
    'app UPDATE_ROLLBACK_COMPLETE',
  ]);
  assert.equal(
    cloud
      .resources()
      .map(({ id, logicalId, properties, tags }) => [
        logicalId === 'R' ? id : logicalId,
        properties['Value'],
        tags['run'],
      ]),
    [
      ['A', 'a', '1'],
      ['/one', 'v', '1'],
    ],
  );
  assert.equal(cloud.stack('app').Tags, [{ Key: 'run', Value: '1' }]);
  assert.is(cloud.stack('app').StackStatusReason, 'The following resource(s) failed to create: [F]. ');
  assert.is(
    cloud.refusal('UpdateStack', {
      StackName: 'app',
      TemplateBody: JSON.stringify(template({ A: parameter('a'), R: named('/one') })),
    }),
    'ValidationError: No updates are to be performed.',
  );
});

test('a rollback that fails waits for ContinueUpdateRollback, which may skip what fails', () => {
  const cloud = cloudWith({ A: parameter('a', { FailUpdate: 'stuck' }), B: parameter('b') });
  cloud.update(
    'app',
    template({
      A: parameter('a2'),
      B: parameter('b', {}, { DependsOn: 'A' }),
      F: parameter('f', { FailCreate: 'x' }, { DependsOn: 'A' }),
    }),
  );
  assert.is(cloud.settle('app'), 'UPDATE_ROLLBACK_FAILED');
  assert.is(cloud.stack('app').StackStatusReason, 'The following resource(s) failed to update: [A]. ');
  const { StackId } = cloud.stack('app');
  assert.is(
    cloud.refusal('UpdateStack', { StackName: 'app', UsePreviousTemplate: true }),
    `ValidationError: Stack:${StackId} is in UPDATE_ROLLBACK_FAILED state and can not be updated.`,
  );
  assert.is(
    cloud.refusal('ContinueUpdateRollback', { StackName: 'app', ResourcesToSkip: ['X'] }),
    'ValidationError: The specified resources to skip do not exist in the stack: [X]',
  );
  assert.is(
    cloud.refusal('ContinueUpdateRollback', { StackName: 'app', ResourcesToSkip: ['B'] }),
    'ValidationError: The specified resources to skip must be in the UPDATE_FAILED state: [B]',
  );
  cloud.call('ContinueUpdateRollback', { StackName: 'app' });
  assert.is(cloud.settle('app'), 'UPDATE_ROLLBACK_FAILED');
  cloud.call('ContinueUpdateRollback', { StackName: 'app', ResourcesToSkip: ['A'] });
  assert.is(cloud.settle('app'), 'UPDATE_ROLLBACK_COMPLETE');
  assert.equal(
    cloud.resources().map(({ logicalId }) => logicalId),
    ['A', 'B'],
  );
  assert.is(
    cloud.refusal('ContinueUpdateRollback', { StackName: 'app' }),
    `ValidationError: Stack:${StackId} is in UPDATE_ROLLBACK_COMPLETE state and can not be continued for update rollback.`,
  );
});

test('DisableRollback stops where it failed; RollbackStack goes back to the last good state', () => {
  const cloud = cloudWith({ A: named('/one') });
  const failing = template({ A: named('/two'), F: parameter('f', { FailCreate: 'x' }, { DependsOn: 'A' }) });
  cloud.update('app', failing, { DisableRollback: true });
  assert.is(cloud.settle('app'), 'UPDATE_FAILED');
  assert.is(cloud.resources('AWS::SSM::Parameter').length, 3);
  cloud.call('RollbackStack', { StackName: 'app' });
  assert.is(cloud.settle('app'), 'UPDATE_ROLLBACK_COMPLETE');
  assert.equal(
    cloud.resources().map(({ id }) => id),
    ['/one'],
  );
  assert.match(
    cloud.refusal('RollbackStack', { StackName: 'app' }),
    /is in UPDATE_ROLLBACK_COMPLETE state and can not be rolled back\.$/,
  );
});

test('a stack that has never been whole goes back to nothing, also when updates have been tried meanwhile', () => {
  for (const [operation, begins] of [
    ['RollbackStack', 'UPDATE_FAILED'],
    ['CancelUpdateStack', 'UPDATE_IN_PROGRESS'],
  ] as const) {
    const cloud = new TestCloud();
    cloud.create('app', template({ A: parameter('1', { FailCreate: 'x' }) }), { DisableRollback: true });
    assert.is(cloud.settle('app'), 'CREATE_FAILED');
    cloud.update('app', template({ A: parameter('1'), F: parameter('f', { FailCreate: 'x' }, { DependsOn: 'A' }) }));
    if (operation === 'RollbackStack') cloud.settle('app');
    else cloud.pass(8);
    assert.is(cloud.stack('app').StackStatus, begins);
    cloud.call(operation, { StackName: 'app' });
    assert.is(cloud.settle('app'), 'ROLLBACK_COMPLETE');
    assert.equal(cloud.resources(), []);
    assert.is(cloud.resourceOf('app', 'A').status, 'DELETE_COMPLETE');
    cloud.call('DeleteStack', { StackName: 'app' });
    cloud.pass(60);
    assert.match(cloud.refusal('DescribeStacks', { StackName: 'app' }), /does not exist$/);
  }
});

test('two things of one logical id that go at the same moment have events of their own', () => {
  const cloud = cloudWith({ A: named('/one') });
  const failing = (name: string) =>
    template({ A: named(name), F: parameter('f', { FailCreate: 'x' }, { DependsOn: 'A' }) });
  for (const name of ['/two', '/three']) {
    cloud.update('app', failing(name), { DisableRollback: true });
    assert.is(cloud.settle('app'), 'UPDATE_FAILED');
  }
  cloud.update('app', template({ A: named('/three') }));
  assert.is(cloud.settle('app'), 'UPDATE_COMPLETE');
  const { StackEvents = [] } = cloud.call<DescribeStackEventsOutput>('DescribeStackEvents', { StackName: 'app' });
  const gone = StackEvents.filter(
    ({ LogicalResourceId, ResourceStatus }) => LogicalResourceId === 'A' && ResourceStatus === 'DELETE_COMPLETE',
  );
  assert.equal(gone.map(({ PhysicalResourceId }) => PhysicalResourceId).sort(), ['/one', '/two']);
  assert.is(new Set(StackEvents.map(({ EventId }) => EventId)).size, StackEvents.length);
});

test('an update after one that failed without rollback cleans up what both have replaced', () => {
  const cloud = cloudWith({ A: named('/one') });
  cloud.update('app', template({ A: named('/two'), F: parameter('f', { FailCreate: 'x' }, { DependsOn: 'A' }) }), {
    DisableRollback: true,
  });
  assert.is(cloud.settle('app'), 'UPDATE_FAILED');
  cloud.update('app', template({ A: named('/two'), F: parameter('f') }), { DisableRollback: true });
  assert.is(cloud.settle('app'), 'UPDATE_COMPLETE');
  assert.equal(
    cloud.resources().map(({ logicalId }) => logicalId),
    ['A', 'F'],
  );
});

test('CancelUpdateStack takes an update back, and is refused at any other time', () => {
  const cloud = cloudWith({ A: parameter('a') });
  assert.is(
    cloud.refusal('CancelUpdateStack', { StackName: 'app' }),
    'ValidationError: CancelUpdateStack cannot be called from current stack status',
  );
  cloud.update('app', template({ A: parameter('a2', { UpdateSeconds: 500 }) }));
  cloud.pass(10);
  cloud.call('CancelUpdateStack', { StackName: 'app' });
  assert.is(cloud.settle('app'), 'UPDATE_ROLLBACK_COMPLETE');
  assert.ok(cloud.events('app').includes('A UPDATE_FAILED Resource update cancelled'));
  assert.ok(cloud.events('app').includes('app UPDATE_ROLLBACK_IN_PROGRESS User Initiated'));
  assert.is(cloud.resources()[0]?.properties['Value'], 'a');
});

test('a clean-up that fails three times leaves the resource behind and ends well', () => {
  const cloud = cloudWith({ A: parameter('a'), B: parameter('b', { FailDelete: 'stuck' }) });
  cloud.update('app', template({ A: parameter('a') }));
  const from = cloud.now;
  assert.is(cloud.settle('app'), 'UPDATE_COMPLETE');
  assert.ok(cloud.events('app').includes('B DELETE_FAILED stuck'));
  assert.ok(cloud.now - from >= 6000, 'tried three times, two seconds each');
  assert.equal(
    cloud.resources().map(({ stackId }) => stackId === undefined),
    [false, true],
  );
});

test('a clean-up that leaves one resource behind still deletes what that one was made after', () => {
  const cloud = cloudWith({ A: named('/one'), B: parameter('b', { FailDelete: 'stuck' }, { DependsOn: 'A' }) });
  cloud.update('app', template({ A: named('/two') }));
  assert.is(cloud.settle('app'), 'UPDATE_COMPLETE');
  assert.equal(
    cloud.resources().map(({ logicalId, id }) => (logicalId === 'A' ? id : logicalId)),
    [undefined, '/two'],
  );
});

test('the type of a resource cannot change', () => {
  const cloud = cloudWith({ A: parameter('a') });
  assert.is(
    cloud.refusal('UpdateStack', {
      StackName: 'app',
      TemplateBody: JSON.stringify(template({ A: { Type: 'AWS::SNS::Topic' } })),
    }),
    'ValidationError: Update of resource type is not permitted. The new template modifies resource type of the following resources: [A]',
  );
});

test('parameters keep their value where asked and fall back to the default where not', () => {
  const cloud = new TestCloud();
  const body = template(
    { A: { ...parameter(''), Properties: { Type: 'String', Value: { Ref: 'V' } } } },
    { Parameters: { V: { Type: 'String', Default: 'default' }, W: { Type: 'String', Default: '1', NoEcho: true } } },
  );
  const given = (more: object) => ({ Parameters: [{ ParameterKey: 'V', ...more }] });
  cloud.create('app', body, given({ ParameterValue: 'own' }));
  cloud.settle('app');
  assert.equal(cloud.stack('app').Parameters, [
    { ParameterKey: 'V', ParameterValue: 'own', ResolvedValue: undefined },
    { ParameterKey: 'W', ParameterValue: '****', ResolvedValue: undefined },
  ]);
  const previous = { StackName: 'app', UsePreviousTemplate: true };
  assert.match(
    cloud.refusal('UpdateStack', { ...previous, ...given({ UsePreviousValue: true }) }),
    /No updates are to be performed/,
  );
  cloud.call('UpdateStack', previous);
  cloud.settle('app');
  assert.is(cloud.resources()[0]?.properties['Value'], 'default');
});

test.run();
