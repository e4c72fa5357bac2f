import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TestCloud, parameter, template } from './test-cloud.ts';

const RESOURCE = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } };

function refused(body: object | string, more: object = {}): string {
  const TemplateBody = typeof body === 'string' ? body : JSON.stringify(body);
  return new TestCloud().refusal('CreateStack', { StackName: 'app', TemplateBody, ...more });
}

function withProperties(properties: object, more: object = {}): object {
  return { Resources: { A: { Type: 'AWS::SSM::Parameter', Properties: properties } }, ...more };
}

const FORMAT: readonly [string, object | string, string][] = [
  ['YAML', 'Resources: [', 'Template format error: YAML not well-formed. (line 1, column 13)'],
  ['no resources', {}, 'Template format error: At least one Resources member must be defined.'],
  [
    'an unknown type',
    { Resources: { A: { Type: 'AWS::EC2::Nothing' }, B: { Type: 'My::Own' } } },
    'Template format error: Unrecognized resource types: [AWS::EC2::Nothing, My::Own]',
  ],
  [
    'a missing Ref',
    withProperties({ Type: 'String', Value: { Ref: 'X' } }),
    'Template format error: Unresolved resource dependencies [X] in the Resources block of the template',
  ],
  [
    'a missing Ref in an output',
    { Resources: { A: RESOURCE }, Outputs: { O: { Value: { Ref: 'X' } } } },
    'Template format error: Unresolved resource dependencies [X] in the Outputs block of the template',
  ],
  [
    'a missing DependsOn',
    { Resources: { A: { ...RESOURCE, DependsOn: ['X'] } } },
    'Template format error: Unresolved resource dependencies [X] in the Resources block of the template',
  ],
  [
    'an attribute of nothing',
    withProperties({ Type: 'String', Value: { 'Fn::GetAtt': ['X', 'Arn'] } }),
    'Template error: instance of Fn::GetAtt references undefined resource X',
  ],
  [
    'an attribute that is none',
    { Resources: { A: RESOURCE }, Outputs: { O: { Value: { 'Fn::GetAtt': ['A', 'Colour'] } } } },
    'Template error: resource A does not support attribute type Colour in Fn::GetAtt',
  ],
  [
    'a circle',
    { Resources: { A: { ...RESOURCE, DependsOn: 'B' }, B: { ...RESOURCE, DependsOn: 'A' } } },
    'Circular dependency between resources: [A, B]',
  ],
  [
    'a resource with an unknown condition',
    { Resources: { A: { ...RESOURCE, Condition: 'Nope' } } },
    'Template format error: Condition Nope is not defined.',
  ],
  [
    'an If with an unknown condition',
    withProperties({ Type: 'String', Value: { 'Fn::If': ['Nope', 'a', 'b'] } }),
    'Template format error: Unresolved condition dependency Nope in the Resources block of the template',
  ],
  [
    'a resource that does not exist under this condition',
    {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: {
        A: { ...RESOURCE, Condition: 'Never' },
        B: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { Ref: 'A' } } },
      },
    },
    'Template format error: Unresolved resource dependencies [A] in the Resources block of the template',
  ],
  [
    'more than 500 resources',
    { Resources: Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`P${i}`, { Type: 'AWS::SNS::Topic' }])) },
    'Template format error: Number of resources, 501, is greater than maximum allowed, 500',
  ],
  [
    'a macro',
    { Transform: 'AWS::Serverless-2016-10-31', Resources: { A: RESOURCE } },
    'The local cloud does not simulate the transform "AWS::Serverless-2016-10-31".',
  ],
];

for (const [name, body, text] of FORMAT) {
  test(`a template with ${name} is refused`, () => {
    assert.is(refused(body), `ValidationError: ${text}`);
  });
}

test('a body over 51,200 bytes is refused, a template in S3 over 1,000,000 too', async () => {
  const long = `# ${'x'.repeat(51_200)}\n`;
  assert.is(
    refused(long),
    `ValidationError: 1 validation error detected: Value '# ${'x'.repeat(98)}…' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200`,
  );
  const { createCloudFormation } = await import('./service.ts');
  const cloud = new TestCloud(
    createCloudFormation({ objectText: (_world, url) => (url.endsWith('/big') ? 'x'.repeat(1_000_001) : undefined) }),
  );
  const from = (TemplateURL: string) => cloud.refusal('CreateStack', { StackName: 'app', TemplateURL });
  assert.is(from('https://b.s3.amazonaws.com/big'), 'ValidationError: Template may not exceed 1000000 bytes in size.');
  assert.is(
    from('https://b.s3.amazonaws.com/none'),
    'ValidationError: S3 error: Access Denied\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
  );
  assert.is(from('here'), 'ValidationError: TemplateURL must be a supported URL.');
  assert.is(
    cloud.refusal('CreateStack', { StackName: 'app' }),
    'ValidationError: Either Template URL or Template Body must be specified.',
  );
  assert.is(
    cloud.refusal('CreateStack', { StackName: 'app', TemplateBody: '{}', TemplateURL: 'https://b.s3.amazonaws.com/t' }),
    'ValidationError: Specify only one of TemplateBody or TemplateURL.',
  );
});

