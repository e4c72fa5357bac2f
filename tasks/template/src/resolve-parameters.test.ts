import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { resolveParameters, USE_PREVIOUS, type GivenParameters } from './resolve-parameters.ts';
import type { Template, TemplateParameter } from './template.ts';

const template = (Parameters: Record<string, TemplateParameter>): Template => ({ Parameters, Resources: {} });

/** The problem that one value of one parameter has. */
function complaint(parameter: TemplateParameter, value: string): string | undefined {
  return resolveParameters(template({ X: parameter }), { X: value }).problems[0]?.what;
}

test('defaults, given and previous values; lists as lists, and their texts beside', () => {
  const resolved = resolveParameters(
    template({
      Name: { Type: 'String', Default: 'api' },
      Count: { Type: 'Number', Default: 2 },
      Zones: { Type: 'CommaDelimitedList' },
      Subnets: { Type: 'List<AWS::EC2::Subnet::Id>', Default: '' },
      Kept: { Type: 'String', Default: 'new default' },
    }),
    { Zones: 'a, b', Kept: USE_PREVIOUS },
    { Kept: 'as it was', Zones: 'unused' },
  );
  assert.equal(resolved.values, { Name: 'api', Count: '2', Zones: ['a', 'b'], Subnets: [], Kept: 'as it was' });
  assert.equal(resolved.texts, { Name: 'api', Count: '2', Zones: 'a, b', Subnets: '', Kept: 'as it was' });
  assert.equal(resolved.problems, []);
});

test('missing and unknown parameters are named together', () => {
  const given: GivenParameters = { C: 'x', D: 'y', E: USE_PREVIOUS };
  const { problems } = resolveParameters(
    template({ A: { Type: 'String' }, B: { Type: 'String' }, E: { Type: 'String' } }),
    given,
  );
  assert.equal(
    problems.map(({ what }) => what),
    ['Parameters: [A, B, E] must have values', 'Parameters: [C, D] do not exist in the template'],
  );
});

test('a parameter that nobody may see is named, whether NoEcho is a boolean or a text', () => {
  const { noEcho } = resolveParameters(
    template({ A: { Type: 'String', NoEcho: true }, B: { Type: 'String', NoEcho: 'true' }, C: { Type: 'String' } }),
    { A: '1', B: '2', C: '3' },
  );
  assert.equal([...noEcho], ['A', 'B']);
});

test('an SSM parameter type looks its value up', () => {
  const parameters = template({
    Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/image' },
    Subnets: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/subnets' },
  });
  const stored: Record<string, string> = { '/image': 'ami-1', '/subnets': 's-1,s-2' };
  const { values, texts } = resolveParameters(parameters, {}, {}, (name) => stored[name]);
  assert.equal(values, { Image: 'ami-1', Subnets: ['s-1', 's-2'] });
  assert.equal(texts, { Image: '/image', Subnets: '/subnets' });
});

test('constraints are worded as CloudFormation words them', () => {
  const text = { Type: 'String' };
  const number = { Type: 'Number' };
  assert.is(complaint({ ...text, AllowedValues: ['a', 'b'] }, 'c'), "Parameter 'X' must be one of AllowedValues");
  assert.is(complaint({ ...text, AllowedPattern: '[a-z]+' }, 'a1'), "Parameter 'X' must match pattern [a-z]+");
  assert.is(complaint({ ...text, MinLength: 3 }, 'ab'), "Parameter 'X' must contain at least 3 characters");
  assert.is(complaint({ ...text, MaxLength: '3' }, 'abcd'), "Parameter 'X' must contain at most 3 characters");
  assert.is(complaint(number, 'two'), "Parameter 'X' must be a number");
  assert.is(complaint({ ...number, MinValue: 1 }, '0'), "Parameter 'X' must be a number not less than 1");
  assert.is(complaint({ ...number, MaxValue: 9 }, '10'), "Parameter 'X' must be a number not greater than 9");
  assert.is(
    complaint({ ...text, AllowedPattern: '[a-z]+', ConstraintDescription: 'small letters only' }, 'A'),
    'Parameter X failed to satisfy constraint: small letters only',
  );
});

test('a value within its constraints has no problem, and each item of a list is held against them', () => {
  assert.is(complaint({ Type: 'Number', MinValue: 1, MaxValue: 9, AllowedValues: [1, 5] }, '5'), undefined);
  assert.is(complaint({ Type: 'List<Number>' }, '1, 2'), undefined);
  assert.is(complaint({ Type: 'List<Number>' }, '1,x'), "Parameter 'X' must be a number");
  assert.is(
    complaint({ Type: 'CommaDelimitedList', AllowedValues: ['a', 'b'] }, 'a,c'),
    "Parameter 'X' must be one of AllowedValues",
  );
});

test.run();
