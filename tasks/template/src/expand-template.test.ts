import { ProblemError } from '@roundtrip/problem';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { expandTemplate } from './expand-template.ts';
import { includeSnippets } from './include-snippets.ts';
import { parseTemplate } from './parse-template.ts';
import { referenceProblems } from './reference-problems.ts';

const EXTENSIONS = 'Transform: AWS::LanguageExtensions\n';
const given = {
  parameters: { Names: ['web', 'api'], Env: 'stage' },
  pseudo: { 'AWS::Region': 'eu-west-1' },
};

const expanded = (body: string) => expandTemplate(parseTemplate(EXTENSIONS + body, 'a.yaml'), given);

function complaint(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    assert.instance(error, ProblemError);
    return (error as ProblemError).problems.map(({ what }) => what).join('\n');
  }
  return 'no complaint';
}

test('loops write out resources, conditions and outputs, with their identifiers in keys, Ref and Sub', () => {
  const { template } = expanded(`
Parameters: { Names: { Type: CommaDelimitedList } }
Conditions:
  'Fn::ForEach::Conditions':
    - Name
    - !Ref Names
    - Is\${Name}: !Equals [!Ref Name, web]
Resources:
  'Fn::ForEach::Topics':
    - Name
    - !Ref Names
    - Topic\${Name}:
        Type: AWS::SNS::Topic
        Condition: !Sub Is\${Name}
        Properties: { TopicName: !Sub 'x-\${Name}-\${AWS::Region}', DisplayName: !Ref Name, Plain: '\${Name}' }
Outputs:
  'Fn::ForEach::Outputs':
    - Name
    - !Ref Names
    - 'Fn::ForEach::Attributes':
        - Attribute
        - [TopicArn, TopicName]
        - \${Name}\${Attribute}:
            Value: !GetAtt [!Sub 'Topic\${Name}', !Ref Attribute]
`);
  assert.equal(template.Conditions, {
    Isweb: { 'Fn::Equals': ['web', 'web'] },
    Isapi: { 'Fn::Equals': ['api', 'web'] },
  });
  assert.equal(Object.keys(template.Resources), ['Topicweb', 'Topicapi']);
  assert.equal(template.Resources['Topicapi'], {
    Type: 'AWS::SNS::Topic',
    Condition: 'Isapi',
    Properties: { TopicName: { 'Fn::Sub': 'x-api-${AWS::Region}' }, DisplayName: 'api', Plain: '${Name}' },
  });
  assert.equal(Object.keys(template.Outputs ?? {}), ['webTopicArn', 'webTopicName', 'apiTopicArn', 'apiTopicName']);
  assert.equal(template.Outputs?.['apiTopicName'], { Value: { 'Fn::GetAtt': ['Topicapi', 'TopicName'] } });
});

test('a loop in properties puts its keys beside the others, and & leaves out what a name cannot have', () => {
  const { template } = expanded(`
Mappings: { M: { stage: { Zones: [eu-1, eu-2] } } }
Resources:
  A:
    Type: X
    Properties:
      Count: !Length [a, b, c]
      Tags:
        Fixed: 1
        'Fn::ForEach::Zones':
          - Zone
          - !FindInMap [M, !Ref Env, Zones]
          - 'zone-&{Zone}': !Ref Zone
  'Fn::ForEach::More':
    - Item
    - [b-1]
    - 'P&{Item}': { Type: X, DependsOn: A }
`);
  assert.equal(template.Resources, {
    A: { Type: 'X', Properties: { Count: 3, Tags: { Fixed: 1, 'zone-eu1': 'eu-1', 'zone-eu2': 'eu-2' } } },
    Pb1: { Type: 'X', DependsOn: 'A' },
  });
});

