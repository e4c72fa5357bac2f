import { ProblemError } from '@roundtrip/problem';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { dependencies } from './dependencies.ts';
import { findCycle } from './find-cycle.ts';
import { parseTemplate } from './parse-template.ts';
import { referenceProblems } from './reference-problems.ts';
import { references } from './references.ts';

const TEMPLATE = `Parameters: { Name: { Type: String } }
Conditions: { HasNat: !Equals [!Ref Name, nat] }
Resources:
  Vpc: { Type: AWS::EC2::VPC }
  Nat:
    Type: AWS::EC2::NatGateway
    Condition: HasNat
    DependsOn: [Gateway]
    Properties: { AllocationId: !GetAtt Ip.AllocationId, Name: !Sub '\${Name}-\${Vpc}-\${Vpc.CidrBlock}' }
  Ip: { Type: AWS::EC2::EIP, DependsOn: Vpc }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Route: { Type: AWS::EC2::Route, Properties: { NatGatewayId: !If [HasNat, !Ref Nat, !Ref Gateway] } }
`;

const graphOf = (text: string, conditions?: Record<string, boolean>) =>
  Object.fromEntries(
    [...dependencies(parseTemplate(text, 'a.yaml').template, conditions)].map(([name, needs]) => [name, [...needs]]),
  );

test('resources need what Ref, GetAtt, Sub and DependsOn name', () => {
  assert.equal(graphOf(TEMPLATE), {
    Vpc: [],
    Nat: ['Gateway', 'Ip', 'Vpc'],
    Ip: ['Vpc'],
    Gateway: [],
    Route: ['Nat', 'Gateway'],
  });
});

test('a condition leaves out its resources and the branches that are not taken', () => {
  assert.equal(graphOf(TEMPLATE, { HasNat: false }), { Vpc: [], Ip: ['Vpc'], Gateway: [], Route: ['Gateway'] });
  assert.equal(graphOf(TEMPLATE, { HasNat: true })['Route'], ['Nat']);
});

test('references tell kind, name, attribute and path', () => {
  const value = { a: [{ 'Fn::Sub': ['${X}-${Y.Z}-${V}', { V: { 'Fn::FindInMap': ['M', { Ref: 'R' }, 'k'] } }] }] };
  assert.equal(references(value), [
    { kind: 'ref', name: 'X', path: ['a', 0] },
    { kind: 'attribute', name: 'Y', attribute: 'Z', path: ['a', 0] },
    { kind: 'mapping', name: 'M', path: ['a', 0, 'Fn::Sub', 1, 'V'] },
    { kind: 'ref', name: 'R', path: ['a', 0, 'Fn::Sub', 1, 'V', 'Fn::FindInMap', 1] },
  ]);
});

test('the first cycle is found, and a chain of thousands is no danger', () => {
  const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges));
  assert.is(findCycle(graph({ a: ['b', 'c'], b: ['c'], c: [] })), undefined);
  assert.equal(findCycle(graph({ a: ['b'], b: ['c'], c: ['d'], d: ['b'] })), ['b', 'c', 'd']);
  assert.equal(findCycle(graph({ a: ['a'] })), ['a']);
  const chain = new Map(Array.from({ length: 20_000 }, (_, at) => [String(at), [String(at + 1)]] as const));
  assert.is(findCycle(chain), undefined);
});

test('names that are not there are reported in CloudFormation’s words, all at once, each with its place', () => {
  const text = `Conditions:
  C: !Not [!Condition D]
Resources:
  A:
    Type: AWS::SNS::Topic
    Condition: E
    DependsOn: [B, Gone]
    Properties:
      TopicName: !Ref Nmae
      DisplayName: !Sub '\${Other.Arn} \${AWS::Region}'
      KmsMasterKeyId: !FindInMap [Keys, x, y]
  B: { Type: AWS::SNS::Topic, Properties: { TopicName: !Sub '\${A B}' } }
Outputs:
  O: { Value: !If [C, !Ref Nothing, x] }
`;
  const texts = referenceProblems(parseTemplate(text, 'a.yaml')).map(
    ({ place, what }) => `${place?.line}:${place?.column} ${what}`,
  );
  assert.equal(texts, [
    '2:23 Template error: unresolved condition dependency D in the Conditions block of the template',
    '6:16 Template error: unresolved condition dependency E in the Resources block of the template',
    '7:20 Template format error: Unresolved resource dependencies [Gone] in the Resources block of the template',
    '9:23 Template format error: Unresolved resource dependencies [Nmae] in the Resources block of the template',
    '10:25 Template error: instance of Fn::GetAtt references undefined resource Other',
    "11:34 Template error: Mapping named 'Keys' is not present in the 'Mappings' section of template.",
    '12:3 Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
    '14:28 Template format error: Unresolved resource dependencies [Nothing] in the Outputs block of the template',
  ]);
});

test('resources that need each other are named', () => {
  const text = `Resources:
  X: { Type: AWS::SNS::Topic, DependsOn: A }
  A: { Type: AWS::SNS::Topic, Properties: { TopicName: !Ref B } }
  B: { Type: AWS::SNS::Topic, Properties: { TopicName: !GetAtt A.TopicName } }
`;
  const problems = referenceProblems(parseTemplate(text, 'a.yaml'));
  assert.is(new ProblemError(problems).message, 'a.yaml:3:3: Circular dependency between resources: [A, B]');
});

test.run();
