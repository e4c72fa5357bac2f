import type {
  CreateChangeSetOutput,
  DescribeChangeSetOutput,
  DescribeEventsOutput,
  ResourceChange,
} from '@aws-sdk/client-cloudformation';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TestCloud, parameter, template } from '../test-cloud.ts';

const SET = { StackName: 'one', ChangeSetName: 'first' };

function proposed(cloud: TestCloud, body: object, more: object = {}): string {
  const input = { ...SET, TemplateBody: JSON.stringify(body), ...more };
  const { Id = '' } = cloud.call<CreateChangeSetOutput>('CreateChangeSet', input);
  cloud.pass(3);
  return Id;
}

function made(body: object, more: object = {}): TestCloud {
  const cloud = new TestCloud();
  cloud.create('one', body, more);
  cloud.settle('one');
  return cloud;
}

const described = (cloud: TestCloud, more: object = {}) =>
  cloud.call<DescribeChangeSetOutput>('DescribeChangeSet', { ...SET, ...more });
const changesOf = (cloud: TestCloud): ResourceChange[] =>
  (described(cloud, { IncludePropertyValues: true }).Changes ?? []).map(({ ResourceChange: change }) => change ?? {});

test('how an execution went is kept, whatever the stack does afterwards', () => {
  const cloud = made(template({ A: parameter('a') }));
  const id = proposed(cloud, template({ A: parameter('b') }));
  cloud.call('ExecuteChangeSet', SET);
  const shown = () => described(cloud, { ChangeSetName: id }).ExecutionStatus;
  assert.is(shown(), 'EXECUTE_IN_PROGRESS');
  cloud.settle('one');
  assert.is(shown(), 'EXECUTE_COMPLETE');
  cloud.update('one', template({ A: parameter('c') }));
  assert.is(shown(), 'EXECUTE_COMPLETE');
  cloud.settle('one');
  const failing = proposed(cloud, template({ A: parameter('d', { FailUpdate: 'as asked' }) }), {
    ChangeSetName: 'bad',
  });
  cloud.call('ExecuteChangeSet', { ...SET, ChangeSetName: 'bad' });
  assert.is(cloud.settle('one'), 'UPDATE_ROLLBACK_COMPLETE');
  assert.is(described(cloud, { ChangeSetName: failing }).ExecutionStatus, 'EXECUTE_FAILED');
});

test('a change set is executed on a stack at rest only', () => {
  const cloud = made(template({ A: parameter('a') }));
  const stackId = cloud.stack('one').StackId ?? '';
  proposed(cloud, template({ A: parameter('b') }));
  cloud.call('DeleteStack', { StackName: 'one' });
  assert.is(
    cloud.refusal('ExecuteChangeSet', SET),
    `ValidationError: Stack:${stackId} is in DELETE_IN_PROGRESS state and can not be updated.`,
  );
});

test('a change set whose stack moves on before it is worked out fails', () => {
  const cloud = made(template({ A: parameter('a') }));
  cloud.call('CreateChangeSet', { ...SET, TemplateBody: JSON.stringify(template({ A: parameter('b') })) });
  cloud.update('one', template({ A: parameter('c') }));
  cloud.pass(3);
  const { Status, StatusReason, StackId } = described(cloud);
  assert.equal(
    [Status, StatusReason],
    ['FAILED', `Stack:${StackId} is in UPDATE_IN_PROGRESS state and can not be updated.`],
  );
});

test('what is to be done when the stack fails is what was asked for', () => {
  const outcome = (more: object) => {
    const cloud = new TestCloud();
    const body = template({ A: parameter('a'), B: parameter('b', { FailCreate: 'as asked' }, { DependsOn: 'A' }) });
    proposed(cloud, body, { ChangeSetType: 'CREATE', ...more });
    cloud.call('ExecuteChangeSet', SET);
    const { StackId = '' } = cloud.stack('one');
    cloud.pass(100);
    return cloud.stack(StackId).StackStatus;
  };
  assert.is(outcome({}), 'ROLLBACK_COMPLETE');
  assert.is(outcome({ OnStackFailure: 'DELETE' }), 'DELETE_COMPLETE');
  assert.is(outcome({ OnStackFailure: 'DO_NOTHING' }), 'CREATE_FAILED');
  assert.is(outcome({ DeploymentConfig: { Mode: 'EXPRESS' } }), 'CREATE_FAILED');
  assert.is(outcome({ DeploymentConfig: { Mode: 'EXPRESS' }, OnStackFailure: 'ROLLBACK' }), 'ROLLBACK_COMPLETE');
});

