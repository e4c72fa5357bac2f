import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { services } from '../services/registry.ts';
import { testCloud } from '../testing/test-cloud.ts';
import { bySdk } from './by-sdk.ts';
import type { Caller } from './caller.ts';
import { kebabCase } from './command-name.ts';
import { routes } from './routes.ts';
import { walkRoute } from './walk-route.ts';

test('the tour goes through simulated operations alone', async () => {
  const visited = new Set(routes.flatMap(({ steps }) => steps.map((step) => `${step.service} ${step.operation}`)));
  const simulated: string[] = [];
  for (const [name, load] of Object.entries(services)) {
    simulated.push(...Object.keys((await load()).operations).map((operation) => `${name} ${operation}`));
  }
  assert.equal(
    [...visited].filter((operation) => !simulated.includes(operation)),
    [],
  );
});

for (const [at, route] of routes.entries()) {
  test(`${route.name}: every step is as expected through the SDK in process`, async () => {
    const { as, pass, defects } = testCloud();
    const sdk = bySdk(as);
    // As much time as a command takes at the tour's speed, so that throttled operations have their tokens again.
    const caller: Caller = {
      call(step, account) {
        pass(30_000);
        return sdk.call(step, account);
      },
    };
    const wait = async () => pass(60_000);
    const walk = { callers: [{ name: 'SDK', caller }], wait };
    const results = await walkRoute(route, { ...walk, account: String(100_000_000_001 + at) });
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