test('names, tokens and tags are held against their rules', () => {
  const body = JSON.stringify({ Resources: { A: RESOURCE } });
  const refusal = (input: object) =>
    new TestCloud().refusal('CreateStack', { StackName: 'app', TemplateBody: body, ...input });
  assert.is(
    refusal({ StackName: 'my_app' }),
    "ValidationError: 1 validation error detected: Value 'my_app' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*",
  );
  const long = 'a'.repeat(129);
  assert.is(
    refusal({ StackName: long }),
    `ValidationError: 1 validation error detected: Value '${long}' at 'stackName' failed to satisfy constraint: Member must have length less than or equal to 128`,
  );
  assert.is(
    refusal({ ClientRequestToken: 'a b' }),
    "ValidationError: 1 validation error detected: Value 'a b' at 'clientRequestToken' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9][-a-zA-Z0-9]*",
  );
  assert.is(
    refusal({ Tags: [{ Key: 'aws:x', Value: '' }] }),
    'ValidationError: aws: prefixed tag key names are not allowed for external use.',
  );
  assert.is(
    refusal({ Tags: ['a', 'b', 'a'].map((Key) => ({ Key, Value: '' })) }),
    'ValidationError: Duplicate tag keys found: [a]',
  );
  assert.is(
    refusal({ OnFailure: 'DELETE', DisableRollback: false }),
    'ValidationError: You can specify either DisableRollback or OnFailure, but not both.',
  );
});

test('parameters are held against the template', () => {
  const declared = (more: object) => ({ Parameters: { P: { Type: 'String', ...more } }, Resources: { A: RESOURCE } });
  const given = (ParameterValue: string, ParameterKey = 'P') => ({ Parameters: [{ ParameterKey, ParameterValue }] });
  assert.is(refused(declared({})), 'ValidationError: Parameters: [P] must have values');
  assert.is(
    refused(declared({ Default: '' }), given('1', 'X')),
    'ValidationError: Parameters: [X] do not exist in the template',
  );
  assert.is(
    refused(declared({ AllowedValues: ['a', 'b'] }), given('c')),
    "ValidationError: Parameter 'P' must be one of AllowedValues",
  );
  assert.is(
    refused(declared({}), { Parameters: [{ ParameterKey: 'P', UsePreviousValue: true }] }),
    'ValidationError: Invalid input for parameter key P. Cannot specify usePreviousValue as true for a parameter key not in the previous template',
  );
  assert.is(
    refused(declared({ Type: 'AWS::SSM::Parameter::Value<String>', Default: '/ami' })),
    'ValidationError: Unable to fetch parameters [/ami] from parameter store for this account.',
  );
});

test('rights have to be acknowledged', () => {
  const role = (properties: object) => ({
    Resources: { R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {}, ...properties } } },
  });
  const code = 'InsufficientCapabilitiesException: Requires capabilities : ';
  assert.is(refused(role({})), `${code}[CAPABILITY_IAM]`);
  assert.is(refused(role({ RoleName: 'r' }), { Capabilities: ['CAPABILITY_IAM'] }), `${code}[CAPABILITY_NAMED_IAM]`);
  assert.is(refused(role({}), { Capabilities: ['CAPABILITY_NAMED_IAM'] }), 'accepted');
  assert.is(
    refused({ Transform: 'AWS::LanguageExtensions', Resources: { A: RESOURCE } }),
    `${code}[CAPABILITY_AUTO_EXPAND]`,
  );
});

test('what is refused leaves nothing behind', () => {
  const cloud = new TestCloud();
  cloud.refusal('CreateStack', { StackName: 'app', TemplateBody: '{}' });
  assert.is(cloud.refusal('DescribeStacks', { StackName: 'app' }), 'ValidationError: Stack with id app does not exist');
  assert.equal(cloud.call<{ StackSummaries: object[] }>('ListStacks', {}).StackSummaries, []);
});

