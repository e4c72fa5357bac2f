import type { Task } from '@aws-sdk/client-ecs';
import { formatCount } from '@roundtrip/view';
import { withoutSecrets } from './without-secrets.ts';

/** Ways in which tasks of one service end; more of them tell nobody more. */
const WAYS_MAX = 3;

/** How tasks ended, each way once: `3 tasks stopped: Essential container in task exited; service ended with exit code 1`. */
export function stoppedTexts(tasks: readonly Task[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const task of tasks) {
    const way = wayOf(task);
    counts.set(way, (counts.get(way) ?? 0) + 1);
  }
  return [...counts].slice(0, WAYS_MAX).map(([way, count]) => `${formatCount(count, 'task')} stopped: ${way}`);
}

/** An ARN of which the name is enough. */
const TARGET_GROUP = /arn:[\w-]+:elasticloadbalancing:[\w:-]+:targetgroup\/([\w-]+)\/\w+/g;

function wayOf({ stoppedReason = '', containers = [] }: Task): string {
  const said = withoutSecrets(stoppedReason.replace(TARGET_GROUP, '$1'));
  const reasons = containers.flatMap(({ name = '', exitCode, reason, healthStatus }) => [
    ...(reason === undefined || reason === stoppedReason ? [] : [`${name}: ${reason}`]),
    ...(exitCode === undefined || exitCode === 0 ? [] : [`${name} ended with exit code ${exitCode}`]),
    ...(healthStatus === 'UNHEALTHY' ? [`${name} is unhealthy`] : []),
  ]);
  return [said, ...reasons].join('; ');
}
