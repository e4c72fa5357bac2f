import type { GetTemplateSummaryOutput } from '@aws-sdk/client-cloudformation';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { names } from './stack.ts';
import { TestCloud, parameter, template } from './test-cloud.ts';

const refused = (body: object) =>
  new TestCloud().refusal('CreateStack', { StackName: 'app', TemplateBody: JSON.stringify(body) });
const Resources = { A: { Type: 'AWS::SNS::Topic' } };
const many = (count: number, item: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`N${i}`, item]));

const CASES: readonly [string, object, string][] = [
  [
    'over 200 parameters',
    { Resources, Parameters: many(201, { Type: 'String', Default: 'x' }) },
    'Template format error: Number of parameters, 201, is greater than maximum allowed, 200',
  ],
  [
    'over 200 outputs',
    { Resources, Outputs: many(201, { Value: 'x' }) },
    'Template format error: Number of outputs, 201, is greater than maximum allowed, 200',
  ],
  [
    'over 200 mappings',
    { Resources, Mappings: many(201, { a: { b: 'c' } }) },
    'Template format error: Number of mappings, 201, is greater than maximum allowed, 200',
  ],
  [
    'a name that is too long',
    { Resources: { ['A'.repeat(256)]: Resources.A } },
    `Template format error: Resource name '${'A'.repeat(256)}' length is greater than 255.`,
  ],
  [
    'a parameter name with a sign',
    { Resources, Parameters: { 'a-b': { Type: 'String', Default: '' } } },
    'Template format error: Parameter name a-b is non alphanumeric.',
  ],
  [
    'a name that is there twice',
    { Resources, Parameters: { A: { Type: 'String', Default: '' } } },
    'Template error: all resources and parameters must have unique names. Common name(s):[A]',
  ],
  [
    'a default that is too long',
    { Resources, Parameters: { P: { Type: 'String', Default: 'x'.repeat(4097) } } },
    "Template format error: Parameter 'P' default value '[****]' length is greater than 4096.",
  ],
  [
    'a description that is too long',
    { Resources, Description: 'x'.repeat(1025) },
    "Template format error: 'Description' length is greater than 1024.",
  ],
  [
    'a policy that is none',
    { Resources: { A: { ...Resources.A, DeletionPolicy: 'Keep' } } },
    'Template format error: Unrecognized DeletionPolicy Keep for resource A',
  ],
  [
    'a snapshot of what has none',
    { Resources: { A: { ...Resources.A, DeletionPolicy: 'Snapshot' } } },
    'Template error: resource type AWS::SNS::Topic does not support deletion policy Snapshot',
  ],
];

for (const [name, body, text] of CASES) {
  test(`a template with ${name} is refused`, () => {
    assert.is(refused(body), `ValidationError: ${text}`);
  });
}

test('an account has two thousand stacks', () => {
  const cloud = new TestCloud();
  cloud.look((world) => {
    for (let at = 0; at < 2000; at++) names(world, cloud.realm).put(`stack-${at}`, { id: `arn:${at}` });
  });
  const TemplateBody = JSON.stringify(template({ A: parameter('x') }));
  assert.is(
    cloud.refusal('CreateStack', { StackName: 'more', TemplateBody }),
    'LimitExceededException: Limit for stack has been exceeded',
  );
});

test('a summary names identifiers, transforms and, if asked, types that it does not know', () => {
  const cloud = new TestCloud();
  const summary = (body: object, more: object = {}) =>
    cloud.call<GetTemplateSummaryOutput>('GetTemplateSummary', { TemplateBody: JSON.stringify(body), ...more });
  const loops = summary({
    Transform: 'AWS::LanguageExtensions',
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      'Fn::ForEach::Topics': ['Name', ['a'], { 'Topic${Name}': { Type: 'AWS::SNS::Topic' } }],
    },
  });
  assert.equal(
    [loops.ResourceTypes, loops.DeclaredTransforms, loops.Capabilities],
    [['AWS::SQS::Queue', 'AWS::SNS::Topic'], ['AWS::LanguageExtensions'], ['CAPABILITY_AUTO_EXPAND']],
  );
  assert.equal(loops.ResourceIdentifierSummaries, [
    { ResourceType: 'AWS::SQS::Queue', LogicalResourceIds: ['Queue'], ResourceIdentifiers: ['QueueUrl'] },
    { ResourceType: 'AWS::SNS::Topic', LogicalResourceIds: [], ResourceIdentifiers: ['TopicArn'] },
  ]);
  const unknown = { Resources: { A: { Type: 'AWS::None::Such' } } };
  assert.is(
    cloud.refusal('GetTemplateSummary', { TemplateBody: JSON.stringify(unknown) }),
    'ValidationError: Template format error: Unrecognized resource types: [AWS::None::Such]',
  );
  assert.equal(
    summary(unknown, { TemplateSummaryConfig: { TreatUnrecognizedResourceTypesAsWarnings: true } }).Warnings,
    { UnrecognizedResourceTypes: ['AWS::None::Such'] },
  );
});

test.run();