test("properties are checked when a resource's turn comes", () => {
  const cases: readonly [object, string][] = [
    [{ Type: 'AWS::SSM::Parameter', Properties: { Type: 'String' } }, '[#: required key [Value] not found]'],
    [
      { ...RESOURCE, Properties: { ...RESOURCE.Properties, Colour: 'red' } },
      '[#: extraneous key [Colour] is not permitted]',
    ],
    [
      { Type: 'AWS::SNS::Topic', Properties: { TopicName: ['a'] } },
      '[#/TopicName: expected type: String, found: JSONArray]',
    ],
    [
      { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 'many' } },
      '[#/RetentionInDays: expected type: Integer, found: String]',
    ],
  ];
  for (const [resource, text] of cases) {
    const cloud = new TestCloud();
    cloud.create('app', { Resources: { A: resource } });
    cloud.settle('app');
    assert.ok(
      cloud
        .events('app')
        .includes(`A CREATE_FAILED Properties validation failed for resource A with message:\n${text}`),
      cloud.events('app').join('\n'),
    );
  }
});

test('types that would only make CloudFormation do something else are refused by name', () => {
  const cloud = new TestCloud();
  const Properties = { Name: 'm', FunctionName: 'f' };
  cloud.create('app', { Resources: { A: { Type: 'AWS::CloudFormation::Macro', Properties } } });
  assert.is(cloud.settle('app'), 'ROLLBACK_COMPLETE');
  assert.ok(
    cloud
      .events('app')
      .includes('A CREATE_FAILED The local cloud does not simulate resources of type AWS::CloudFormation::Macro.'),
  );
});

test('a name that is taken fails the resource', () => {
  const cloud = new TestCloud();
  const body = (type: string, properties: object) => template({ A: { Type: type, Properties: properties } });
  const cases: readonly [string, object, string][] = [
    ['AWS::Logs::LogGroup', { LogGroupName: '/app' }, 'The specified log group already exists'],
    ['AWS::S3::Bucket', { BucketName: 'my-bucket' }, 'my-bucket already exists'],
    [
      'AWS::SSM::Parameter',
      { Name: '/p', Type: 'String', Value: 'x' },
      "Resource of type 'AWS::SSM::Parameter' with identifier '/p' already exists.",
    ],
    ['AWS::SecretsManager::Secret', { Name: 's' }, 'The operation failed because the secret s already exists.'],
    [
      'AWS::ECR::Repository',
      { RepositoryName: 'web' },
      "The repository with name 'web' already exists in the registry",
    ],
  ];
  for (const [at, [type, properties, text]] of cases.entries()) {
    cloud.create(`one-${at}`, body(type, properties));
    assert.is(cloud.settle(`one-${at}`), 'CREATE_COMPLETE');
    cloud.create(`two-${at}`, body(type, properties));
    assert.is(cloud.settle(`two-${at}`), 'ROLLBACK_COMPLETE');
    const expected = `A CREATE_FAILED Resource handler returned message: "${text}" (RequestToken: …, HandlerErrorCode: AlreadyExists)`;
    assert.ok(cloud.events(`two-${at}`).includes(expected), cloud.events(`two-${at}`).join('\n'));
  }
});

test('a dynamic reference is looked up, and one that leads nowhere fails its resource', () => {
  const cloud = new TestCloud();
  cloud.create(
    'given',
    template({
      P: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/p', Type: 'String', Value: 'from-ssm' } },
      S: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'db', SecretString: '{"password":"hush"}' } },
    }),
  );
  cloud.settle('given');
  const value = (reference: string) => ({
    V: { ...parameter(''), Properties: { Type: 'String', Value: `{{resolve:${reference}}}` } },
  });
  const seen = (name: string) =>
    cloud.resources().find(({ stackId }) => stackId?.includes(`/${name}/`))?.properties['Value'];
  for (const [name, reference, expected] of [
    ['a', 'ssm:/p:1', 'from-ssm'],
    ['b', 'secretsmanager:db:SecretString:password', 'hush'],
  ] as const) {
    cloud.create(name, template(value(reference)));
    assert.is(cloud.settle(name), 'CREATE_COMPLETE');
    assert.is(seen(name), expected);
    assert.match(cloud.refusal('UpdateStack', { StackName: name, UsePreviousTemplate: true }), /No updates/);
  }
  for (const [name, reference, text] of [
    ['d', 'secretsmanager:none', "Secrets Manager can't find the specified secret."],
    ['e', 'secretsmanager:db:SecretString:user', 'Could not find a value associated with JSONKey in SecretString'],
  ] as const) {
    cloud.create(name, template(value(reference)));
    assert.is(cloud.settle(name), 'ROLLBACK_COMPLETE');
    assert.ok(cloud.events(name).includes(`V CREATE_FAILED ${text}`), cloud.events(name).join('\n'));
  }
});

test.run();
