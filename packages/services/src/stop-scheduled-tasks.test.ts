import { ProblemError } from '@roundtrip/problem';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { LooseTask } from './ecs.ts';
import { OUTPUTS, played } from './sample-hook.ts';
import { stopScheduledTasks } from './stop-scheduled-tasks.ts';

const NIGHTLY: LooseTask = { arn: 'nightly/1', family: 'stage-services-nightly', stopping: false };
const AGENT: LooseTask = { arn: 'agent/1', family: 'stage-jenkins-bootstrap-controller-agent', stopping: false };

test('stops the tasks of its own schedules once and waits until they are gone', async () => {
  const loose = [[NIGHTLY, AGENT], [{ ...NIGHTLY, stopping: true }, AGENT], [AGENT]];
  const { context, ecs, lines, stopped, announced, sleptMs } = played([[]], OUTPUTS, loose);
  await stopScheduledTasks(context, ecs, 60_000);
  assert.equal(stopped, ['nightly/1: stage is taken away']);
  assert.equal(announced, ['StopTask nightly/1']);
  assert.equal(lines, ['stopping a task of stage-services-nightly']);
  assert.is(sleptMs(), 10_000);
});

test('with nothing started there is nothing to wait for, nor without a cluster', async () => {
  const idle = played([[]], OUTPUTS, [[AGENT]]);
  await stopScheduledTasks(idle.context, idle.ecs, 60_000);
  assert.equal([idle.stopped, idle.lines, idle.sleptMs()], [[], [], 0]);
  const bare = played([[]], {}, [[NIGHTLY]]);
  await stopScheduledTasks(bare.context, bare.ecs, 60_000);
  assert.equal(bare.stopped, []);
});

test('gives up at its deadline', async () => {
  const { context, ecs } = played([[]], OUTPUTS, [[{ ...NIGHTLY, stopping: true }]]);
  try {
    await stopScheduledTasks(context, ecs, 15_000);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, ProblemError);
    assert.is(
      (error as ProblemError).message,
      `tasks of stage-services-nightly still run after 15 s
  next: run the same command again, or raise stableTimeoutSeconds under services in envs/stage.yaml`,
    );
  }
});

test.run();
