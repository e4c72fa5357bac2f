import { ProblemError } from '@roundtrip/problem';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseTemplate } from './parse-template.ts';

/** The message that reading a template ends with. */
function complaint(text: string): string {
  try {
    parseTemplate(text, 'a.yaml');
  } catch (error) {
    assert.instance(error, ProblemError);
    return (error as ProblemError).message;
  }
  return 'no complaint';
}

/** Properties of the one resource of a template, from the lines of its Properties. */
function properties(lines: string): unknown {
  const text = `Resources:\n  A:\n    Type: AWS::SNS::Topic\n    Properties:\n${lines.replace(/^/gm, '      ')}\n`;
  return parseTemplate(text, 'a.yaml').template.Resources['A']?.Properties;
}

test('short tags become the long form, on scalars, lists and maps', () => {
  const expanded = properties(`A: !Ref Foo
B: !Sub 'x-\${Foo}'
C: !Sub ['x-\${V}', { V: !Ref Foo }]
D: !If [Cond, !Ref Foo, !Ref AWS::NoValue]
E: !Join ['-', [a, !Select [0, !Split [',', 'x,y']]]]
F: !FindInMap [M, !Ref AWS::Region, k]
G: !Base64 text
H: !Cidr [!GetAtt Vpc.CidrBlock, 6, 8]
I: !GetAZs ''
J: !ImportValue x
K: !Not [!Condition C]
L: !Transform { Name: x }
M: !ToJsonString { a: 1 }
N: !Length [1, 2]`);
  assert.equal(expanded, {
    A: { Ref: 'Foo' },
    B: { 'Fn::Sub': 'x-${Foo}' },
    C: { 'Fn::Sub': ['x-${V}', { V: { Ref: 'Foo' } }] },
    D: { 'Fn::If': ['Cond', { Ref: 'Foo' }, { Ref: 'AWS::NoValue' }] },
    E: { 'Fn::Join': ['-', ['a', { 'Fn::Select': [0, { 'Fn::Split': [',', 'x,y'] }] }]] },
    F: { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'k'] },
    G: { 'Fn::Base64': 'text' },
    H: { 'Fn::Cidr': [{ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, 6, 8] },
    I: { 'Fn::GetAZs': '' },
    J: { 'Fn::ImportValue': 'x' },
    K: { 'Fn::Not': [{ Condition: 'C' }] },
    L: { 'Fn::Transform': { Name: 'x' } },
    M: { 'Fn::ToJsonString': { a: 1 } },
    N: { 'Fn::Length': [1, 2] },
  });
});

test('Fn::GetAtt is a list in every way of writing it, and keeps the dots of its attribute', () => {
  const pair = { 'Fn::GetAtt': ['Db', 'Endpoint.Address'] };
  assert.equal(
    properties(`A: !GetAtt Db.Endpoint.Address
B: !GetAtt [Db, Endpoint.Address]
C: { 'Fn::GetAtt': Db.Endpoint.Address }`),
    { A: pair, B: pair, C: pair },
  );
});

test('dates, yes and no are texts, as CloudFormation takes them, and a numeric key keeps its zeros', () => {
  assert.equal(properties(`Version: 2012-10-17\nA: no\nB: true\n012345678901: x`), {
    Version: '2012-10-17',
    A: 'no',
    B: true,
    '012345678901': 'x',
  });
});

test('JSON is read too, with its places', () => {
  const parsed = parseTemplate('{\n\t"Resources": {\n\t\t"A": { "Type": "AWS::SNS::Topic" }\n\t}\n}', 'a.json');
  assert.equal(parsed.template, { Resources: { A: { Type: 'AWS::SNS::Topic' } } });
  assert.equal(parsed.place(['Resources', 'A']), { file: 'a.json', line: 3, column: 3 });
});

test('JSON that is well-formed and yet no template is complained about with its places', () => {
  assert.is(
    complaint('{ "Resources": {\n"A": { "Type": "X", "Properties": { "P": ":\\"{" } },\n"A": { "Type": "X" } } }'),
    'a.yaml:3:1: the key "A" is there twice\n' +
      '  why: it stands in line 2 already, and only one of the two would count\n' +
      '  next: remove or rename one of them',
  );
  assert.is(
    complaint('{ "Resources": {\n"A": { "Type": "X", "Properties": { "P": null } } } }'),
    "a.yaml:2:42: [/Resources/A/Properties/P] 'null' values are not allowed in templates",
  );
  assert.is(
    complaint('{ "Resources": {\n"A": { "Typ": "X" } } }'),
    'a.yaml:2:1: Template format error: [/Resources/A] Every Resources object must contain a Type member.',
  );
});

test('JSON and YAML of the same template are the same', () => {
  const json =
    '{ "A": { "Fn::GetAtt": "B.C.D" }, "E": [1.5, "a: \\"b\\" \\u00e9\\n", true], "__proto__": { "x": "1" } }';
  const parsed = parseTemplate(`{ "Resources": { "R": { "Type": "X", "Properties": ${json} } } }`, 'a.json');
  const expected = properties('A: !GetAtt B.C.D\nE: [1.5, "a: \\"b\\" \\u00e9\\n", true]\n__proto__: { x: "1" }');
  assert.equal(parsed.template.Resources['R']?.Properties, expected);
});

