import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TestCloud, parameter, template } from './test-cloud.ts';

function cloudWith(resources: Record<string, object>, more: object = {}): { cloud: TestCloud; id: string } {
  const cloud = new TestCloud();
  const id = cloud.create('app', template(resources), more);
  assert.is(cloud.settle('app'), 'CREATE_COMPLETE');
  return { cloud, id };
}

test('a delete takes resources away in reverse order, and the name is free for another stack', () => {
  const { cloud, id } = cloudWith({ A: parameter('a'), B: parameter('b', {}, { DependsOn: 'A' }) });
  const seen = cloud.events('app').length;
  cloud.call('DeleteStack', { StackName: 'app', ClientRequestToken: 'down' });
  assert.is(cloud.settle(id), 'DELETE_COMPLETE');
  assert.equal(cloud.events(id).slice(seen), [
    'app DELETE_IN_PROGRESS User Initiated',
    'B DELETE_IN_PROGRESS',
    'B DELETE_COMPLETE',
    'A DELETE_IN_PROGRESS',
    'A DELETE_COMPLETE',
    'app DELETE_COMPLETE',
  ]);
  assert.equal(cloud.resources(), []);
  assert.is(cloud.refusal('DescribeStacks', { StackName: 'app' }), 'ValidationError: Stack with id app does not exist');
  assert.is(cloud.refusal('DescribeStackEvents', { StackName: 'app' }), 'ValidationError: Stack [app] does not exist');
  assert.is(cloud.refusal('UpdateStack', { StackName: 'app' }), 'ValidationError: Stack [app] does not exist');
  const again = cloud.create('app', template({ A: parameter('a') }));
  assert.is.not(again, id);
  assert.is(cloud.stack(id).StackStatus, 'DELETE_COMPLETE');
  assert.ok(cloud.stack(id).DeletionTime);
});

test('deleting what is not there, or is going already, is no mistake', () => {
  const { cloud, id } = cloudWith({ A: parameter('a') });
  assert.is(cloud.refusal('DeleteStack', { StackName: 'other' }), 'accepted');
  cloud.call('DeleteStack', { StackName: 'app' });
  assert.is(cloud.refusal('DeleteStack', { StackName: 'app' }), 'accepted');
  cloud.settle(id);
  assert.is(cloud.refusal('DeleteStack', { StackName: id }), 'accepted');
  assert.is(cloud.events(id).filter((event) => event === 'app DELETE_IN_PROGRESS User Initiated').length, 1);
});

test('deleted stacks stay listed for ninety days', () => {
  const { cloud, id } = cloudWith({ A: parameter('a') });
  cloud.call('DeleteStack', { StackName: 'app' });
  cloud.settle(id);
  const listed = () =>
    cloud
      .call<{ StackSummaries: { StackId: string }[] }>('ListStacks', { StackStatusFilter: ['DELETE_COMPLETE'] })
      .StackSummaries.map(({ StackId }) => StackId);
  assert.equal(listed(), [id]);
  assert.equal(cloud.call<{ Stacks: object[] }>('DescribeStacks', {}).Stacks, []);
  cloud.pass(91 * 86_400);
  assert.equal(listed(), []);
  assert.is(cloud.refusal('DescribeStacks', { StackName: id }), `ValidationError: Stack with id ${id} does not exist`);
});

test('a resource that refuses leaves DELETE_FAILED: what it needs stays, everything else goes', () => {
  const { cloud, id } = cloudWith({
    A: parameter('a'),
    B: parameter('b', { FailDelete: 'stuck' }, { DependsOn: 'A' }),
    C: parameter('c'),
  });
  cloud.call('DeleteStack', { StackName: 'app' });
  assert.is(cloud.settle('app'), 'DELETE_FAILED');
  assert.is(cloud.stack('app').StackStatusReason, 'The following resource(s) failed to delete: [B]. ');
  assert.equal(
    ['A', 'B', 'C'].map((name) => cloud.resourceOf('app', name).status),
    ['CREATE_COMPLETE', 'DELETE_FAILED', 'DELETE_COMPLETE'],
  );
  assert.is(cloud.resourceOf('app', 'B').reason, 'stuck');
  assert.is(
    cloud.refusal('DeleteStack', { StackName: 'app', RetainResources: ['C'] }),
    'ValidationError: The specified resources to retain must be in a valid state. Do not specify resources that are in the DELETE_COMPLETE state.',
  );
  cloud.call('DeleteStack', { StackName: 'app', RetainResources: ['B'] });
  assert.is(cloud.settle(id), 'DELETE_COMPLETE');
  assert.equal(
    cloud.resources().map(({ logicalId, properties }) => [logicalId, properties['Value']]),
    [[undefined, 'b']],
  );
  assert.ok(cloud.events(id).includes('B DELETE_SKIPPED'));
});

test('FORCE_DELETE_STACK keeps what refuses and ends, but only after a delete has failed', () => {
  const { cloud, id } = cloudWith({ B: parameter('b', { FailDelete: 'stuck' }) });
  assert.is(
    cloud.refusal('DeleteStack', { StackName: 'app', DeletionMode: 'FORCE_DELETE_STACK' }),
    `ValidationError: Invalid operation on stack [${id}]. You can activate DeletionMode FORCE_DELETE_STACK in a delete stack operation only when the stack is in the DELETE_FAILED state.`,
  );
  assert.is(
    cloud.refusal('DeleteStack', { StackName: 'app', RetainResources: ['B'] }),
    `ValidationError: Invalid operation on stack [${id}]. The stack must be in the DELETE_FAILED state to specify resources to retain.`,
  );
  cloud.call('DeleteStack', { StackName: 'app' });
  cloud.settle('app');
  cloud.call('DeleteStack', { StackName: 'app', DeletionMode: 'FORCE_DELETE_STACK' });
  assert.is(cloud.settle(id), 'DELETE_COMPLETE');
  assert.is(cloud.resources().length, 1);
});