test('values of NoEcho parameters are hidden, before and after', () => {
  const body = template(
    { A: parameter('x', {}, { Properties: { Type: 'String', Value: { Ref: 'Secret' } } }) },
    {
      Parameters: { Secret: { Type: 'String', NoEcho: true } },
    },
  );
  const secret = (ParameterValue: string) => ({ Parameters: [{ ParameterKey: 'Secret', ParameterValue }] });
  const cloud = made(body, secret('old"one'));
  proposed(cloud, body, secret('new"one'));
  const [change] = changesOf(cloud);
  assert.equal(JSON.parse(change?.BeforeContext ?? '').Properties.Value, '****');
  assert.equal(JSON.parse(change?.AfterContext ?? '').Properties.Value, '****');
  const { BeforeValue, AfterValue } = change?.Details?.[0]?.Target ?? {};
  assert.equal([BeforeValue, AfterValue], ['****', '****']);
});

test('policies are told by their name, with their values', () => {
  const group = (more: object) => template({ A: parameter('a'), Queue: { Type: 'AWS::SQS::Queue', ...more } });
  const policy = { AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: true } };
  const cloud = made(group({}));
  proposed(cloud, group({ UpdatePolicy: policy, DeletionPolicy: 'Retain' }));
  const [change] = changesOf(cloud);
  assert.equal([change?.Replacement, change?.Scope], ['False', ['DeletionPolicy', 'UpdatePolicy']]);
  assert.equal(change?.Details?.map(({ Target }) => Target)[1], {
    ...{ Attribute: 'UpdatePolicy', RequiresRecreation: 'Never', Path: '/UpdatePolicy' },
    ...{ AfterValue: JSON.stringify(policy), AttributeChangeType: 'Add' },
  });
});

test('a change set has a template of its own, and no hooks', () => {
  const cloud = made(template({ A: parameter('a') }));
  const next = template({ A: parameter('b') });
  const id = proposed(cloud, next);
  const body = (input: object) => cloud.call<{ TemplateBody: string }>('GetTemplate', input).TemplateBody;
  assert.is(body(SET), JSON.stringify(next));
  assert.is(body({ ChangeSetName: id, TemplateStage: 'Processed' }), JSON.stringify(next));
  assert.is(body({ StackName: 'one' }), JSON.stringify(template({ A: parameter('a') })));
  assert.equal(cloud.call('DescribeChangeSetHooks', SET), {
    ...{ ChangeSetId: id, ChangeSetName: 'first', StackId: cloud.stack('one').StackId, StackName: 'one' },
    ...{ Hooks: [], Status: 'PLANNED' },
  });
});

test('the events of an execution are found by its change set', () => {
  const cloud = made(template({ A: parameter('a') }));
  const id = proposed(cloud, template({ A: parameter('b') }));
  const events = (input: object) => cloud.call<DescribeEventsOutput>('DescribeEvents', input).OperationEvents ?? [];
  assert.equal(events(SET), []);
  cloud.call('ExecuteChangeSet', { ...SET, ClientRequestToken: 'go' });
  cloud.settle('one');
  const found = events({ ChangeSetName: id });
  assert.is(found[0]?.ResourceStatus, 'UPDATE_COMPLETE');
  assert.is(found.at(-1)?.ResourceStatus, 'UPDATE_IN_PROGRESS');
  assert.equal(new Set(found.map(({ ClientRequestToken: token }) => token)), new Set(['go']));
  assert.ok(found.length < events({ StackName: 'one' }).length);
});

test.run();
