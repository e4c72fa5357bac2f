import { ProblemError } from '@roundtrip/problem';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { evaluateConditions } from './evaluate-conditions.ts';
import { parseTemplate } from './parse-template.ts';
import { UNKNOWN } from './scope.ts';

const template = (conditions: string) =>
  parseTemplate(
    `Mappings: { M: { stage: { Spot: 'true' } } }\nConditions:\n${conditions}\nResources: { A: { Type: X } }\n`,
    'a.yaml',
  ).template;

const pseudo = { 'AWS::Region': 'eu-west-1' };

function complaint(conditions: string): string {
  try {
    evaluateConditions(template(conditions), { parameters: {}, pseudo });
  } catch (error) {
    assert.instance(error, ProblemError);
    return (error as ProblemError).message;
  }
  return 'no complaint';
}

const CONDITIONS = `
  Both: !And [!Condition IsProd, !Condition HasZone]
  IsProd: !Equals [!Ref Env, prod]
  HasZone: !Not [!Equals [!Ref Zone, '']]
  Same: !Condition IsProd
  Spot: !Equals [!FindInMap [M, stage, Spot], true]
  Here: !Equals [!Ref AWS::Region, eu-west-1]`;

test('conditions use parameters, mappings and each other, in whatever order they stand', () => {
  assert.equal(evaluateConditions(template(CONDITIONS), { parameters: { Env: 'prod', Zone: 'z' }, pseudo }), {
    Both: true,
    IsProd: true,
    HasZone: true,
    Same: true,
    Spot: true,
    Here: true,
  });
});

test('with an unknown parameter only what hangs on it is unknown', () => {
  const stage = evaluateConditions(template(CONDITIONS), { parameters: { Env: 'stage', Zone: UNKNOWN }, pseudo });
  assert.equal([stage['Both'], stage['IsProd'], stage['HasZone']], [false, false, UNKNOWN]);
  const prod = evaluateConditions(template(CONDITIONS), { parameters: { Env: 'prod', Zone: UNKNOWN }, pseudo });
  assert.is(prod['Both'], UNKNOWN);
});

test('mistakes are worded as CloudFormation words them', () => {
  assert.is(
    complaint('  A: !Condition B\n  B: !Not [!Condition A]'),
    'Template error: Found circular condition dependency between A and B',
  );
  assert.is(complaint('  A: !Not [!Condition B]'), 'Template error: unresolved condition dependency B in Condition');
  assert.is(
    complaint('  A: !Equals [!Ref Vpc, x]'),
    'Template format error: Unresolved dependencies [Vpc]. Cannot reference resources in the Conditions block of the template',
  );
  assert.is(complaint('  A: !Equals [!ImportValue x, x]'), 'Template error: Cannot use Fn::ImportValue in Conditions.');
});

test.run();
