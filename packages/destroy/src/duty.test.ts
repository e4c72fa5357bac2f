import type { ObservedStack } from '@roundtrip/engine';
import type { DesiredStack, EnvironmentFacts } from '@roundtrip/environment';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { breaches } from './duty.ts';

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

const STAYS = 'delete it with its stack, or name it under destroy.retain';

test('names every resource that would stay behind, also by the default of its type', () => {
  assert.equal(breaches({ facts, desired: [desired('true')], observed: [], retain: [] }), [
    `resource Bucket of stage-x would stay behind (Retain); ${STAYS}`,
    `resource Files of stage-x would stay behind (RetainExceptOnCreate); ${STAYS}`,
    `resource Database of stage-x would stay behind (Snapshot); ${STAYS}`,
  ]);
});

test('a resource whose condition is false, or that the env file names, is none', () => {
  assert.equal(breaches({ facts, desired: [desired('false')], observed: [], retain: ['Files', 'Database'] }), []);
});

test('an environment that may be deleted has no protected stack', () => {
  const wrong = breaches({
    facts,
    desired: [],
    observed: [observed('stage-a', true), observed('stage-b', false)],
    retain: [],
  });
  assert.equal(wrong, ['stack stage-a has termination protection and could not be deleted']);
});

test('a protected environment has no stack without protection', () => {
  const production = { ...facts, name: 'prod', protect: true };
  const both = [observed('prod-a', true), observed('prod-b', false)];
  const wrong = breaches({ facts: production, desired: [desired('true')], observed: both, retain: [] });
  assert.equal(wrong, ['stack prod-b has no termination protection']);
});

test.run();
