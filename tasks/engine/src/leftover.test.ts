import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isNamedAfter, judgeLeftovers, type Leftover } from './leftover.ts';

const group: Leftover = { arn: 'arn:g', type: 'AWS::Logs::LogGroup', id: '/stage-x', foundBy: 'tag' };
const bucket: Leftover = { arn: 'arn:b', type: 'AWS::S3::Bucket', id: 'b', foundBy: 'tag', logicalId: 'Uploads' };
const key: Leftover = { arn: 'arn:k', type: 'AWS::KMS::Key', id: 'k', foundBy: 'tag', going: 'pending deletion' };

test('removes log groups and leaves what may hold data to a person', () => {
  const judged = judgeLeftovers([group, bucket], []);
  assert.equal(
    judged.map(({ verdict, why }) => `${verdict}: ${why}`),
    ['remove: a log group whose stack is gone', 'stays: may hold data, so only a person may remove it'],
  );
});

test('never removes what has neither the tag nor an entry in the ledger', () => {
  const found = (['name', 'network', 'ledger'] as const).map((foundBy) => ({ ...group, foundBy }));
  assert.equal(
    judgeLeftovers(found, []).map(({ verdict, why }) => `${verdict}: ${why}`),
    [
      'stays: has neither the tag of the environment nor an entry in its ledger, only such a name: a person has to look',
      'stays: is in a network of the environment, but does not have its tag: a person has to look',
      'remove: its stack was to delete it',
    ],
  );
});

test('removes nothing without the snapshot that its stack would have taken', () => {
  const of = (type: string, policy?: string): string => {
    const leftover: Leftover = { arn: 'x', type, id: 'x', foundBy: 'ledger', logicalId: 'Database' };
    const [judged] = judgeLeftovers([policy === undefined ? leftover : { ...leftover, policy }], []);
    return `${judged?.verdict}: ${judged?.why}`;
  };
  const snapshot = 'stays: a snapshot of it is to stay (DeletionPolicy Snapshot), and a sweep takes none';
  const unknown = 'stays: a snapshot of it may have to stay, the ledger does not say, and a sweep takes none';
  assert.is(of('AWS::RDS::DBInstance', 'Snapshot'), snapshot);
  assert.is(of('AWS::EC2::Volume', 'Snapshot'), snapshot);
  for (const type of ['RDS::DBCluster', 'EC2::Volume', 'Redshift::Cluster', 'ElastiCache::ReplicationGroup']) {
    assert.is(of(`AWS::${type}`), unknown);
  }
  assert.is(of('AWS::S3::Bucket', 'RetainExceptOnCreate'), 'stays: is to stay (DeletionPolicy RetainExceptOnCreate)');
  assert.is(of('AWS::RDS::DBInstance', 'Delete'), 'remove: its stack was to delete it');
  assert.is(of('AWS::S3::Bucket'), 'remove: its stack was to delete it');
  const named: Leftover = { arn: 'x', type: 'AWS::RDS::DBInstance', id: 'x', foundBy: 'ledger', logicalId: 'Database' };
  assert.is(judgeLeftovers([named], ['Database'])[0]?.verdict, 'allowed');
});

test('what AWS deletes by itself is neither left nor removed', () => {
  assert.equal(judgeLeftovers([key], []), [{ leftover: key, verdict: 'going', why: 'pending deletion' }]);
});

test('lets stay what the env file names by logical name or by ARN', () => {
  assert.is(judgeLeftovers([bucket], ['Uploads'])[0]?.verdict, 'allowed');
  assert.is(judgeLeftovers([bucket], ['arn:b'])[0]?.verdict, 'allowed');
  assert.is(judgeLeftovers([bucket], ['uploads'])[0]?.verdict, 'stays');
});

test('never removes what a standing stack still owns', () => {
  assert.is(judgeLeftovers([{ ...group, foundBy: 'stack' }], [])[0]?.verdict, 'stays');
});

test('knows names of an environment from names that only look alike', () => {
  for (const name of ['/stage-network/flow', 'stage-api', '/aws/rds/instance/stage-data/postgresql', '/stage']) {
    assert.ok(isNamedAfter('stage', name), name);
  }
  for (const name of ['/stage2-network', '/backstage-api', '/prod-stage', 'stages', '/aws/lambda/prestage-x']) {
    assert.not.ok(isNamedAfter('stage', name), name);
  }
});

test.run();
