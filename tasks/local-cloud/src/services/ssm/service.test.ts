import * as CloudFormation from '@aws-sdk/client-cloudformation';
import * as SSM from '@aws-sdk/client-ssm';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, testCloud } from '../../testing/test-cloud.ts';

function open() {
  const tested = testCloud();
  const ssm = new SSM.SSMClient(tested.as('111111111111'));
  const put = (Name: string, Value: string, more: Partial<SSM.PutParameterCommandInput> = {}) =>
    ssm.send(new SSM.PutParameterCommand({ Name, Value, Type: 'String', ...more }));
  const get = async (Name: string) => (await ssm.send(new SSM.GetParameterCommand({ Name }))).Parameter;
  return { ...tested, ssm, put, get };
}

const words = async (promise: Promise<unknown>) => {
  const { name, message } = await failureOf(promise);
  return `${name}: ${message}`;
};

test('versions and labels are found after a colon', async () => {
  const { ssm, put, get } = open();
  await put('/a', 'one');
  await put('/a', 'two', { Overwrite: true });
  await ssm.send(new SSM.LabelParameterVersionCommand({ Name: '/a', ParameterVersion: 1, Labels: ['good', '1bad'] }));
  assert.equal(
    [(await get('/a'))?.Value, (await get('/a:1'))?.Value, (await get('/a:good'))?.Value],
    ['two', 'one', 'one'],
  );
  assert.is(
    await words(get('/a:3')),
    'ParameterVersionNotFound: Systems Manager could not find version 3 of /a. Verify the version and try again.',
  );
  await ssm.send(new SSM.LabelParameterVersionCommand({ Name: '/a', Labels: ['good'] }));
  const { Parameters } = await ssm.send(new SSM.GetParameterHistoryCommand({ Name: '/a' }));
  assert.equal(
    Parameters?.map(({ Version, Value, Labels }) => [Version, Value, Labels]),
    [
      [1, 'one', []],
      [2, 'two', ['good']],
    ],
  );
});

test('names, tiers, patterns and tags are checked', async () => {
  const { put } = open();
  assert.is(await words(put('/aws/x', 'a')), 'AccessDeniedException: No access to reserved parameter name: /aws/x.');
  assert.match(await words(put('ssm-x', 'a')), 'can\'t be prefixed with "aws" or "ssm"');
  assert.match(await words(put('/a/'.repeat(16), 'a')), 'HierarchyLevelLimitExceededException');
  assert.match(await words(put('/a', 'x'.repeat(5000))), 'Standard tier parameters support a maximum parameter value');
  assert.is((await put('/a', 'x'.repeat(5000), { Tier: 'Intelligent-Tiering' })).Tier, 'Advanced');
  assert.is(
    await words(put('/b', 'x', { AllowedPattern: '^\\d+$' })),
    'ParameterPatternMismatchException: Parameter value, cannot be validated against allowedPattern: ^\\d+$',
  );
  assert.match(
    await words(put('/a', 'x', { Overwrite: true, Tags: [{ Key: 'a', Value: 'b' }] })),
    "tags and overwrite can't be used together",
  );
});

test('parameters are described by filter', async () => {
  const { ssm, put } = open();
  await put('/stage/a', '1', { Tags: [{ Key: 'owner', Value: 'me' }] });
  await put('/stage/deep/b', '2', { Type: 'SecureString' });
  await put('/prod/a', '3');
  const names = async (...ParameterFilters: SSM.ParameterStringFilter[]) =>
    (await ssm.send(new SSM.DescribeParametersCommand({ ParameterFilters }))).Parameters?.map(({ Name }) => Name);
  assert.equal(await names({ Key: 'Path', Values: ['/stage'] }), ['/stage/a']);
  assert.equal(await names({ Key: 'Path', Option: 'Recursive', Values: ['/stage'] }), ['/stage/a', '/stage/deep/b']);
  assert.equal(await names({ Key: 'Name', Option: 'Contains', Values: ['a'] }), [
    '/prod/a',
    '/stage/a',
    '/stage/deep/b',
  ]);
  assert.equal(await names({ Key: 'tag:owner', Values: ['me'] }), ['/stage/a']);
  assert.equal(await names({ Key: 'Type', Values: ['SecureString'] }), ['/stage/deep/b']);
  assert.is(await words(names({ Key: 'Nothing', Values: ['a'] })), 'InvalidFilterKey: The specified key is not valid.');
});

test("AWS's own parameters are there, another image in each region", async () => {
  const { as, ssm, get } = open();
  const name = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';
  const here = await get(name);
  assert.match(here?.Value ?? '', /^ami-[0-9a-f]{17}$/);
  const there = await new SSM.SSMClient(as('111111111111', 'us-east-1')).send(
    new SSM.GetParameterCommand({ Name: name }),
  );
  assert.is.not(there.Parameter?.Value, here?.Value);
  const ecs = await get('/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended');
  const image = await get('/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id');
  assert.is((JSON.parse(ecs?.Value ?? '') as { image_id: string }).image_id, image?.Value);
  const { Parameters = [] } = await ssm.send(
    new SSM.GetParametersByPathCommand({ Path: '/aws/service/ami-amazon-linux-latest' }),
  );
  assert.ok(Parameters.some(({ Name }) => Name === name));
  assert.match(await words(get('/aws/service/nothing')), 'ParameterNotFound');
});

test("a stack's parameter has a version for each update, and references may name one", async () => {
  const { as, pass, ssm, put, get } = open();
  const cloudformation = new CloudFormation.CloudFormationClient(as('111111111111'));
  await put('/in', 'old');
  await put('/in', 'new', { Overwrite: true });
  const stack = (Value: string) => ({
    StackName: 's',
    TemplateBody: JSON.stringify({
      Parameters: {
        Image: {
          Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
          Default: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
        },
      },
      Resources: {
        P: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/own', Type: 'String', Value } },
        I: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/image', Type: 'String', Value: { Ref: 'Image' } } },
      },
    }),
  });
  await cloudformation.send(new CloudFormation.CreateStackCommand(stack('{{resolve:ssm:/in:1}}')));
  pass(60_000);
  assert.equal([(await get('/own'))?.Value, (await get('/own'))?.Version], ['old', 1]);
  assert.match((await get('/image'))?.Value ?? '', /^ami-/);
  await cloudformation.send(new CloudFormation.UpdateStackCommand(stack('two')));
  pass(60_000);
  assert.equal(
    [(await get('/own'))?.Value, (await get('/own'))?.Version, (await get('/own:1'))?.Value],
    ['two', 2, 'old'],
  );
  await ssm.send(new SSM.DeleteParameterCommand({ Name: '/own' }));
  await put('/own', 'again');
  assert.is((await get('/own'))?.Version, 1);
});

test('tags are kept', async () => {
  const { ssm, put } = open();
  await put('/a', '1');
  const what = { ResourceType: 'Parameter', ResourceId: '/a' } as const;
  await ssm.send(new SSM.AddTagsToResourceCommand({ ...what, Tags: [{ Key: 'a', Value: '1' }] }));
  assert.equal((await ssm.send(new SSM.ListTagsForResourceCommand(what))).TagList, [{ Key: 'a', Value: '1' }]);
  await ssm.send(new SSM.RemoveTagsFromResourceCommand({ ...what, TagKeys: ['a'] }));
  assert.equal((await ssm.send(new SSM.ListTagsForResourceCommand(what))).TagList, []);
});

test.run();
