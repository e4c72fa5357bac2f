import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import type { CreateChangeSetInput, ResourceChange } from '@aws-sdk/client-cloudformation';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { REALM, failureOf, testCloud } from '../../../testing/test-cloud.ts';

const queue = (name: string, delay: number, more: object = {}) => ({
  Parameters: { Size: { Type: 'String', Default: 'small' } },
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: name, DelaySeconds: delay } },
    Url: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { Ref: 'Queue' } } },
    Sized: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { Ref: 'Size' } } },
    ...more,
  },
});

function cloud() {
  const { as, pass, defects } = testCloud();
  const cfn = new CloudFormationClient(as(REALM.account));
  const propose = async (template: object, more: Partial<CreateChangeSetInput> = {}) => {
    const input = { StackName: 'one', ChangeSetName: 'first', TemplateBody: JSON.stringify(template), ...more };
    const { Id } = await cfn.send(new CreateChangeSetCommand(input));
    pass(3000);
    return Id ?? '';
  };
  const describe = (more: object = {}) =>
    cfn.send(new DescribeChangeSetCommand({ StackName: 'one', ChangeSetName: 'first', ...more }));
  const changes = async (more: object = {}) =>
    ((await describe(more)).Changes ?? []).map(({ ResourceChange: change }) => change ?? {});
  const stack = async () => (await cfn.send(new DescribeStacksCommand({ StackName: 'one' }))).Stacks?.[0];
  const create = async (template: object) => {
    await cfn.send(new CreateStackCommand({ StackName: 'one', TemplateBody: JSON.stringify(template) }));
    pass(300_000);
  };
  return { cfn, pass, propose, describe, changes, stack, create, defects };
}

const brief = ({ Action, LogicalResourceId, Replacement, Scope, Details = [] }: ResourceChange) =>
  [
    Action,
    LogicalResourceId,
    Replacement ?? '-',
    (Scope ?? []).join('+') || '-',
    ...Details.map(({ Target, Evaluation, ChangeSource, CausingEntity }) =>
      [
        Target?.Name ?? Target?.Attribute,
        Target?.RequiresRecreation,
        Evaluation,
        ChangeSource,
        CausingEntity ?? '-',
      ].join(','),
    ),
  ].join(' ');

test('a change set for a new stack leaves it under review until it is executed', async () => {
  const { cfn, pass, propose, describe, changes, stack, defects } = cloud();
  const input = { StackName: 'one', ChangeSetName: 'first', ChangeSetType: 'CREATE' as const };
  const body = JSON.stringify(queue('a', 0));
  const { Id, StackId } = await cfn.send(new CreateChangeSetCommand({ ...input, TemplateBody: body }));
  assert.match(Id ?? '', /^arn:aws:cloudformation:eu-west-1:111111111111:changeSet\/first\/[0-9a-f-]{36}$/);
  const statuses: (string | undefined)[] = [];
  for (let second = 0; second < 3; second += 1) {
    const { Status, ExecutionStatus } = await describe();
    statuses.push(`${Status} ${ExecutionStatus}`);
    pass(1000);
  }
  assert.equal(statuses, ['CREATE_PENDING UNAVAILABLE', 'CREATE_IN_PROGRESS UNAVAILABLE', 'CREATE_COMPLETE AVAILABLE']);
  assert.is((await stack())?.StackStatus, 'REVIEW_IN_PROGRESS');
  assert.equal((await changes()).map(brief), ['Add Queue - -', 'Add Sized - -', 'Add Url - -']);
  const taken = await failureOf(cfn.send(new CreateStackCommand({ StackName: 'one', TemplateBody: body })));
  assert.is(taken.message, 'Stack [one] already exists');
  const busy = await failureOf(cfn.send(new UpdateStackCommand({ StackName: 'one', TemplateBody: body })));
  assert.is(busy.message, `Stack:${StackId} is in REVIEW_IN_PROGRESS state and can not be updated.`);
  await propose(queue('a', 1), { ChangeSetType: 'CREATE', ChangeSetName: 'second' });
  await cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: Id, ClientRequestToken: 'go' }));
  await cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: Id, ClientRequestToken: 'go' }));
  assert.is((await describe()).ExecutionStatus, 'EXECUTE_IN_PROGRESS');
  assert.is((await stack())?.StackStatus, 'CREATE_IN_PROGRESS');
  pass(300_000);
  const made = await stack();
  assert.equal([made?.StackStatus, made?.StackId, made?.ChangeSetId], ['CREATE_COMPLETE', StackId, Id]);
  assert.is((await describe()).ExecutionStatus, 'EXECUTE_COMPLETE');
  assert.equal((await cfn.send(new ListChangeSetsCommand({ StackName: 'one' }))).Summaries, []);
  const { StackEvents: events = [] } = await cfn.send(new DescribeStackEventsCommand({ StackName: 'one' }));
  assert.equal(
    events.filter(({ ResourceType }) => ResourceType === 'AWS::CloudFormation::Stack').map((one) => one.ResourceStatus),
    ['CREATE_COMPLETE', 'CREATE_IN_PROGRESS', 'REVIEW_IN_PROGRESS'],
  );
  assert.equal(defects, []);
});

