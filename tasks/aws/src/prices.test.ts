import type { Leftover } from '@roundtrip/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { monthlyUsd, PRICES } from './prices.ts';

const usd = (more: Partial<Leftover>): number | undefined => monthlyUsd({ arn: 'arn:x', foundBy: 'tag', ...more });

test('an hour counts 730 times in a month, a gibibyte once', () => {
  assert.is(usd({ type: 'AWS::EC2::NatGateway' })?.toFixed(2), '32.85');
  assert.is(usd({ type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' })?.toFixed(3), '16.425');
  assert.is(usd({ type: 'AWS::EC2::Volume', charge: { row: 'volume-gp3', quantity: 40 } })?.toFixed(2), '3.20');
  assert.is(usd({ type: 'AWS::KMS::Key' }), 1);
});

test('what has no row has no price, and is not free', () => {
  assert.is(usd({ type: 'AWS::S3::Bucket' }), undefined);
  assert.is(usd({}), undefined);
  assert.is(usd({ type: 'AWS::EC2::Volume', charge: { row: 'volume-gp9', quantity: 1 } }), undefined);
  assert.is(usd({ type: 'constructor' }), undefined);
});

test('a key that waits for its deletion costs nothing; of a secret that does, no price is known', () => {
  const going = 'pending deletion';
  assert.is(usd({ type: 'AWS::KMS::Key', going, charge: { row: 'key-pending-deletion', quantity: 1 } }), 0);
  assert.is(usd({ type: 'AWS::SecretsManager::Secret' }), 0.4);
  assert.is(usd({ type: 'AWS::SecretsManager::Secret', going }), undefined);
});

test('every price says what it is for and where it was read', () => {
  for (const [row, { of, source, usd: amount }] of Object.entries(PRICES)) {
    assert.ok(of.length > 3 && source.length > 10, row);
    assert.ok(amount >= 0 && amount < 100, row);
  }
});

test.run();
