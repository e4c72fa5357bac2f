import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TestCloud } from '../test-cloud.ts';

const template = (value: string, more: object = {}) =>
  JSON.stringify({
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: `queue-${value}` } },
      Text: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: value } },
      ...more,
    },
  });

const ALLOW = { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' };
const policy = (...statements: object[]) => JSON.stringify({ Statement: statements });

function updated(body: string, input: object = {}) {
  const cloud = new TestCloud();
  cloud.call('CreateStack', { StackName: 'one', TemplateBody: template('a', OLD), StackPolicyBody: body });
  cloud.pass(300);
  cloud.call('UpdateStack', { StackName: 'one', TemplateBody: template('b'), ...input });
  cloud.pass(300);
  const { Stacks } = cloud.call<{ Stacks: { StackStatus: string }[] }>('DescribeStacks', { StackName: 'one' });
  const { StackEvents } = cloud.call<{
    StackEvents: { LogicalResourceId: string; ResourceStatus: string; ResourceStatusReason?: string }[];
  }>('DescribeStackEvents', { StackName: 'one' });
  const reasons = StackEvents.flatMap(({ ResourceStatusReason: reason = '' }) => reason).filter((one) =>
    /policy/.test(one),
  );
  return { status: Stacks[0]?.StackStatus, reason: reasons.at(-1) };
}
const OLD = { Old: { Type: 'AWS::SNS::Topic' } };

test('without a policy everything may be updated, with one only what it allows', () => {
  assert.is(updated(policy(ALLOW)).status, 'UPDATE_COMPLETE');
  assert.equal(updated(policy({ ...ALLOW, Resource: 'LogicalResourceId/Text' })), {
    status: 'UPDATE_ROLLBACK_COMPLETE',
    reason: 'Action not allowed by stack policy: [Update:Delete] for resource [LogicalResourceId/Old]',
  });
});

test('what is denied is denied whatever else is allowed', () => {
  const replace = { ...ALLOW, Effect: 'Deny', Action: 'Update:Replace' };
  assert.equal(updated(policy(ALLOW, replace)), {
    status: 'UPDATE_ROLLBACK_COMPLETE',
    reason:
      'Action denied by stack policy: Statement [#2] does not allow [Update:Replace] for resource [LogicalResourceId/Queue];',
  });
  const typed = { ...replace, Condition: { StringEquals: { ResourceType: ['AWS::SSM::Parameter'] } } };
  assert.is(updated(policy(ALLOW, typed)).status, 'UPDATE_COMPLETE');
  const others = { Effect: 'Deny', Action: ['Update:Delete'], Principal: '*', NotResource: 'LogicalResourceId/Q*' };
  assert.match(
    updated(policy(ALLOW, others)).reason ?? '',
    'does not allow [Update:Delete] for resource [LogicalResourceId/Old];',
  );
});

test('an update may bring a policy for itself', () => {
  const none = policy({ ...ALLOW, Effect: 'Deny' });
  assert.is(updated(none).status, 'UPDATE_ROLLBACK_COMPLETE');
  assert.is(updated(none, { StackPolicyDuringUpdateBody: policy(ALLOW) }).status, 'UPDATE_COMPLETE');
});

test('a policy is kept, given back and checked', () => {
  const cloud = new TestCloud();
  cloud.call('CreateStack', { StackName: 'one', TemplateBody: template('a') });
  assert.equal(cloud.call('GetStackPolicy', { StackName: 'one' }), { StackPolicyBody: undefined });
  cloud.call('SetStackPolicy', { StackName: 'one', StackPolicyBody: policy(ALLOW) });
  assert.equal(cloud.call('GetStackPolicy', { StackName: 'one' }), { StackPolicyBody: policy(ALLOW) });
  for (const body of ['{', '{}', policy({ ...ALLOW, Effect: 'Maybe' }), policy({ ...ALLOW, Action: 'ec2:*' })]) {
    assert.is(
      cloud.refusal('SetStackPolicy', { StackName: 'one', StackPolicyBody: body }),
      'ValidationError: Error validating stack policy: Invalid stack policy',
      body,
    );
  }
});

test.run();
