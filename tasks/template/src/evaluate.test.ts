import { ProblemError } from '@roundtrip/problem';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { evaluate } from './evaluate.ts';
import { NO_VALUE, UNKNOWN, type Scope } from './scope.ts';

const ATTRIBUTES: Record<string, unknown> = {
  'Vpc.CidrBlock': '10.0.0.0/16',
  'New.Arn': UNKNOWN,
  'Db.Endpoint.Port': 5432,
};

const scope: Scope = {
  parameters: { Name: 'api', Zones: ['a', 'b'], Count: '2', Later: UNKNOWN },
  mappings: { Sizes: { stage: { Cpu: 256, Zones: ['x', 'y'] } } },
  conditions: { Yes: true, No: false, Maybe: UNKNOWN },
  pseudo: { 'AWS::Region': 'eu-west-1', 'AWS::AccountId': '111111111111', 'AWS::NoValue': NO_VALUE },
  ref: (id) => ({ Vpc: 'vpc-1', New: UNKNOWN })[id],
  getAtt: (id, attribute) => ATTRIBUTES[`${id}.${attribute}`],
  importValue: (name) => (name === 'shared' ? 'imported' : undefined),
  zones: (region) => [`${region}a`, `${region}b`],
  dynamic: (reference) => (reference === 'ssm:/name:1' ? 'from-ssm' : UNKNOWN),
};

const is = (value: unknown, expected: unknown) => assert.equal(evaluate(value, scope), expected);

function complaint(value: unknown): string {
  try {
    evaluate(value, scope);
  } catch (error) {
    assert.instance(error, ProblemError);
    return (error as ProblemError).message;
  }
  return 'no complaint';
}

test('Ref gives parameters, pseudo parameters and resources', () => {
  is({ Ref: 'Name' }, 'api');
  is({ Ref: 'Zones' }, ['a', 'b']);
  is({ Ref: 'AWS::Region' }, 'eu-west-1');
  is({ Ref: 'Vpc' }, 'vpc-1');
});

