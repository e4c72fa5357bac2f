import type { ObservedStack } from '@roundtrip/engine';
import type { DesiredStack, EnvironmentFacts } from '@roundtrip/environment';
import { formatProblems } from '@roundtrip/problem';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { breaches, type DutyInput } from './duty.ts';

const facts: EnvironmentFacts = {
  name: 'stage',
  cloud: 'local',
  account: '111111111111',
  region: 'eu-west-1',
  owner: 'platform-team',
  tags: {},
  protect: false,
};

const TEMPLATE = `
Parameters:
  Keep: { Type: String }
  Vpc: { Type: String }
Conditions:
  Kept: !Equals [!Ref Keep, 'true']
  InVpc: !Not [!Equals [!Ref Vpc, '']]
Resources:
  Plain: { Type: AWS::SNS::Topic }
  Bucket: { Type: AWS::S3::Bucket, DeletionPolicy: Retain, Condition: Kept }
  Files: { Type: AWS::EFS::FileSystem, DeletionPolicy: RetainExceptOnCreate, Condition: InVpc }
  Database: { Type: AWS::RDS::DBInstance }
`;

function desired(keep: string): DesiredStack {
  return {
    name: 'stage-x',
    layer: 'x',
    templateFile: 'packages/x/templates/x.yaml',
    templateBody: TEMPLATE,
    parameters: { Keep: keep, Vpc: { stack: 'stage-network', output: 'VpcId' } },
    capabilities: [],
    tags: {},
    terminationProtection: false,
    dependsOn: [],
  };
}

function observed(name: string, terminationProtection: boolean): ObservedStack {
  return {
    name,
    id: name,
    status: 'CREATE_COMPLETE',
    parameters: {},
    outputs: {},
    tags: {},
    terminationProtection,
    createdAt: 0,
  };
}

const texts = (input: DutyInput): string => formatProblems(breaches(input));

test('names every resource that would stay behind, also by the default of its type', () => {
  assert.is(
    texts({ facts, desired: [desired('true')], observed: [], retain: ['Files'] }),
    `resource Bucket of stage-x would stay behind (Retain)
  why: envs/stage.yaml says "protect: false", so nothing may outlive its stack that the file does not name
  next: let the template delete it, or add Bucket to destroy.retain in envs/stage.yaml
resource Database of stage-x would stay behind (Snapshot)
  why: envs/stage.yaml says "protect: false", so nothing may outlive its stack that the file does not name
  next: let the template delete it, or add Database to destroy.retain in envs/stage.yaml`,
  );
});

test('what is kept but on a failed create stays behind as well', () => {
  const wrong = breaches({ facts, desired: [desired('false')], observed: [], retain: ['Database'] });
  assert.equal(
    wrong.map(({ what }) => what),
    ['resource Files of stage-x would stay behind (RetainExceptOnCreate)'],
  );
});

test('a resource whose condition is false, or that the env file names, is none', () => {
  assert.equal(breaches({ facts, desired: [desired('false')], observed: [], retain: ['Files', 'Database'] }), []);
});

test('an environment that may be deleted has no protected stack', () => {
  const both = [observed('stage-a', true), observed('stage-b', false)];
  assert.is(
    texts({ facts, desired: [], observed: both, retain: [] }),
    `stack stage-a has termination protection and could not be deleted
  why: envs/stage.yaml says "protect: false", so every stack has to be deletable
  next: aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name stage-a`,
  );
});

test('a protected environment has no stack without protection', () => {
  const production = { ...facts, name: 'prod', protect: true };
  const both = [observed('prod-a', true), observed('prod-b', false)];
  assert.is(
    texts({ facts: production, desired: [desired('true')], observed: both, retain: [] }),
    `stack prod-b has no termination protection
  why: envs/prod.yaml says "protect: true", so no stack may be deleted by one call
  next: aws cloudformation update-termination-protection --enable-termination-protection --stack-name prod-b`,
  );
});

test.run();