test('a path leads to its key or its value, through short tags, and else to its nearest ancestor', () => {
  const parsed = parseTemplate(
    'Resources:\n  A:\n    Type: AWS::SNS::Topic\n    Properties:\n      Names: !If [C, [x, !Ref B], y]\n',
    'a.yaml',
  );
  const names = ['Resources', 'A', 'Properties', 'Names'];
  const at = (path: (string | number)[], part?: 'value') => parsed.place(path, part).column;
  assert.is(at(names), 7);
  assert.is(at(names, 'value'), 18);
  assert.is(at([...names, 'Fn::If', 1, 1, 'Ref']), 31);
  assert.is(at([...names, 'Fn::If', 2]), 35);
  assert.equal(parsed.place(['Resources', 'A', 'Nothing']), { file: 'a.yaml', line: 2, column: 3 });
  assert.equal(parsed.place(['Outputs', 'X']), { file: 'a.yaml', line: 1, column: 1 });
});

test('syntax errors name the place and what the parser saw', () => {
  assert.is(
    complaint('Resources:\n  A: "x\n'),
    'a.yaml:3:1: Template format error: YAML not well-formed. (line 3, column 1)\n  why: Missing closing "quote',
  );
  assert.is(
    complaint('{ "Resources": { "A" "B" } }'),
    'a.yaml:1:22: Template format error: JSON not well-formed. (line 1, column 22)\n  why: Missing , or : between flow map items',
  );
  assert.is(
    complaint('Resources:\n  A: {}\n---\nB: {}\n'),
    'a.yaml:3:1: Template format error: YAML not well-formed. (line 3, column 1)\n' +
      '  why: a template is one document, and --- starts another',
  );
});

test('a key that is there twice is named with both places', () => {
  assert.is(
    complaint('Resources:\n  A: { Type: X }\n  B: { Type: X }\n  A: { Type: Y }\n'),
    'a.yaml:4:3: the key "A" is there twice\n' +
      '  why: it stands in line 2 already, and only one of the two would count\n' +
      '  next: remove or rename one of them',
  );
});

test('unknown tags, aliases and nulls are refused, all at once', () => {
  const lines = complaint(
    'Resources:\n  A: !Reff X\n  B: &b { Type: X }\n  C: *b\n  D:\n    Type: X\n    Properties:\n',
  );
  assert.is(
    lines,
    'a.yaml:2:12: unknown tag !Reff\n' +
      '  next: use one of !And, !Base64, !Cidr, !Condition, !Contains, !EachMemberEquals, !EachMemberIn, !Equals, ' +
      '!FindInMap, !GetAZs, !GetAtt, !GetStackOutput, !If, !ImportValue, !Join, !Length, !Not, !Or, !Ref, !RefAll, !Select, !Split, ' +
      '!Sub, !ToJsonString, !Transform, !ValueOf, !ValueOfAll\n' +
      'a.yaml:4:6: Template error: YAML aliases are not allowed in CloudFormation templates\n' +
      '  next: write the value out in both places\n' +
      "a.yaml:7:16: [/Resources/D/Properties] 'null' values are not allowed in templates",
  );
});

test('an empty file and one without resources say so', () => {
  assert.is(complaint(''), 'a.yaml:1:1: Template format error: the template is empty');
  assert.is(complaint('- a\n'), 'a.yaml:1:1: Template format error: unsupported structure.');
  assert.is(
    complaint('Description: x\n'),
    'a.yaml:1:1: Template format error: At least one Resources member must be defined.\n' +
      '  next: write at least one resource under Resources:',
  );
});

test('members of the wrong shape are named, all at once', () => {
  assert.is(
    complaint(`Resource: {}
Parameters:
  P: { Default: x }
Conditions:
  C: true
Mappings:
  M: { a: b }
Resources:
  A: { Properties: {} }
  B-1: { Type: X }
  C: { Type: X, Propertys: {} }
  D: { Type: X, Properties: [] }
Outputs:
  O: { Description: x }
`),
    `a.yaml:1:1: Invalid template property or properties [Resource]
a.yaml:3:3: Template format error: Every Parameters object must contain a Type member. (P)
a.yaml:7:3: Template format error: Every Mappings member M must be a map of maps
a.yaml:5:3: Template format error: Every Conditions member must be a condition function. (C)
a.yaml:9:3: Template format error: [/Resources/A] Every Resources object must contain a Type member.
a.yaml:10:3: Template format error: Resource name B-1 is non alphanumeric.
a.yaml:11:17: Invalid template resource property 'Propertys'
a.yaml:12:17: Template format error: [/Resources/D/Properties] Properties must be an object
a.yaml:14:3: Template format error: Every Outputs member must contain a Value object (O)`,
  );
});

test('a key named like a property of every object is only a key', () => {
  assert.equal(Object.keys(properties('__proto__: x\nconstructor: y') as object), ['__proto__', 'constructor']);
});

test('the same text is read once, and each reader has the places of its own file', () => {
  const text = 'Resources:\n  Once: { Type: AWS::SNS::Topic }\n';
  const [first, second] = [parseTemplate(text, 'a.yaml'), parseTemplate(text, 'b.yaml')];
  assert.is(first.template, second.template);
  assert.equal([first.place([]).file, second.place([]).file], ['a.yaml', 'b.yaml']);
  for (let at = 0; at < 20; at++) parseTemplate(text.replace('Once', `Other${at}`), 'c.yaml');
  assert.is.not(parseTemplate(text, 'a.yaml').template, first.template);
});

test.run();