test('Fn::GetAtt keeps the type of the attribute and takes an attribute that is computed', () => {
  is({ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, '10.0.0.0/16');
  is({ 'Fn::GetAtt': ['Db', 'Endpoint', 'Port'] }, 5432);
  is({ 'Fn::GetAtt': ['Vpc', { 'Fn::Join': ['', ['Cidr', 'Block']] }] }, '10.0.0.0/16');
});

test('AWS::NoValue removes a property and a list item, and is itself where nothing is around it', () => {
  is({ a: { Ref: 'AWS::NoValue' }, b: [1, { 'Fn::If': ['No', 2, { Ref: 'AWS::NoValue' }] }, 3] }, { b: [1, 3] });
  is({ Ref: 'AWS::NoValue' }, NO_VALUE);
});

test('Fn::Sub fills in, prefers its own variables and leaves literals', () => {
  is(
    { 'Fn::Sub': '${Name}-${Vpc.CidrBlock}-${AWS::AccountId}-${Db.Endpoint.Port}' },
    'api-10.0.0.0/16-111111111111-5432',
  );
  is({ 'Fn::Sub': ['${Name}/${!Literal}', { Name: { Ref: 'Vpc' } }] }, 'vpc-1/${Literal}');
  is({ 'Fn::Sub': 'no variable, $5 and { }' }, 'no variable, $5 and { }');
});

test('text functions', () => {
  is({ 'Fn::Join': ['-', ['a', 1, { Ref: 'Name' }]] }, 'a-1-api');
  is({ 'Fn::Join': [',', { Ref: 'Zones' }] }, 'a,b');
  is({ 'Fn::Split': [',', 'x,y,'] }, ['x', 'y', '']);
  is({ 'Fn::Base64': 'grüß' }, 'Z3LDvMOf');
  is({ 'Fn::ToJsonString': { a: { Ref: 'Name' }, b: [true, 1] } }, '{"a":"api","b":[true,1]}');
});

test('list functions', () => {
  is({ 'Fn::Select': ['1', { Ref: 'Zones' }] }, 'b');
  is({ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 'eu-west-1a');
  is({ 'Fn::GetAZs': { Ref: 'AWS::Region' } }, ['eu-west-1a', 'eu-west-1b']);
  is({ 'Fn::Length': { Ref: 'Zones' } }, 2);
  is({ 'Fn::Cidr': [{ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, '2', 8] }, ['10.0.0.0/24', '10.0.1.0/24']);
});

test('Fn::FindInMap looks up texts, numbers and lists, and has a default', () => {
  is({ 'Fn::FindInMap': ['Sizes', 'stage', 'Cpu'] }, 256);
  is({ 'Fn::FindInMap': ['Sizes', 'stage', 'Zones'] }, ['x', 'y']);
  is({ 'Fn::FindInMap': ['Sizes', { Ref: 'Name' }, 'Cpu', { DefaultValue: { Ref: 'Count' } }] }, '2');
});

test('condition functions compare texts, numbers and lists', () => {
  is({ 'Fn::Equals': [{ Ref: 'Count' }, 2] }, true);
  is({ 'Fn::Equals': [{ Ref: 'Zones' }, ['a', 'b']] }, true);
  is({ 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Not': [{ Condition: 'No' }] }] }, true);
  is({ 'Fn::Or': [{ Condition: 'No' }, { 'Fn::Equals': ['a', 'b'] }] }, false);
});

test('Fn::If evaluates only the branch that is taken', () => {
  is({ 'Fn::If': ['Yes', 'good', { 'Fn::Select': [9, []] }] }, 'good');
});

test('an export of another stack', () => {
  is({ 'Fn::ImportValue': { 'Fn::Sub': 'shared' } }, 'imported');
  assert.is(complaint({ 'Fn::ImportValue': 'gone' }), 'No export named gone found.');
});

test('dynamic references are resolved in the results, also when a function has put them together', () => {
  is({ a: 'x {{resolve:ssm:/name:1}} y' }, { a: 'x from-ssm y' });
  is({ 'Fn::Sub': ['{{resolve:ssm:/${N}:1}}', { N: 'name' }] }, 'from-ssm');
  is('{{resolve:secretsmanager:other}}', '{{resolve:secretsmanager:other}}');
});

test('a policy that happens to have a key named Condition is left alone', () => {
  const statement = { Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } };
  is(statement, { Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } } });
});

test('what is unknown stays as it is written, with everything known filled in', () => {
  is({ Ref: 'New' }, { Ref: 'New' });
  is({ Ref: 'Later' }, { Ref: 'Later' });
  is({ 'Fn::GetAtt': ['New', 'Arn'] }, { 'Fn::GetAtt': ['New', 'Arn'] });
  is({ 'Fn::Join': ['-', [{ Ref: 'Name' }, { Ref: 'New' }]] }, { 'Fn::Join': ['-', ['api', { Ref: 'New' }]] });
  is({ 'Fn::Sub': '${Name}/${New.Arn}/${!Lit}' }, { 'Fn::Sub': 'api/${New.Arn}/${!Lit}' });
  is(
    { 'Fn::Sub': ['${A}-${B}', { A: 'cash ${x}', B: { Ref: 'New' } }] },
    { 'Fn::Sub': ['cash ${!x}-${B}', { B: { Ref: 'New' } }] },
  );
  is({ 'Fn::Select': [0, ['known', { Ref: 'New' }]] }, 'known');
  is({ 'Fn::Select': [1, ['known', { Ref: 'New' }]] }, { Ref: 'New' });
  is(
    { 'Fn::Select': [1, { 'Fn::Split': [',', { Ref: 'Later' }] }] },
    { 'Fn::Select': [1, { 'Fn::Split': [',', { Ref: 'Later' }] }] },
  );
});

test('a condition that is unknown keeps both branches, and what would be left out stays visible', () => {
  is(
    { 'Fn::If': ['Maybe', { Ref: 'Name' }, { Ref: 'AWS::NoValue' }] },
    { 'Fn::If': ['Maybe', 'api', { Ref: 'AWS::NoValue' }] },
  );
  is({ 'Fn::And': [{ Condition: 'Maybe' }, { Condition: 'No' }] }, false);
  is({ 'Fn::Or': [{ Condition: 'Maybe' }, { Condition: 'Yes' }] }, true);
  is({ 'Fn::Not': [{ Condition: 'Maybe' }] }, { 'Fn::Not': [{ Condition: 'Maybe' }] });
});

test('mistakes are worded as CloudFormation words them', () => {
  const texts: [unknown, string][] = [
    [
      { Ref: 'Nope' },
      'Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template',
    ],
    [{ Ref: ['x'] }, 'Template error: every Ref object must have a single String value.'],
    [
      { 'Fn::GetAtt': ['Vpc', 'Nope'] },
      'Template error: resource Vpc does not support attribute type Nope in Fn::GetAtt',
    ],
    [
      { 'Fn::GetAtt': 'Vpc' },
      'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
    ],
    [{ 'Fn::Select': [2, ['a', 'b']] }, 'Template error: Fn::Select cannot select nonexistent value at index 2'],
    [
      { 'Fn::Select': ['x', ['a']] },
      'Template error: Fn::Select requires a list argument with two elements: an integer index and a list',
    ],
    [{ 'Fn::FindInMap': ['Sizes', 'prod', 'Cpu'] }, 'Template error: Unable to get mapping for Sizes::prod::Cpu'],
    [{ 'Fn::If': ['Nope', 1, 2] }, 'Template error: unresolved condition dependency Nope in Fn::If'],
    [{ 'Fn::If': ['Yes', 1] }, 'Template error: Fn::If requires a list argument with three elements'],
    [{ 'Fn::Equals': ['a'] }, 'Template error: every Fn::Equals object requires a list of 2 string parameters.'],
    [
      { 'Fn::And': [true] },
      'Template error: every Fn::And object requires a list of at least 2 and at most 10 boolean parameters.',
    ],
    [{ 'Fn::Not': true }, 'Template error: every Fn::Not object requires one boolean parameter.'],
    [{ 'Fn::Sub': '${Zones}' }, 'Template error: variable Zones in Fn::Sub expression does not resolve to a string'],
    [
      { 'Fn::Sub': '${A-B}' },
      'Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
    ],
    [
      { 'Fn::Sub': ['x'] },
      "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first " +
        'argument, and an optional second argument to specify a mapping of values to replace in the string',
    ],
    [
      { 'Fn::Join': ['-', 'x'] },
      'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be ' +
        'joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
    ],
    [
      { 'Fn::Split': ['', 'x'] },
      'Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a ' +
        'function that returns a string to be split.',
    ],
    [{ 'Fn::Base64': ['x'] }, 'Template error: every Fn::Base64 object must have a String-typed value.'],
    [{ 'Fn::GetAZs': [] }, 'Template error: every Fn::GetAZs object requires a String parameter.'],
    [{ 'Fn::Length': 'x' }, 'Template error: Fn::Length requires a list or a function that returns a list'],
    [{ 'Fn::Transform': { Name: 'x' } }, 'Template error: Fn::Transform calls a macro, and macros run on AWS only'],
  ];
  for (const [value, text] of texts) assert.is(complaint(value), text);
  assert.match(
    complaint({ 'Fn::Nope': 1 }),
    /^Template error: Encountered unsupported function: Fn::Nope Supported functions are: \[Fn::Base64, Fn::GetAtt, /,
  );
});

test.run();
