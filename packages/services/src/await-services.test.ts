import { ProblemError } from '@roundtrip/problem';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { awaitServices } from './await-services.ts';
import { OUTPUTS, played, state } from './sample-hook.ts';

/** The problem that the work ends in; it has to end in one. */
async function refusal(work: Promise<void>): Promise<ProblemError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.instance(error, ProblemError);
  return error as ProblemError;
}

test('says a line per service once it runs what it should', async () => {
  const { context, ecs, lines, sleptMs } = played(
    [[state('api-X1', 2, 1), state('web-X2', 1, 1)], [state('api-X1', 2, 2)]],
    OUTPUTS,
  );
  await awaitServices(context, ecs, 60_000);
  assert.equal(lines, ['web: 1 of 1 tasks run', 'api: 2 of 2 tasks run']);
  assert.is(sleptMs(), 5000);
});

test('waits while an old deployment is still there', async () => {
  const deployments = [
    { status: 'PRIMARY', rollout: 'IN_PROGRESS' },
    { status: 'ACTIVE', rollout: 'COMPLETED' },
  ];
  const web = state('web-X2', 1, 1);
  const { context, ecs, sleptMs } = played(
    [
      [state('api-X1', 1, 1, { deployments }), web],
      [state('api-X1', 1, 1), web],
    ],
    OUTPUTS,
  );
  await awaitServices(context, ecs, 60_000);
  assert.is(sleptMs(), 5000);
});

test('a rolled-back deployment fails at once', async () => {
  const reason = 'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.';
  const deployments = [{ status: 'PRIMARY', rollout: 'IN_PROGRESS', reason }];
  const lastEvent = '(service api-X1) is unable to consistently start tasks successfully.';
  const api = state('api-X1', 1, 1, { deployments, lastEvent });
  const { context, ecs, sleptMs } = played([[api, state('web-X2', 1, 1)]], OUTPUTS);
  const error = await refusal(awaitServices(context, ecs, 60_000));
  assert.is(
    error.message,
    `service api was rolled back: ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.
  why: (service api-X1) is unable to consistently start tasks successfully.
  next: aws logs tail --since 1h /stage-services-api`,
  );
  assert.is(error.exitCode, 1);
  assert.is(sleptMs(), 0);
});

test('a service that somebody deleted fails at once', async () => {
  const { context, ecs } = played([[state('web-X2', 1, 1)]], OUTPUTS);
  assert.is(
    (await refusal(awaitServices(context, ecs, 60_000))).message,
    `service api is not in cluster stage-cluster
  why: its stack is complete, so somebody has deleted the service past CloudFormation
  next: delete the stack of the service, then run the same command again`,
  );
});

test('gives up at its deadline and names every service that is late', async () => {
  const lastEvent = '(service api-X1) was unable to place a task.';
  const { context, ecs, sleptMs } = played([[state('api-X1', 2, 0, { lastEvent }), state('web-X2', 1, 0)]], OUTPUTS);
  assert.is(
    (await refusal(awaitServices(context, ecs, 20_000))).message,
    `service api runs 0 of 2 tasks after 20 s
  why: (service api-X1) was unable to place a task.
  next: aws logs tail --since 1h /stage-services-api, or raise stableTimeoutSeconds under services in envs/stage.yaml
service web runs 0 of 1 tasks after 20 s
  next: aws logs tail --since 1h /stage-services-web, or raise stableTimeoutSeconds under services in envs/stage.yaml`,
  );
  assert.is(sleptMs(), 20_000);
});

test('nothing to wait for is fine', async () => {
  const { context, ecs, lines } = played([[]], {});
  await awaitServices(context, ecs, 60_000);
  assert.equal(lines, ['no services to wait for']);
});

test.run();
