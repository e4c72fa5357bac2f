import * as CloudFormation from '@aws-sdk/client-cloudformation';
import * as S3 from '@aws-sdk/client-s3';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, testCloud } from '../../testing/test-cloud.ts';
import { TestCloud, parameter } from './test-cloud.ts';

const EXPAND = { Capabilities: ['CAPABILITY_AUTO_EXPAND'] };

const LOOPS = `Transform: AWS::LanguageExtensions
Parameters:
  Names: { Type: CommaDelimitedList, Default: 'web,api' }
Resources:
  'Fn::ForEach::Parameters':
    - Name
    - !Ref Names
    - P\${Name}:
        Type: AWS::SSM::Parameter
        Properties: { Type: String, Name: !Sub '/\${Name}', Value: !ToJsonString { name: !Ref Name } }
Outputs:
  'Fn::ForEach::Outputs':
    - Name
    - !Ref Names
    - \${Name}Name:
        Value: !Ref
          'Fn::Sub': P\${Name}
`;

test('a template with loops makes what they write out, and gives back both of its stages', () => {
  const cloud = new TestCloud();
  assert.is(
    cloud.refusal('CreateStack', { StackName: 'app', TemplateBody: LOOPS }),
    'InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_AUTO_EXPAND]',
  );
  cloud.create('app', LOOPS, EXPAND);
  assert.is(cloud.settle('app'), 'CREATE_COMPLETE');
  assert.equal(
    cloud
      .resources('AWS::SSM::Parameter')
      .map(({ id, properties }) => `${id} ${String(properties['Value'])}`)
      .sort(),
    ['/api {"name":"api"}', '/web {"name":"web"}'],
  );
  assert.equal(
    cloud.stack('app').Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
    [
      ['webName', '/web'],
      ['apiName', '/api'],
    ],
  );
  const body = (TemplateStage: string) =>
    cloud.call<{ TemplateBody: string }>('GetTemplate', { StackName: 'app', TemplateStage }).TemplateBody;
  assert.is(body('Original'), LOOPS);
  assert.equal(Object.keys((JSON.parse(body('Processed')) as { Resources: object }).Resources), ['Pweb', 'Papi']);
});

test('an update with another list adds and removes', () => {
  const cloud = new TestCloud();
  cloud.create('app', LOOPS, EXPAND);
  cloud.settle('app');
  const Parameters = [{ ParameterKey: 'Names', ParameterValue: 'api,db' }];
  cloud.call('UpdateStack', { StackName: 'app', UsePreviousTemplate: true, Parameters, ...EXPAND });
  assert.is(cloud.settle('app'), 'UPDATE_COMPLETE');
  assert.equal(
    cloud
      .resources('AWS::SSM::Parameter')
      .map(({ id }) => id)
      .sort(),
    ['/api', '/db'],
  );
  assert.is(
    cloud.refusal('UpdateStack', { StackName: 'app', UsePreviousTemplate: true, Parameters, ...EXPAND }),
    'ValidationError: No updates are to be performed.',
  );
});

test('functions of the language extensions need their transform', () => {
  const cloud = new TestCloud();
  const refused = (Value: object) => {
    const resource = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value } };
    return cloud.refusal('CreateStack', {
      StackName: 'app',
      TemplateBody: JSON.stringify({ Resources: { A: resource } }),
    });
  };
  assert.match(
    refused({ 'Fn::ToJsonString': {} }),
    /^ValidationError: Template error: Encountered unsupported function: Fn::ToJsonString Supported functions are: \[Fn::Base64, /,
  );
  assert.is(
    refused({ 'Fn::FindInMap': ['A', 'b', 'c', { DefaultValue: 'd' }] }),
    'ValidationError: Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
  );
  assert.is(
    refused({ 'Fn::Transform': { Name: 'Own' } }),
    'ValidationError: The local cloud does not simulate the transform "Own".',
  );
  assert.is(
    cloud.refusal('CreateStack', {
      StackName: 'app',
      TemplateBody: JSON.stringify({
        Transform: ['AWS::LanguageExtensions'],
        Resources: { A: parameter('a'), 'Fn::ForEach::B': ['I', { 'Fn::GetAtt': ['A', 'Value'] }, {}] },
      }),
      ...EXPAND,
    }),
    'ValidationError: Transform AWS::LanguageExtensions failed with: Could not find a collection or could not be resolved for Fn::ForEach',
  );
});

test('a snippet is read from S3 and takes the place of its call', async () => {
  const { as, pass, defects } = testCloud();
  const s3 = new S3.S3Client(as('111111111111'));
  const client = new CloudFormation.CloudFormationClient(as('111111111111'));
  await s3.send(new S3.CreateBucketCommand({ Bucket: 'snippets' }));
  const Body =
    'Included:\n  Type: AWS::SSM::Parameter\n  Properties: { Type: String, Name: /included, Value: { Ref: Value } }\n';
  await s3.send(new S3.PutObjectCommand({ Bucket: 'snippets', Key: 'a.yaml', Body }));
  const create = (StackName: string, key: string) =>
    client.send(
      new CloudFormation.CreateStackCommand({
        StackName,
        Capabilities: ['CAPABILITY_AUTO_EXPAND'],
        TemplateBody: `Parameters: { Value: { Type: String, Default: x } }
Resources:
  Topic: { Type: AWS::SNS::Topic }
  'Fn::Transform': { Name: AWS::Include, Parameters: { Location: 's3://snippets/${key}' } }
`,
      }),
    );
  assert.is(
    (await failureOf(create('none', 'b.yaml'))).message,
    'Transform AWS::Include failed with: The specified key does not exist.',
  );
  await create('app', 'a.yaml');
  pass(120_000);
  const { StackResources = [] } = await client.send(
    new CloudFormation.DescribeStackResourcesCommand({ StackName: 'app' }),
  );
  assert.equal(StackResources.map((one) => `${one.LogicalResourceId} ${one.ResourceStatus}`).sort(), [
    'Included CREATE_COMPLETE',
    'Topic CREATE_COMPLETE',
  ]);
  assert.equal(defects, []);
});

test.run();
