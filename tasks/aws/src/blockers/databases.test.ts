import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createTestStage } from './test-stage.ts';

const PROTECTED = `
Resources:
  Shop:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Delete
    Properties: &properties
      DBInstanceIdentifier: stage-shop
      Engine: postgres
      DBInstanceClass: db.t4g.micro
      AllocatedStorage: '20'
      MasterUsername: app
      MasterUserPassword: correct-horse
      DeletionProtection: true
  Cluster:
    Type: AWS::RDS::DBCluster
    DeletionPolicy: Delete
    Properties:
      DBClusterIdentifier: stage-cluster
      Engine: aurora-postgresql
      MasterUsername: app
      MasterUserPassword: correct-horse
      DeletionProtection: true
`.replace(' &properties', '');

test('deletion protection of databases is left to a person, who is told what to type', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-data', PROTECTED);
  const lines = [...(await stage.lines(stack))].sort();
  assert.equal(lines, [
    'Cluster: database cluster stage-cluster has deletion protection; type: aws rds modify-db-cluster --db-cluster-identifier stage-cluster --no-deletion-protection --apply-immediately --region eu-west-1; or write "unprotect: true" in the env file',
    'Shop: database stage-shop has deletion protection; type: aws rds modify-db-instance --db-instance-identifier stage-shop --no-deletion-protection --apply-immediately --region eu-west-1; or write "unprotect: true" in the env file',
  ]);
  // Whoever clears regardless clears nothing.
  await stage.clear(stack);
  assert.is((await stage.lines(stack)).length, 2);
  assert.equal((await stage.down(stack))?.map(({ logicalId }) => logicalId).sort(), ['Cluster', 'Shop']);
});

test('deletion protection of databases is switched off where the environment allows it', async () => {
  const stage = createTestStage({ mayUnprotect: true });
  const stack = await stage.up('stage-data', PROTECTED);
  assert.equal([...(await stage.lines(stack))].sort(), [
    'Cluster: database cluster stage-cluster has deletion protection; UnprotectDatabase',
    'Shop: database stage-shop has deletion protection; UnprotectDatabase',
  ]);
  await stage.clear(stack);
  assert.equal(await stage.lines(stack), []);
  assert.is(await stage.down(stack), undefined);
});

test('a protected database that the stack leaves in the account is in nobody’s way', async () => {
  const stage = createTestStage({ mayUnprotect: true });
  const stack = await stage.up('stage-data', PROTECTED.replaceAll('DeletionPolicy: Delete', 'DeletionPolicy: Retain'));
  assert.equal(await stage.lines(stack), []);
  assert.is(await stage.down(stack), undefined);
});

const LOGIN = { MasterUsername: 'app', MasterUserPassword: 'correct-horse' };
const ALONE = { ...LOGIN, Engine: 'postgres', DBInstanceClass: 'db.t4g.micro', AllocatedStorage: '20' };
const MEMBER = { Engine: 'aurora-postgresql', DBInstanceClass: 'db.t4g.medium' };
const INSTANCE = 'AWS::RDS::DBInstance';
const POLICIES = {
  Conditions: { Alone: { 'Fn::Equals': ['a', 'a'] } },
  Resources: {
    Shop: { Type: INSTANCE, DeletionPolicy: 'Snapshot', Properties: ALONE },
    Default: { Type: INSTANCE, Properties: ALONE },
    Plain: { Type: INSTANCE, DeletionPolicy: 'Delete', Properties: ALONE },
    Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { ...LOGIN, Engine: 'aurora-postgresql' } },
    Member: { Type: INSTANCE, Properties: { ...MEMBER, DBClusterIdentifier: { Ref: 'Cluster' } } },
    Either: {
      Type: INSTANCE,
      Properties: {
        ...ALONE,
        DBClusterIdentifier: { 'Fn::If': ['Alone', { Ref: 'AWS::NoValue' }, { Ref: 'Cluster' }] },
      },
    },
    Topic: { Type: 'AWS::SNS::Topic' },
  },
};

test('the policy of each resource is read from the template, with AWS’s defaults, and left out where it is not plain', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-data', JSON.stringify(POLICIES));
  assert.equal(Object.fromEntries(await stage.blockers.policies(stack)), {
    ...{ Shop: 'Snapshot', Default: 'Snapshot', Plain: 'Delete' },
    ...{ Cluster: 'Snapshot', Member: 'Delete', Topic: 'Delete' },
  });
  assert.is((await stage.blockers.policies({ ...stack, id: 'stage-nothing' })).size, 0);
});

test.run();
