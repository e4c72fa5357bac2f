import * as CloudFormation from '@aws-sdk/client-cloudformation';
import * as SecretsManager from '@aws-sdk/client-secrets-manager';
import * as SSM from '@aws-sdk/client-ssm';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, testCloud } from '../../testing/test-cloud.ts';

const ACCOUNT = '111111111111';

function parameterCloud() {
  const { as, pass, defects } = testCloud();
  const client = new CloudFormation.CloudFormationClient(as(ACCOUNT));
  const ssm = new SSM.SSMClient(as(ACCOUNT));
  const secrets = new SecretsManager.SecretsManagerClient(as(ACCOUNT));
  const put = (Name: string, Value: string, Type: SSM.ParameterType = 'String') =>
    ssm.send(new SSM.PutParameterCommand({ Name, Value, Type, Overwrite: true }));
  const stored = async (Name: string) => (await ssm.send(new SSM.GetParameterCommand({ Name }))).Parameter?.Value;
  const parametersOf = (values: Record<string, string>) =>
    Object.entries(values).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
  const create = async (StackName: string, TemplateBody: string, values: Record<string, string> = {}) => {
    const Parameters = parametersOf(values);
    await client.send(new CloudFormation.CreateStackCommand({ StackName, TemplateBody, Parameters }));
    pass(300_000);
    return stack(StackName);
  };
  const update = async (StackName: string, TemplateBody: string) => {
    await client.send(new CloudFormation.UpdateStackCommand({ StackName, TemplateBody }));
    pass(300_000);
    return stack(StackName);
  };
  const stack = async (StackName: string) =>
    (await client.send(new CloudFormation.DescribeStacksCommand({ StackName }))).Stacks?.[0];
  const events = async (StackName: string) =>
    ((await client.send(new CloudFormation.DescribeStackEventsCommand({ StackName }))).StackEvents ?? [])
      .reverse()
      .map((one) => [one.LogicalResourceId, one.ResourceStatus, one.ResourceStatusReason].filter(Boolean).join(' '));
  return { client, secrets, put, stored, create, update, events, defects };
}

const typed = (type: string, more = '') => `Parameters: { P: { Type: '${type}'${more} } }
Resources: { A: { Type: AWS::SNS::Topic } }
`;

test('a parameter from Parameter Store is resolved, with its version, and lists without their blanks', async () => {
  const { put, create } = parameterCloud();
  await put('/text', 'one');
  await put('/text', 'two');
  await put('/list', 'a,b, c ,d', 'StringList');
  const resolved = async (name: string, type: string, P: string) =>
    (await create(name, typed(type), { P }))?.Parameters?.map((one) => [one.ParameterValue, one.ResolvedValue])[0];
  assert.equal(await resolved('a', 'AWS::SSM::Parameter::Value<String>', '/text'), ['/text', 'two']);
  assert.equal(await resolved('b', 'AWS::SSM::Parameter::Value<String>', '/text:1'), ['/text:1', 'one']);
  assert.equal(await resolved('c', 'AWS::SSM::Parameter::Value<List<String>>', '/list'), ['/list', 'a,b,c,d']);
});

test('what Parameter Store does not have, or has in another type, is refused at once', async () => {
  const { put, create } = parameterCloud();
  await put('/text', 'x,y');
  await put('/list', 'a,b', 'StringList');
  await put('/secret', 'hush', 'SecureString');
  const refused = async (type: string, P: string, more = '') =>
    (await failureOf(create('app', typed(type, more), { P }))).message;
  const text = 'AWS::SSM::Parameter::Value<String>';
  const wrong = (name: string) => `Types for SSM parameters [${name}] defined in CFN template and SSM are incompatible`;
  assert.is(
    await refused(text, '/text:99'),
    'Unable to fetch parameters [/text:99] from parameter store for this account.',
  );
  assert.is(
    await refused(text, '/secret'),
    'Parameters [/secret] referenced by template have types not supported by CloudFormation.',
  );
  assert.is(await refused(text, '/list'), wrong('/list'));
  assert.is(await refused('AWS::SSM::Parameter::Value<CommaDelimitedList>', '/text'), wrong('/text'));
  assert.is(await refused(text, '/text', `, AllowedPattern: '^x.*$'`), "Parameter 'P' must match pattern ^x.*$");
  assert.is(
    await refused('String', 'x', `, Default: '{{resolve:ssm:/text}}'`),
    'Template error: parameter P should not contain ssm versionless resolver',
  );
});

