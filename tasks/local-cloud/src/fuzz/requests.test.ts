import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { requestHandler } from '../request-handler.ts';
import type { Cloud } from '../cloud.ts';
import { testCloud } from '../testing/test-cloud.ts';
import { bySdk } from '../tour/by-sdk.ts';
import type { Caller } from '../tour/caller.ts';
import { routes } from '../tour/routes.ts';
import type { Route } from '../tour/step.ts';
import { walkRoute } from '../tour/walk-route.ts';
import type { WireRequest } from '../wire/http.ts';
import { answerDefect } from './answer-defect.ts';
import { BoundedServices } from './bounded-services.ts';
import { Dice } from './dice.ts';
import { mutateRequest } from './mutate-request.ts';
import { CASE_MS_MAX, REQUEST_CASES, SEED, STEPS_MAX } from './test-cases.ts';

const STEPS = routes.reduce((sum, { steps }) => sum + steps.length, 0);
/** Some steps send nothing any more once a mutant has taken away what they need. */
const MUTANTS_A_STEP = Math.ceil((REQUEST_CASES / STEPS) * 1.1);
let cases = 0;
let accepted = 0;
let slowestMs = 0;
const bound = new BoundedServices(STEPS_MAX);

for (const route of routes) {
  test(`${route.name}: requests that are not as they should be are answered, and never by a defect`, async () => {
    const dice = new Dice(`${SEED} ${route.name}`);
    const { cloud, pass, as, defects } = testCloud({ services: bound.registry(), limits: 'off' });
    const fuzz = async (mutant: WireRequest) => {
      pass(1000);
      bound.begin();
      const startedMs = performance.now();
      const answer = await cloud.handle(mutant);
      slowestMs = Math.max(slowestMs, performance.now() - startedMs);
      cases += 1;
      if (answer.status < 300) accepted += 1;
      const told = () => `${SEED}: ${shown(mutant)}`;
      assert.is(answerDefect(answer), undefined, told());
      assert.equal(defects, [], told());
    };
    await walkWithMutants(route, { cloud, pass, as }, async (request) => {
      for (let left = MUTANTS_A_STEP; left > 0; left--) await fuzz(mutateRequest(request, dice));
    });
  });
}

type Walked = Pick<ReturnType<typeof testCloud>, 'cloud' | 'pass' | 'as'>;

/** Walks a route through the SDK; whatever it sends goes to the cloud as it is, and then to `after`, once a step. */
async function walkWithMutants(
  route: Route,
  { cloud, pass, as }: Walked,
  after: (request: WireRequest) => Promise<void>,
): Promise<void> {
  const seen = new Set<object>();
  let now: object = {};
  const tapped: Pick<Cloud, 'handle'> = {
    async handle(request) {
      const answer = await cloud.handle(request);
      if (!seen.has(now)) {
        seen.add(now);
        await after(request);
      }
      return answer;
    },
  };
  const handler = requestHandler(tapped as Cloud);
  const sdk = bySdk({ ...as('111111111111'), requestHandler: handler });
  const caller: Caller = {
    call(step) {
      now = step.input;
      return sdk.call(step);
    },
  };
  const wait = async () => {
    pass(60_000);
  };
  await walkRoute(route, { callers: [{ name: 'SDK', caller }], wait });
}

function shown({ body, ...rest }: WireRequest): string {
  return JSON.stringify({ ...rest, body: Buffer.from(body).toString('utf8') });
}

test.after(() => {
  process.stdout.write(
    `fuzz: ${cases} requests, ${accepted} of them accepted, at most ${bound.most} steps and ${slowestMs.toFixed(0)} ms each\n`,
  );
});

test('no request takes long', () => {
  assert.ok(cases >= REQUEST_CASES, String(cases));
  assert.ok(slowestMs < CASE_MS_MAX, `${slowestMs} ms`);
});

test.run();