test('changes are told with their reason, and what they lead to', async () => {
  const { propose, changes, create } = cloud();
  await create(queue('a', 0, { Old: { Type: 'AWS::SNS::Topic', DeletionPolicy: 'Retain' } }));
  await propose(queue('b', 5, { New: { Type: 'AWS::SNS::Topic' } }), {
    Parameters: [{ ParameterKey: 'Size', ParameterValue: 'large' }],
  });
  const found = await changes();
  assert.equal(found.map(brief), [
    'Add New - -',
    'Remove Old - -',
    'Modify Queue True Properties QueueName,Always,Static,DirectModification,- DelaySeconds,Never,Static,DirectModification,-',
    'Modify Sized False Properties Value,Never,Static,ParameterReference,Size Value,Never,Dynamic,DirectModification,-',
    'Modify Url False Properties Value,Never,Static,ResourceReference,Queue',
  ]);
  assert.equal(
    found.map(({ PolicyAction: action }) => action),
    [undefined, 'Retain', 'ReplaceAndDelete', undefined, undefined],
  );
});

test('values are shown to who asks for them; what only the execution can tell is not known', async () => {
  const { propose, changes, create } = cloud();
  await create(queue('a', 0));
  await propose(queue('b', 0));
  const [changed] = await changes();
  assert.equal([changed?.BeforeContext, changed?.Details?.[0]?.Target?.BeforeValue], [undefined, undefined]);
  const [shown, url] = await changes({ IncludePropertyValues: true });
  assert.equal(shown?.Details?.[0]?.Target, {
    Attribute: 'Properties',
    Name: 'QueueName',
    RequiresRecreation: 'Always',
    Path: '/Properties/QueueName',
    BeforeValue: 'a',
    AfterValue: 'b',
    AttributeChangeType: 'Modify',
  });
  assert.equal(JSON.parse(shown?.AfterContext ?? ''), { Properties: { QueueName: 'b', DelaySeconds: 0 } });
  assert.is(url?.Details?.[0]?.Target?.AfterValue, '{{changeSet:KNOWN_AFTER_APPLY}}');
});

test('a change set without a change fails, and cannot be executed', async () => {
  const { cfn, propose, describe, create } = cloud();
  await create(queue('a', 0));
  const id = await propose(queue('a', 0));
  const { Status, StatusReason, ExecutionStatus } = await describe();
  assert.equal(
    [Status, StatusReason, ExecutionStatus],
    [
      'FAILED',
      "The submitted information didn't contain changes. Submit different information to create a change set.",
      'UNAVAILABLE',
    ],
  );
  assert.equal(await failureOf(cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: id }))), {
    name: 'InvalidChangeSetStatusException',
    message: `ChangeSet [${id}] cannot be executed in its current status of [FAILED]`,
    status: 400,
  });
});

test('an executed change set does what it has told, and another update makes the rest obsolete', async () => {
  const { cfn, pass, propose, describe, stack, create } = cloud();
  await create(queue('a', 0));
  await propose(queue('b', 0), { Tags: [{ Key: 'team', Value: 'x' }] });
  await cfn.send(new ExecuteChangeSetCommand({ StackName: 'one', ChangeSetName: 'first' }));
  pass(300_000);
  const made = await stack();
  assert.equal([made?.StackStatus, made?.Tags], ['UPDATE_COMPLETE', [{ Key: 'team', Value: 'x' }]]);
  await cfn.send(new DeleteChangeSetCommand({ StackName: 'one', ChangeSetName: 'first' })).catch(() => undefined);
  const id = await propose(queue('c', 0), { ChangeSetName: 'later' });
  await cfn.send(new UpdateStackCommand({ StackName: 'one', TemplateBody: JSON.stringify(queue('d', 0)) }));
  pass(300_000);
  assert.is((await describe({ ChangeSetName: 'later' })).ExecutionStatus, 'OBSOLETE');
  assert.is(
    (await failureOf(cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: id })))).message,
    `ChangeSet [${id}] cannot be executed in its current status of [OBSOLETE]`,
  );
});

test('a stack that was only under review is deleted at once', async () => {
  const { cfn, pass, propose, stack } = cloud();
  await propose(queue('a', 0), { ChangeSetType: 'CREATE' });
  await cfn.send(new DeleteChangeSetCommand({ StackName: 'one', ChangeSetName: 'first' }));
  assert.is((await stack())?.StackStatus, 'REVIEW_IN_PROGRESS');
  await cfn.send(new DeleteStackCommand({ StackName: 'one' }));
  pass(10_000);
  assert.is((await failureOf(stack())).message, 'Stack with id one does not exist');
});

test('what a change set cannot be made of is refused in AWS’s words', async () => {
  const { cfn, propose, describe, create } = cloud();
  const refused = async (more: Partial<CreateChangeSetInput>) =>
    (await failureOf(propose(queue('a', 0), more))).message;
  assert.is(await refused({}), 'Stack [one] does not exist');
  assert.is((await failureOf(describe())).message, 'ChangeSet [first] does not exist');
  await create(queue('a', 0));
  assert.is(
    await refused({ ChangeSetType: 'CREATE' }),
    'Stack [one] already exists and cannot be created again with the changeSet [first].',
  );
  const id = await propose(queue('b', 0), { ClientToken: 'same' });
  assert.is(await propose(queue('b', 0), { ClientToken: 'same' }), id);
  assert.is(await refused({}), `ChangeSet ${id} already exists`);
  assert.is(
    await refused({ ChangeSetName: 'nested', IncludeNestedStacks: true }),
    'The local cloud does not simulate change sets of nested stacks (IncludeNestedStacks).',
  );
  assert.is(
    await refused({ ChangeSetName: 'import', ChangeSetType: 'IMPORT' }),
    'The local cloud does not simulate change sets of the type IMPORT.',
  );
  assert.is(
    (await failureOf(cfn.send(new DescribeChangeSetCommand({ ChangeSetName: 'first' })))).message,
    'StackName must be specified if ChangeSetName is not specified as an ARN.',
  );
});

test.run();
