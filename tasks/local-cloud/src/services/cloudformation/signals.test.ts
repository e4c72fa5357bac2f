import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TestCloud, parameter, template } from './test-cloud.ts';

const MINUTE = 60;
const quick = (more: object = {}) => ({ Metadata: { 'Roundtrip::LocalCloud': { CreateSeconds: 2, ...more } } });

function waitCondition(policy: object, more: object = {}): object {
  return template({
    Wait: { Type: 'AWS::CloudFormation::WaitCondition', CreationPolicy: { ResourceSignal: policy }, ...quick(more) },
    After: parameter('x', {}, { DependsOn: 'Wait' }),
  });
}

const signal = (UniqueId: string, Status = 'SUCCESS') => ({
  ...{ StackName: 'app', LogicalResourceId: 'Wait', UniqueId, Status },
});

test('a creation policy waits for its signals, counts each once and tells of them', () => {
  const cloud = new TestCloud();
  cloud.create('app', waitCondition({ Count: 2, Timeout: 'PT1H' }));
  cloud.pass(30 * MINUTE);
  assert.is(cloud.resourceOf('app', 'Wait').status, 'CREATE_IN_PROGRESS');
  cloud.call('SignalResource', signal('one'));
  assert.is(
    cloud.refusal('SignalResource', signal('one')),
    'ValidationError: Signal with ID one for resource Wait already exists. Signals may only be updated with a FAILURE status.',
  );
  cloud.pass(1);
  assert.is(cloud.resourceOf('app', 'Wait').status, 'CREATE_IN_PROGRESS');
  cloud.call('SignalResource', signal('two'));
  cloud.pass(1);
  assert.is(cloud.resourceOf('app', 'Wait').status, 'CREATE_COMPLETE');
  assert.is(cloud.settle('app'), 'CREATE_COMPLETE');
  assert.ok(cloud.events('app').includes('Wait CREATE_IN_PROGRESS Received SUCCESS signal with UniqueId two'));
  assert.match(
    cloud.refusal('SignalResource', signal('three')),
    /^ValidationError: Stack:arn:.* is in CREATE_COMPLETE state and can not be signaled\.$/,
  );
});

test('a creation policy fails when its time is over, and at the first signal of a failure', () => {
  const late = new TestCloud();
  late.create('app', waitCondition({ Count: 2, Timeout: 'PT10M' }));
  late.pass(MINUTE);
  late.call('SignalResource', signal('one'));
  assert.is(late.settle('app'), 'ROLLBACK_COMPLETE');
  assert.ok(
    late
      .events('app')
      .includes('Wait CREATE_FAILED Failed to receive 1 resource signal(s) within the specified duration'),
  );
  const failing = new TestCloud();
  failing.create('app', waitCondition({ Timeout: 'PT10M' }));
  failing.pass(MINUTE);
  failing.call('SignalResource', signal('i-1', 'FAILURE'));
  assert.is(failing.settle('app'), 'ROLLBACK_COMPLETE');
  assert.ok(failing.events('app').includes('Wait CREATE_FAILED Received FAILURE signal with UniqueId i-1'));
});

test('a wait condition on its way out takes no signals', () => {
  const deleted = new TestCloud();
  deleted.create('app', waitCondition({ Timeout: 'PT10M' }));
  deleted.pass(MINUTE);
  deleted.call('DeleteStack', { StackName: 'app' });
  assert.match(deleted.refusal('SignalResource', signal('one')), / and cannot be signaled$/);
  deleted.pass(MINUTE);
  assert.equal(deleted.resources(), []);
  const late = new TestCloud();
  late.create('app', template({ A: parameter('1') }));
  late.settle('app');
  const { Wait } = (waitCondition({ Timeout: 'PT1M' }) as { Resources: Record<string, object> }).Resources;
  late.update('app', template({ A: parameter('1'), Wait: Wait ?? {} }));
  while (late.resourceOf('app', 'Wait').status !== 'DELETE_IN_PROGRESS') late.pass(1);
  assert.is(
    late.refusal('SignalResource', signal('one')),
    'ValidationError: Resource Wait is in DELETE_IN_PROGRESS state and cannot be signaled',
  );
  assert.is(late.settle('app'), 'UPDATE_ROLLBACK_COMPLETE');
});

