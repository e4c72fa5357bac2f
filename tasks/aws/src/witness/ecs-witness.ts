import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  type Service,
  type Task,
} from '@aws-sdk/client-ecs';
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { FailureEvidence, Witness } from '@roundtrip/engine';
import { formatCount } from '@roundtrip/view';
import { ifThere } from '../if-there.ts';
import type { CallCounter } from '../call-counter.ts';
import type { ClientSettings } from '../client-settings.ts';
import { ecsPlaceOf, type EcsPlace } from '../ecs-place.ts';
import { pacedClient } from '../readiness/paced-client.ts';
import { lastLines } from './last-lines.ts';
import { stoppedTexts } from './stopped-texts.ts';

/** The newest ones say as much as all: ECS starts the same task again and again. */
const TASKS_MAX = 50;
/** How many of them are tried until one has written something. */
const TASKS_WITH_LOG = 3;
const EVENTS_MAX = 20;

/** What a service that failed says of its tasks: how they ended, which checks they failed, their last log lines. */
export function createEcsWitness(settings: ClientSettings, counter: CallCounter): Witness {
  const ecs = pacedClient(ECSClient, 'ecs', settings, counter);
  const elb = pacedClient(ElasticLoadBalancingV2Client, 'elasticloadbalancing', settings, counter);
  const logs = pacedClient(CloudWatchLogsClient, 'logs', settings, counter);
  return {
    async testify({ resourceType, physicalId = '' }) {
      if (resourceType !== 'AWS::ECS::Service' || !physicalId.includes(':service/')) return [];
      const place = ecsPlaceOf(physicalId);
      const failed = (await orNothing(stoppedTasks(ecs, place))).filter(hasFailed);
      const [service] = await orNothing(describe(ecs, place));
      return [
        ...stoppedTexts(failed).map((text): FailureEvidence => ({ about: 'task', text })),
        ...(service === undefined ? [] : unplaced(service)),
        ...(service === undefined ? [] : await orNothing(unhealthyTargets(elb, service))),
        ...(await orNothing(logLines(ecs, logs, failed))),
      ];
    },
  };
}

/** Each part is told without the others: who may not read logs still sees how the tasks ended. */
async function orNothing<T>(part: Promise<readonly T[]>): Promise<readonly T[]> {
  return await part.catch(() => []);
}

async function describe(ecs: ECSClient, { cluster, service }: EcsPlace): Promise<readonly Service[]> {
  const answer = await ifThere(() => ecs.send(new DescribeServicesCommand({ cluster, services: [service] })));
  return answer?.services ?? [];
}

/** The newest first. ECS tells of tasks for an hour after they have stopped, of those whose service is gone by their group alone. */
async function stoppedTasks(ecs: ECSClient, { cluster, service }: EcsPlace): Promise<readonly Task[]> {
  const filter = { cluster, desiredStatus: 'STOPPED' as const, maxResults: TASKS_MAX };
  const own = await ifThere(() => ecs.send(new ListTasksCommand({ ...filter, serviceName: service })));
  const found = own?.taskArns?.length ? own : await ifThere(() => ecs.send(new ListTasksCommand(filter)));
  const tasks = found?.taskArns ?? [];
  if (tasks.length === 0) return [];
  const answer = await ifThere(() => ecs.send(new DescribeTasksCommand({ cluster, tasks })));
  const stoppedAt = ({ stoppingAt, stoppedAt: at }: Task): number => (stoppingAt ?? at)?.getTime() ?? 0;
  return (answer?.tasks ?? [])
    .filter(({ group }) => group === `service:${service}`)
    .sort((one, other) => stoppedAt(other) - stoppedAt(one));
}

/** Not those that the rollback itself stops, or a person. */
function hasFailed({ stoppedReason = '', stopCode }: Task): boolean {
  if (stopCode === 'UserInitiated' || stoppedReason === '') return false;
  return !/^Scaling activity|^Service .* deleted|^Task stopped by/i.test(stoppedReason);
}

/** Nothing stops where nothing is started: then only the service's own events say why. */
function unplaced({ events = [] }: Service): FailureEvidence[] {
  const texts = events.slice(0, EVENTS_MAX).flatMap(({ message = '' }) => {
    const [, why] = /was unable to place a task\.? Reason: (.+)$/s.exec(message) ?? [];
    return why === undefined ? [] : [`no task was placed: ${why}`];
  });
  return [...new Set(texts)].slice(0, 1).map((text) => ({ about: 'task', text }));
}

async function unhealthyTargets(
  elb: ElasticLoadBalancingV2Client,
  { loadBalancers = [] }: Service,
): Promise<FailureEvidence[]> {
  const found: FailureEvidence[] = [];
  for (const { targetGroupArn: TargetGroupArn } of loadBalancers) {
    if (TargetGroupArn === undefined) continue;
    const answer = await ifThere(() => elb.send(new DescribeTargetHealthCommand({ TargetGroupArn })));
    const texts = (answer?.TargetHealthDescriptions ?? []).flatMap(unhealthyText);
    for (const text of new Set(texts)) {
      const targets = formatCount(texts.filter((one) => one === text).length, 'target');
      const group = TargetGroupArn.split('/')[1] ?? TargetGroupArn;
      found.push({ about: 'health', text: `${targets} of ${group}: ${text}` });
    }
  }
  return found;
}

function unhealthyText({ TargetHealth: { State, Reason, Description } = {} }: TargetHealthDescription): string[] {
  if (State !== 'unhealthy') return [];
  return [[Description, Reason].filter((part) => part !== undefined).join(', ') || State];
}

/** Of the newest task that has written something. */
async function logLines(
  ecs: ECSClient,
  logs: CloudWatchLogsClient,
  failed: readonly Task[],
): Promise<FailureEvidence[]> {
  const [newest] = failed;
  if (newest?.taskDefinitionArn === undefined) return [];
  const definition = await ifThere(() =>
    ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: newest.taskDefinitionArn })),
  );
  for (const task of failed.slice(0, TASKS_WITH_LOG)) {
    const lines = await lastLines(logs, task, definition?.taskDefinition?.containerDefinitions ?? []);
    if (lines.length > 0) return lines.map((text) => ({ about: 'log', text }));
  }
  return [];
}
