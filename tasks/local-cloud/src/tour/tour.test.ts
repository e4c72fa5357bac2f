import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { testCloud } from '../testing/test-cloud.ts';
import { bySdk } from './by-sdk.ts';
import type { Caller } from './caller.ts';
import { kebabCase } from './command-name.ts';
import { coverage } from './coverage.ts';
import { routes } from './routes.ts';
import { walkRoute } from './walk-route.ts';

test('every simulated operation has a step, and nothing else', async () => {
  assert.equal(await coverage(routes), { withoutStep: [], unknown: [] });
});

for (const route of routes) {
  test(`${route.name}: every step is as expected through the SDK in process`, async () => {
    const { as, pass, defects } = testCloud();
    const sdk = bySdk(as('111111111111'));
    // As much time as a command takes at the tour's speed, so that throttled operations have their tokens again.
    const caller: Caller = {
      call(step) {
        pass(30_000);
        return sdk.call(step);
      },
    };
    const wait = async () => pass(60_000);
    const results = await walkRoute(route, { callers: [{ name: 'SDK', caller }], wait });
    const problems = results.flatMap((one) =>
      one.problems.map((text) => `${one.step.service} ${one.step.operation}: ${text}`),
    );
    assert.equal(problems, []);
    assert.equal(defects, []);
  });
}

test('operations are named as the command line names them', () => {
  assert.equal(
    ['DescribeDBInstances', 'ListObjectsV2', 'AssociateVPCWithHostedZone', 'GetCallerIdentity'].map(kebabCase),
    ['describe-db-instances', 'list-objects-v2', 'associate-vpc-with-hosted-zone', 'get-caller-identity'],
  );
});

test.run();
