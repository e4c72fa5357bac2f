import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { evaluate } from './evaluate.ts';
import { NO_VALUE, UNKNOWN, type Scope } from './scope.ts';

const KNOWN: Scope = {
  parameters: { Name: 'api', Later: 'cash ${Name} $$ ${!x}', List: ['a', 'b', 'c'], LaterList: ['x', 'y', 'z'] },
  mappings: { Map: { api: { key: 'mapped' } } },
  conditions: { Yes: true, No: false, LaterYes: true, LaterNo: false },
  pseudo: { 'AWS::NoValue': NO_VALUE },
  ref: (logicalId) => `${logicalId}-id`,
  getAtt: (logicalId, attribute) => `${logicalId}-${attribute}`,
  importValue: (name) => name,
  zones: () => ['a', 'b', 'c'],
  dynamic: (reference) => reference,
};

const PARTLY: Scope = {
  ...KNOWN,
  parameters: { Name: 'api', Later: UNKNOWN, List: ['a', 'b', 'c'], LaterList: UNKNOWN },
  conditions: { Yes: true, No: false, LaterYes: UNKNOWN, LaterNo: UNKNOWN },
  ref: (logicalId) => (logicalId === 'New' ? UNKNOWN : KNOWN.ref(logicalId)),
  getAtt: (logicalId, attribute) => (logicalId === 'New' ? UNKNOWN : KNOWN.getAtt(logicalId, attribute)),
  zones: () => UNKNOWN,
};

/** Expressions that give a text, a list of three texts, a truth, or any value. */
const { value } = fc.letrec((tie) => ({
  text: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('plain', '${literal}', '', '7'),
    fc.constantFrom('Name', 'Later', 'Vpc', 'New').map((name) => ({ Ref: name })),
    fc.constantFrom('Vpc', 'New').map((name) => ({ 'Fn::GetAtt': [name, 'Arn'] })),
    fc.constantFrom('${Name}-${Later}', '${!Literal} ${New.Arn}', '${Vpc}${New}').map((text) => ({ 'Fn::Sub': text })),
    tie('text').map((inner) => ({ 'Fn::Sub': ['<${V}|${Later}|${!V}>', { V: inner }] })),
    tie('list').map((list) => ({ 'Fn::Join': ['-', list] })),
    fc.tuple(fc.nat(2), tie('list')).map(([at, list]) => ({ 'Fn::Select': [at, list] })),
    fc.tuple(condition(), tie('text'), tie('text')).map((parts) => ({ 'Fn::If': parts })),
    tie('text').map((inner) => ({ 'Fn::Base64': inner })),
    fc.constant({ 'Fn::FindInMap': ['Map', { Ref: 'Name' }, 'key'] }),
  ),
  list: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('List', 'LaterList').map((name) => ({ Ref: name })),
    fc.constant({ 'Fn::GetAZs': 'eu-west-1' }),
    fc.tuple(tie('text'), tie('text'), tie('text')),
    fc.tuple(condition(), tie('list'), tie('list')).map((parts) => ({ 'Fn::If': parts })),
  ),
  truth: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    condition().map((name) => ({ Condition: name })),
    fc.tuple(tie('text'), tie('text')).map((sides) => ({ 'Fn::Equals': sides })),
    fc.tuple(tie('truth'), tie('truth')).map((parts) => ({ 'Fn::And': parts })),
    fc.tuple(tie('truth'), tie('truth')).map((parts) => ({ 'Fn::Or': parts })),
    tie('truth').map((part) => ({ 'Fn::Not': [{ 'Fn::Or': [part, part] }] })),
  ),
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('text'),
    tie('list'),
    fc.tuple(tie('truth'), tie('truth')).map((parts) => ({ 'Fn::And': parts })),
    fc.dictionary(fc.constantFrom('a', 'b'), tie('value')),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.tuple(condition(), tie('value')).map(([name, inner]) => ({ 'Fn::If': [name, inner, { Ref: 'AWS::NoValue' }] })),
  ),
}));

function condition() {
  return fc.constantFrom('Yes', 'No', 'LaterYes', 'LaterNo');
}

test('what is evaluated in part and then wholly is what is evaluated wholly at once', () => {
  fc.assert(
    fc.property(value, (expression) => {
      assert.equal(evaluate(evaluate(expression, PARTLY), KNOWN), evaluate(expression, KNOWN));
    }),
    { numRuns: 2_000, seed: 1 },
  );
});

test.run();
