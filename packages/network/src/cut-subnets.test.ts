import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cutSubnets } from './cut-subnets.ts';
import { formatIpv4Range, overlap, parseIpv4Range, type Ipv4Range } from './ipv4-range.ts';

/** Any VPC that the layer accepts by size. */
const vpc = fc
  .tuple(fc.integer({ min: 16, max: 23 }), fc.nat(2 ** 16 - 1))
  .map(([prefix, number]): Ipv4Range => ({ first: (number % 2 ** (prefix - 1)) * 2 ** (32 - prefix), prefix }));

const rangesOf = (texts: readonly string[]) =>
  texts.map((text) => parseIpv4Range(text)).filter((range) => range !== undefined);

test('subnets lie inside the VPC, overlap nothing and are large enough for a load balancer', () => {
  fc.assert(
    fc.property(vpc, (range) => {
      const { publicCidrs, privateCidrs } = cutSubnets(range, 3);
      const subnets = rangesOf([...publicCidrs, ...privateCidrs]);
      assert.is(subnets.length, 6);
      for (const [index, subnet] of subnets.entries()) {
        assert.ok(subnet.prefix <= 27, formatIpv4Range(subnet));
        assert.ok(subnet.first >= range.first);
        assert.ok(subnet.first + 2 ** (32 - subnet.prefix) <= range.first + 2 ** (32 - range.prefix));
        assert.not.ok(subnets.slice(index + 1).some((other) => overlap(subnet, other)));
      }
    }),
  );
});

test('the smallest VPC still gets /27 public subnets', () => {
  assert.equal(cutSubnets({ first: 0x0a140000, prefix: 23 }, 2), {
    publicCidrs: ['10.20.1.128/27', '10.20.1.160/27'],
    privateCidrs: ['10.20.0.0/25', '10.20.0.128/25'],
  });
});

test('a range is written as it was read', () => {
  fc.assert(fc.property(vpc, (range) => assert.equal(parseIpv4Range(formatIpv4Range(range)), range)));
});

test.run();