test('a parameter of a type that AWS looks up has to be there when the stack begins', async () => {
  const { create, events, put } = parameterCloud();
  const failed = async (name: string, type: string, P: string) => {
    await create(name, typed(type), { P });
    return (await events(name)).slice(1);
  };
  assert.equal(await failed('a', 'AWS::EC2::VPC::Id', 'vpc-12345678'), [
    'a ROLLBACK_IN_PROGRESS Parameter validation failed: parameter value vpc-12345678 for parameter name P does not exist. Rollback requested by user.',
    'a ROLLBACK_COMPLETE',
  ]);
  const network = `Resources: { Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } } }
Outputs: { Id: { Value: !Ref Vpc } }
`;
  const vpc = (await create('network', network))?.Outputs?.[0]?.OutputValue ?? '';
  assert.is((await create('b', typed('AWS::EC2::VPC::Id'), { P: vpc }))?.StackStatus, 'CREATE_COMPLETE');
  assert.match((await failed('c', 'List<AWS::EC2::VPC::Id>', `${vpc}, vpc-1`))[0] ?? '', /parameter value vpc-1 for/);
  assert.match((await failed('d', 'AWS::EC2::AvailabilityZone::Name', 'us-east-1a'))[0] ?? '', /us-east-1a for/);
  assert.match((await failed('e', 'AWS::SSM::Parameter::Name', '/none'))[0] ?? '', /value \/none for/);
  await put('/image', 'not-an-ami');
  assert.match(
    (await failed('f', 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', '/image'))[0] ?? '',
    /parameter value not-an-ami for parameter name P does not exist/,
  );
});

test('rules refuse parameters before anything is made', async () => {
  const { create, client } = parameterCloud();
  const rules = `Rules:
  Big:
    RuleCondition: !Equals [!Ref Env, prod]
    Assertions: [{ Assert: !Contains [[large], !Ref Size], AssertDescription: production is large }]
`;
  const body = `Parameters: { Env: { Type: String }, Size: { Type: String } }\n${rules}Resources: { A: { Type: AWS::SNS::Topic } }\n`;
  const refused = await failureOf(create('app', body, { Env: 'prod', Size: 'small' }));
  assert.equal([refused.name, refused.message], ['ValidationError', "Rule 'Big' failed: production is large"]);
  assert.equal((await client.send(new CloudFormation.DescribeStacksCommand({}))).Stacks, []);
  assert.is((await create('app', body, { Env: 'stage', Size: 'small' }))?.StackStatus, 'CREATE_COMPLETE');
});

const value = (text: string, more = '') =>
  `Resources: { A: { Type: AWS::SSM::Parameter, Properties: { Name: /target, Type: String, Value: '${text}'${more} } } }\n`;

test('a parameter behind a dynamic reference is read at every update, a secret when its resource changes', async () => {
  const { put, stored, create, update, secrets } = parameterCloud();
  await put('/source', 'one');
  await create('app', value('<{{resolve:ssm:/source}}>'));
  assert.is(await stored('/target'), '<one>');
  await put('/source', 'two');
  await update('app', value('<{{resolve:ssm:/source}}>'));
  assert.is(await stored('/target'), '<two>');
  await update('app', value('{{resolve:ssm:/source:1}}'));
  assert.is(await stored('/target'), 'one');
  await secrets.send(new SecretsManager.CreateSecretCommand({ Name: 'db', SecretString: '{"password":"p1"}' }));
  const secret = '{{resolve:secretsmanager:db:SecretString:password}}';
  await update('app', value(secret));
  await secrets.send(new SecretsManager.PutSecretValueCommand({ SecretId: 'db', SecretString: '{"password":"p2"}' }));
  assert.is((await failureOf(update('app', value(secret)))).message, 'No updates are to be performed.');
  assert.is(await stored('/target'), 'p1');
  await update('app', value(secret, ', Description: more'));
  assert.is(await stored('/target'), 'p2');
  await update('app', value('{{resolve:secretsmanager:db:SecretString:password:AWSPREVIOUS}}'));
  assert.is(await stored('/target'), 'p1');
  const shownOutput = (await update('app', `${value('x')}Outputs: { Secret: { Value: '${secret}' } }\n`))?.Outputs?.[0];
  assert.is(shownOutput?.OutputValue, secret);
});

test('a dynamic reference that cannot be is refused at once with a version, and without one when the stack begins', async () => {
  const { put, create, events } = parameterCloud();
  await put('/text', 'x');
  await put('/secret', 'hush', 'SecureString');
  const cases: readonly [string, string][] = [
    ['ssm:/text:prod', 'Incorrect format is used in the following SSM reference: [{{resolve:ssm:/text:prod}}]'],
    ['ssm:/none:1', 'Parameters: [ssm:/none:1] cannot be found.'],
    ['ssm:/secret:1', 'Non-secure ssm prefix was used for secure parameter /secret'],
    ['ssm-secure:/secret:1', 'SSM Secure reference is not supported in: [AWS::SSM::Parameter/Properties/Value]'],
  ];
  for (const [reference, text] of cases) {
    assert.is((await failureOf(create('app', value(`{{resolve:${reference}}}`)))).message, text);
  }
  await create('late', value('{{resolve:ssm-secure:/secret}}'));
  assert.is(
    (await events('late'))[1],
    'late ROLLBACK_IN_PROGRESS SSM Secure reference is not supported in: [AWS::SSM::Parameter/Properties/Value]. Rollback requested by user.',
  );
  await create('missing', value('{{resolve:ssm:/none}}'));
  assert.is(
    (await events('missing'))[1],
    'missing ROLLBACK_IN_PROGRESS Parameters: [ssm:/none] cannot be found. Rollback requested by user.',
  );
});

test.run();
