import type { ProblemError } from '@roundtrip/problem';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseTemplate } from './parse-template.ts';
import { ruleProblems } from './rules.ts';

const SCOPE = {
  parameters: { Env: 'prod', Size: 'small', Subnets: ['subnet-a', 'subnet-b'] },
  pseudo: { 'AWS::Region': 'eu-west-1' },
  refAll: () => ['subnet-a', 'subnet-b', 'subnet-c'],
  valueOf: (name: string) => (name === 'Subnets' ? ['vpc-1', 'vpc-2'] : undefined),
  valueOfAll: () => ['vpc-1'],
};

const failures = (rules: string) =>
  ruleProblems(parseTemplate(`Rules:\n${rules}\nResources: { A: { Type: X } }\n`, 'a.yaml').template, SCOPE).map(
    ({ what }) => what,
  );

test('assertions hold the parameters against each other, where the condition of the rule is true', () => {
  const rule = (condition: string, assertion: string) =>
    failures(
      `  R:\n    RuleCondition: ${condition}\n    Assertions: [{ Assert: ${assertion}, AssertDescription: not so }]`,
    );
  const isProd = '!Equals [!Ref Env, prod]';
  assert.equal(rule(isProd, '!Contains [[large], !Ref Size]'), ["Rule 'R' failed: not so"]);
  assert.equal(rule(`!Not [${isProd}]`, '!Contains [[large], !Ref Size]'), []);
  assert.equal(rule(isProd, '!Contains [[small, large], !Ref Size]'), []);
  assert.equal(rule(isProd, "!EachMemberIn [!Ref Subnets, !RefAll 'AWS::EC2::Subnet::Id']"), []);
  assert.equal(rule(isProd, '!EachMemberEquals [!ValueOf [Subnets, VpcId], vpc-1]'), ["Rule 'R' failed: not so"]);
  assert.equal(rule(isProd, "!EachMemberIn [!ValueOfAll ['AWS::EC2::VPC::Id', Tags.Name], [vpc-1]]"), []);
  assert.equal(rule(`!And [${isProd}, !Or [false, true]]`, 'false'), ["Rule 'R' failed: not so"]);
});

test('every rule that fails is told, one without a description by its assertion', () => {
  assert.equal(
    failures('  A: { Assertions: [{ Assert: !Equals [!Ref Env, x] }] }\n  B: { Assertions: [{ Assert: false }] }'),
    ['Rule \'A\' failed: {"Fn::Equals":[{"Ref":"Env"},"x"]}', "Rule 'B' failed: false"],
  );
});

test('a rule that cannot be read is refused', () => {
  const complaint = (rules: string) => {
    try {
      return failures(rules).join('');
    } catch (error) {
      return (error as ProblemError).message;
    }
  };
  assert.is(complaint('  A: { Assertions: 1 }'), 'Template format error: Rule A must have a list of Assertions');
  assert.match(
    complaint('  A: { Assertions: [{ Assert: !Sub x }] }'),
    /^Template error: Encountered unsupported function: Fn::Sub /,
  );
  assert.match(
    complaint('  A: { Assertions: [{ Assert: !Equals [!Ref Vpc, x] }] }'),
    /Unresolved dependencies \[Vpc\]/,
  );
});

test.run();
