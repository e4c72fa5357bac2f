import { ProblemError } from '@roundtrip/problem';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { drainServices } from './drain-services.ts';
import { OUTPUTS, played, state } from './sample-hook.ts';

test('scales everything to nothing and waits until no task is left', async () => {
  const { context, ecs, lines, scaled, announced, sleptMs } = played(
    [
      [state('api-X1', 2, 2), state('web-X2', 1, 1)],
      [state('api-X1', 0, 1), state('web-X2', 0, 0)],
      [state('api-X1', 0, 0), state('web-X2', 0, 0)],
    ],
    OUTPUTS,
  );
  await drainServices(context, ecs, 60_000);
  assert.equal(scaled, ['api-X1 0', 'web-X2 0']);
  assert.equal(announced, ['UpdateService api-X1', 'UpdateService web-X2']);
  assert.equal(lines, ['draining 2 services', '2 services drained, no task is left']);
  assert.is(sleptMs(), 10_000);
});

test('services that are gone count as drained', async () => {
  const { context, ecs, lines, scaled } = played([[]], OUTPUTS);
  await drainServices(context, ecs, 60_000);
  assert.equal(scaled, []);
  assert.equal(lines, ['2 services drained, no task is left']);
});

test('gives up at its deadline', async () => {
  const { context, ecs } = played([[state('api-X1', 1, 1)], [state('api-X1', 0, 1)]], OUTPUTS);
  try {
    await drainServices(context, ecs, 15_000);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, ProblemError);
    assert.is(
      (error as ProblemError).message,
      `service api still has 1 tasks after 15 s
  next: run the same command again, or raise stableTimeoutSeconds under services in envs/stage.yaml`,
    );
  }
});

test('without a cluster there is nothing to drain', async () => {
  const { context, ecs, lines } = played([[]], { 'stage-services-api': { ServiceName: 'api-X1' } });
  await drainServices(context, ecs, 60_000);
  assert.equal(lines, ['no services to drain']);
});

test.run();