test('a template may say what would be signalled', () => {
  const cloud = new TestCloud();
  cloud.create('app', waitCondition({ Count: 3 }, { Signal: 'SUCCESS' }));
  cloud.pass(MINUTE);
  assert.is(cloud.settle('app'), 'CREATE_COMPLETE');
});

test('a wait condition with a handle times out in its own words', () => {
  const cloud = new TestCloud();
  cloud.create(
    'app',
    template({
      Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
      Wait: {
        Type: 'AWS::CloudFormation::WaitCondition',
        Properties: { Handle: { Ref: 'Handle' }, Timeout: '600' },
        ...quick(),
      },
    }),
  );
  cloud.pass(5 * MINUTE);
  assert.match(
    cloud.resourceOf('app', 'Handle').physicalId,
    /^https:\/\/cloudformation-waitcondition-eu-west-1\.s3\.eu-west-1\.amazonaws\.com\/arn%3Aaws%3Acloudformation/,
  );
  assert.is(
    cloud.refusal('SignalResource', signal('one')),
    'ValidationError: Resource Wait is in CREATE_IN_PROGRESS state and cannot be signaled',
  );
  assert.is(cloud.settle('app'), 'ROLLBACK_COMPLETE');
  assert.ok(
    cloud.events('app').includes('Wait CREATE_FAILED WaitCondition timed out. Received 0 conditions when expecting 1'),
  );
});

test('a custom resource is what its template says that its function would answer', () => {
  const cloud = new TestCloud();
  const custom = (size: number, attribute = 'Zone.Name') =>
    template(
      {
        Lookup: {
          Type: 'Custom::Lookup',
          Properties: { ServiceToken: 'arn:aws:lambda:eu-west-1:111111111111:function:lookup', Size: size },
          Metadata: {
            'Roundtrip::LocalCloud': {
              ...{ CreateSeconds: 2, PhysicalResourceId: 'found' },
              Attributes: { 'Zone.Name': { 'Fn::Sub': `zone-\${AWS::Region}-${size}` } },
            },
          },
        },
      },
      { Outputs: { Id: { Value: { Ref: 'Lookup' } }, Zone: { Value: { 'Fn::GetAtt': ['Lookup', attribute] } } } },
    );
  cloud.create('app', custom(1));
  assert.is(cloud.settle('app'), 'CREATE_COMPLETE');
  const outputs = () => cloud.stack('app').Outputs?.map(({ OutputValue }) => OutputValue);
  assert.equal(outputs(), ['found', 'zone-eu-west-1-1']);
  cloud.update('app', custom(2));
  assert.is(cloud.settle('app'), 'UPDATE_COMPLETE');
  assert.equal(outputs(), ['found', 'zone-eu-west-1-2']);
  cloud.update('app', custom(3, 'Nothing'));
  assert.is(cloud.settle('app'), 'UPDATE_ROLLBACK_COMPLETE');
  assert.match(
    cloud.stack('app').StackStatusReason ?? '',
    /^CustomResource attribute error: Vendor response doesn't contain Nothing attribute in object arn:.*\|Lookup$/,
  );
  cloud.call('DeleteStack', { StackName: 'app' });
  cloud.pass(5 * MINUTE);
  assert.equal(cloud.resources('Custom::Lookup'), []);
});

test('a custom resource whose answer nobody knows fails and says what to write', () => {
  const cloud = new TestCloud();
  cloud.create('app', template({ A: { Type: 'Custom::Thing', Properties: { ServiceToken: 'x' } } }));
  assert.is(cloud.settle('app'), 'ROLLBACK_COMPLETE');
  assert.ok(
    cloud
      .events('app')
      .includes(
        'A CREATE_FAILED The local cloud cannot run the function behind A (Custom::Thing). ' +
          'Say in the metadata of the resource what it would answer: ' +
          'Roundtrip::LocalCloud: { PhysicalResourceId: <text>, Attributes: { <name>: <value> } }',
      ),
  );
});

test.run();