test('places lead to the loop in the file', () => {
  const parsed = expanded(`Resources:
  'Fn::ForEach::Topics':
    - Name
    - [One, Two]
    - Topic\${Name}:
        Type: AWS::SNS::Topic
        Properties:
          TopicName: !Ref Missing
`);
  assert.equal(
    referenceProblems(parsed).map(({ what, place }) => [what, place?.line, place?.column]),
    [
      [
        'Template format error: Unresolved resource dependencies [Missing] in the Resources block of the template',
        9,
        27,
      ],
      [
        'Template format error: Unresolved resource dependencies [Missing] in the Resources block of the template',
        9,
        27,
      ],
    ],
  );
  assert.equal(parsed.place(['Resources', 'TopicTwo', 'Type']), { file: 'a.yaml', line: 7, column: 9 });
});

test('what cannot be expanded is refused in the words of AWS', () => {
  const loop = (rest: string) => `Resources:\n  A: { Type: X }\n  'Fn::ForEach::L': ${rest}\n`;
  const failed = (rest: string) => complaint(() => expanded(loop(rest)));
  const prefix = 'Transform AWS::LanguageExtensions failed with: ';
  assert.is(failed(`[I, [a]]`), `${prefix}Fn::ForEach layout is incorrect`);
  assert.is(failed(`[I, text, {'X\${I}': {Type: X}}]`), `${prefix}Fn::ForEach layout is incorrect`);
  assert.is(
    failed(`[I, !GetAtt A.List, {'X\${I}': {Type: X}}]`),
    `${prefix}Could not find a collection or could not be resolved for Fn::ForEach`,
  );
  const nested = (depth: number): string =>
    `['I${depth}', [${Array.from({ length: 20 }, (_, at) => `a${at}`).join(', ')}], {'${depth === 0 ? 'X${I4}${I3}${I2}${I1}${I0}' : `Fn::ForEach::D${depth}`}': ${depth === 0 ? '{Type: X}' : nested(depth - 1)}}]`;
  assert.is(failed(nested(4)), `${prefix}Fn::ForEach writes out more than 20000 members`);
  assert.is(
    failed(`[I, [a, b], {X: {Type: X}}]`),
    `${prefix}Duplicate key 'X' when merging keys to parent object in Fn::ForEach`,
  );
  assert.is(
    failed(`[I, [a-b], {'X\${I}': {Type: X}}]`),
    'Template format error: Resource name Xa-b is non alphanumeric.',
  );
  assert.is(
    complaint(() => parseTemplate(loop(`[I, [a], {'X\${I}': {Type: X}}]`), 'b.yaml')),
    'Template format error: [/Resources/Fn::ForEach::L] resource definition is malformed',
  );
});

test('snippets take the place of the calls that include them', () => {
  const read = (location: string) =>
    ({
      's3://b/stage.yaml': 'TopicName: included\nTags: { b: !Ref Env }\n',
      's3://b/again.yaml': 'Fn::Transform: { Name: AWS::Include }\n',
      's3://b/whole.json': '{"Outputs":{"O":{"Value":1}}}',
    })[location];
  const include = (text: string) => includeSnippets(parseTemplate(text, 'a.yaml'), given, read).template;
  assert.equal(
    include(`Transform: { Name: AWS::Include, Parameters: { Location: s3://b/whole.json } }
Resources:
  A:
    Type: AWS::SNS::Topic
    Properties:
      Tags: { a: 1 }
      'Fn::Transform': { Name: AWS::Include, Parameters: { Location: !Sub 's3://b/\${Env}.yaml' } }
`),
    {
      Resources: {
        A: { Type: 'AWS::SNS::Topic', Properties: { Tags: { a: 1, b: { Ref: 'Env' } }, TopicName: 'included' } },
      },
      Outputs: { O: { Value: 1 } },
    },
  );
  assert.is(
    complaint(() =>
      include(`Resources: { 'Fn::Transform': { Name: AWS::Include, Parameters: { Location: s3://b/c } } }`),
    ),
    'Transform AWS::Include failed with: The specified key does not exist.',
  );
  assert.is(
    complaint(() =>
      include(`Resources: { 'Fn::Transform': { Name: AWS::Include, Parameters: { Location: s3://b/again.yaml } } }`),
    ),
    'Transform AWS::Include failed with: A snippet cannot call a transform',
  );
});

test.run();