test('termination protection and a running update refuse a delete', () => {
  const { cloud } = cloudWith({ A: parameter('a') }, { EnableTerminationProtection: true });
  assert.is(
    cloud.refusal('DeleteStack', { StackName: 'app' }),
    'ValidationError: Stack [app] cannot be deleted while TerminationProtection is enabled',
  );
  cloud.call('UpdateTerminationProtection', { StackName: 'app', EnableTerminationProtection: false });
  assert.is(cloud.stack('app').EnableTerminationProtection, false);
  cloud.update('app', template({ A: parameter('a2') }));
  assert.is(
    cloud.refusal('DeleteStack', { StackName: 'app' }),
    'ValidationError: Stack [app] cannot be deleted while in status UPDATE_IN_PROGRESS',
  );
});

test('a stack can be deleted while it is being created or rolled back', () => {
  for (const [hints, seconds] of [
    [{}, 4],
    [{ FailCreate: 'x', DeleteSeconds: 60 }, 12],
  ] as const) {
    const cloud = new TestCloud();
    const id = cloud.create('app', template({ A: parameter('a', hints), B: parameter('b', {}, { DependsOn: 'A' }) }));
    cloud.pass(seconds);
    assert.match(cloud.stack('app').StackStatus ?? '', /^(CREATE|ROLLBACK)_IN_PROGRESS$/);
    cloud.call('DeleteStack', { StackName: 'app' });
    assert.is(cloud.settle(id), 'DELETE_COMPLETE');
    cloud.pass(1000);
    assert.equal(cloud.resources(), []);
    assert.is(cloud.stack(id).StackStatus, 'DELETE_COMPLETE');
  }
});

test('DeletionPolicy Retain keeps a resource at delete and at rollback, RetainExceptOnCreate only at delete', () => {
  for (const [policy, kept] of [
    ['Retain', ['A']],
    ['RetainExceptOnCreate', []],
  ] as const) {
    const { cloud, id } = cloudWith({ A: parameter('a', {}, { DeletionPolicy: policy }) });
    cloud.call('DeleteStack', { StackName: 'app' });
    assert.is(cloud.settle(id), 'DELETE_COMPLETE');
    assert.is(cloud.resources().length, 1);
    assert.ok(cloud.events(id).includes('A DELETE_SKIPPED'));
    cloud.create(
      'back',
      template({
        A: parameter('a', {}, { DeletionPolicy: policy }),
        F: parameter('f', { FailCreate: 'x' }, { DependsOn: 'A' }),
      }),
    );
    assert.is(cloud.settle('back'), 'ROLLBACK_COMPLETE');
    assert.is(cloud.resources().length, 1 + kept.length);
  }
});

test('a delete after an update that failed without rollback takes what was replaced too', () => {
  const named = (Name: string) => ({ Type: 'AWS::SSM::Parameter', Properties: { Name, Type: 'String', Value: 'v' } });
  const { cloud, id } = cloudWith({ A: named('/one') });
  const failing = { A: named('/two'), F: parameter('f', { FailCreate: 'x' }, { DependsOn: 'A' }) };
  cloud.update('app', template(failing), { DisableRollback: true });
  assert.is(cloud.settle('app'), 'UPDATE_FAILED');
  assert.equal(
    cloud.resources().flatMap(({ logicalId, id }) => (logicalId === 'A' ? [id] : [])),
    ['/one', '/two'],
  );
  cloud.call('DeleteStack', { StackName: 'app' });
  assert.is(cloud.settle(id), 'DELETE_COMPLETE');
  assert.equal(cloud.resources(), []);
});

test('a database leaves a snapshot unless the template says Delete, and refuses while it is protected', () => {
  const database = (more: object, properties: object = {}) => ({
    D: {
      Type: 'AWS::RDS::DBInstance',
      Properties: {
        Engine: 'postgres',
        DBInstanceClass: 'db.t4g.micro',
        MasterUsername: 'app',
        ManageMasterUserPassword: true,
        CopyTagsToSnapshot: true,
        ...properties,
      },
      ...more,
    },
  });
  for (const [policy, count] of [
    [{}, 1],
    [{ DeletionPolicy: 'Snapshot' }, 1],
    [{ DeletionPolicy: 'Delete' }, 0],
  ] as const) {
    const { cloud, id } = cloudWith(database(policy), { Tags: [{ Key: 'environment', Value: 'stage' }] });
    assert.is(cloud.resources('AWS::SecretsManager::Secret').length, 1, 'RDS keeps the master password');
    cloud.call('DeleteStack', { StackName: 'app' });
    assert.is(cloud.settle(id), 'DELETE_COMPLETE');
    const left = cloud.resources();
    assert.is(left.length, count);
    if (count === 1) {
      assert.match(String(left[0]?.properties['DBSnapshotIdentifier']), /^app-snapshot-d-[a-z0-9]{12}$/);
      assert.equal([left[0]?.type, left[0]?.tags], ['AWS::RDS::DBSnapshot', { environment: 'stage' }]);
    }
  }
  const { cloud } = cloudWith(database({ DeletionPolicy: 'Delete' }, { DeletionProtection: true }));
  cloud.call('DeleteStack', { StackName: 'app' });
  assert.is(cloud.settle('app'), 'DELETE_FAILED');
  assert.match(
    cloud.resourceOf('app', 'D').reason,
    /^Resource handler returned message: "Cannot delete protected DB Instance, please disable deletion protection and try again\." \(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: InvalidRequest\)$/,
  );
});

test.run();
