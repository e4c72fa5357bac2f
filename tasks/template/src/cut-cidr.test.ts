import { ProblemError } from '@roundtrip/problem';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cutCidr } from './cut-cidr.ts';

test('IPv4 blocks follow each other, and host bits of the block do not count', () => {
  assert.equal(cutCidr('192.168.0.0/24', 6, 5), [
    '192.168.0.0/27',
    '192.168.0.32/27',
    '192.168.0.64/27',
    '192.168.0.96/27',
    '192.168.0.128/27',
    '192.168.0.160/27',
  ]);
  assert.equal(cutCidr('10.1.2.3/16', 2, 8), ['10.1.0.0/24', '10.1.1.0/24']);
  assert.equal(cutCidr('10.0.0.0/24', 1, 8), ['10.0.0.0/24']);
});

test('IPv6 blocks are written in the shortest form', () => {
  assert.equal(cutCidr('2001:db8:1234:1a00::/56', 3, 64), [
    '2001:db8:1234:1a00::/64',
    '2001:db8:1234:1a01::/64',
    '2001:db8:1234:1a02::/64',
  ]);
  assert.equal(cutCidr('::/0', 2, 127), ['::/1', '8000::/1']);
  assert.equal(cutCidr('1:0:0:2:0:0:0:4/126', 2, 1), ['1:0:0:2::4/127', '1:0:0:2::6/127']);
});

test('what does not fit is refused', () => {
  const texts: [block: string, count: number, bits: number, text: string][] = [
    ['10.0.0.0/24', 2, 8, 'Template error: Fn::Cidr cannot cut 2 blocks of 8 bits out of 10.0.0.0/24'],
    ['10.0.0.0/24', 1, 9, 'Template error: Fn::Cidr cannot cut 1 blocks of 9 bits out of 10.0.0.0/24'],
    ['10.0.0.0/8', 257, 8, 'Template error: count 257 in Fn::Cidr is not between 1 and 256'],
    ['10.0.0/8', 1, 8, 'Template error: ipBlock 10.0.0/8 in Fn::Cidr is not a CIDR block'],
    ['10.0.0.256/8', 1, 8, 'Template error: ipBlock 10.0.0.256/8 in Fn::Cidr is not a CIDR block'],
    ['1::2::3/64', 1, 8, 'Template error: ipBlock 1::2::3/64 in Fn::Cidr is not a CIDR block'],
    ['10.0.0.0', 1, 8, 'Template error: ipBlock 10.0.0.0 in Fn::Cidr is not a CIDR block'],
  ];
  for (const [block, count, bits, text] of texts) {
    assert.throws(
      () => cutCidr(block, count, bits),
      (error: unknown) => error instanceof ProblemError && error.message === text,
    );
  }
});

test.run();
