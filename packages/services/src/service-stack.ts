import { output, type ParameterValue, type StackDefinition } from '@roundtrip/environment';
import type { ServicesConfig } from './config.ts';
import { listenerPriority } from './listener-priority.ts';
import type { EnvironmentValue, SecretValue } from './service-file.ts';
import { kindOf, type SizedService } from './sized-service.ts';

/** Places for environment variables and secrets in templates/service.yaml. */
export const ENVIRONMENT_SLOTS = 12;
export const SECRET_SLOTS = 4;

/** ECS takes no longer start period than this; the load balancer's grace may be longer. */
const START_SECONDS_MAX = 300;

type Parameters = Record<string, ParameterValue>;

/** The stack of one service, all of them from the same template. */
export function serviceStack(service: SizedService, config: ServicesConfig): StackDefinition {
  return {
    name: service.name,
    template: 'templates/service.yaml',
    capabilities: ['CAPABILITY_IAM'],
    dependsOn: service.dependsOn,
    parameters: {
      ...placeParameters(),
      ...taskParameters(service),
      ...networkParameters(service, config),
      ...countParameters(service, config),
      ...environmentParameters(service),
      ...secretParameters(service),
      LogRetentionDays: String(config.logRetentionDays),
    },
    tags: { service: service.name },
  };
}

/** Where the service runs, from the layers below. */
function placeParameters(): Parameters {
  return {
    VpcId: output('network', 'VpcId'),
    SubnetIds: output('network', 'PrivateSubnetIds'),
    NamespaceId: output('network', 'NamespaceId'),
    NamespaceName: output('network', 'NamespaceName'),
    ClusterName: output('cluster', 'ClusterName'),
    ClusterArn: output('cluster', 'ClusterArn'),
    ListenerArn: output('cluster', 'ListenerArn'),
    LoadBalancerFullName: output('cluster', 'LoadBalancerFullName'),
    TaskSecurityGroupId: output('cluster', 'TaskSecurityGroupId'),
    AlarmTopicArn: output('cluster', 'AlarmTopicArn'),
  };
}

function taskParameters(service: SizedService): Parameters {
  return {
    ServiceName: service.name,
    Kind: kindOf(service),
    Image: service.image,
    RepositoryArn: repositoryArn(service.image),
    Command: service.command.join(','),
    User: service.user,
    Cpu: String(service.cpu),
    MemoryMb: String(service.memoryMb),
    ...(service.schedule && {
      ScheduleExpression: service.schedule.expression,
      ScheduleTimezone: service.schedule.timezone,
    }),
  };
}

/** The ARN of a private ECR repository, so that the service may pull from that one; empty for public images. */
function repositoryArn(image: string): string {
  const match = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?\/([^:@]+)/.exec(image);
  if (!match) return '';
  return `arn:${match[3] === undefined ? 'aws' : 'aws-cn'}:ecr:${match[2]}:${match[1]}:repository/${match[4]}`;
}

function networkParameters(service: SizedService, config: ServicesConfig): Parameters {
  const { port, path, priority, healthCheck } = service;
  return {
    ...(port !== undefined && { Port: String(port) }),
    ...(path !== undefined && {
      PathPatterns: path === '/' ? '/*' : `${path},${path}/*`,
      Priority: String(priority ?? listenerPriority(path)),
    }),
    HealthCheckPath: healthCheck.path,
    HealthCheckGraceSeconds: String(healthCheck.graceSeconds),
    ...(healthCheck.command.length > 0 && {
      HealthCheckCommand: ['CMD', ...healthCheck.command].join(','),
      HealthCheckStartSeconds: String(Math.min(healthCheck.graceSeconds, START_SECONDS_MAX)),
    }),
    DeregistrationDelaySeconds: String(config.deregistrationDelaySeconds),
  };
}

function countParameters(service: SizedService, config: ServicesConfig): Parameters {
  return {
    Count: String(service.count),
    Autoscaling: String(service.autoscaling !== undefined),
    CountMin: String(service.autoscaling?.min ?? service.count),
    CountMax: String(service.autoscaling?.max ?? service.count),
    TargetCpuPercent: String(service.autoscaling?.cpuPercent ?? 60),
    OnDemandBase: String(config.onDemandBase),
    OnDemandWeight: String(100 - config.spotPercent),
    SpotWeight: String(config.spotPercent),
  };
}

function environmentParameters(service: SizedService): Parameters {
  const entries = Object.entries(service.environment).sort(byName);
  return slots(entries, (name, value, slot) => ({
    [`EnvironmentName${slot}`]: name,
    [`EnvironmentValue${slot}`]: environmentValue(value),
  }));
}

function environmentValue(value: EnvironmentValue): ParameterValue {
  return typeof value === 'object' ? output(value.from, value.output) : String(value);
}

function secretParameters(service: SizedService): Parameters {
  const entries = Object.entries(service.secrets).sort(byName);
  const fromData = entries.some(([, value]) => 'from' in value && value.from === 'data');
  return {
    ...slots(entries, (name, value: SecretValue, slot) => ({
      [`SecretName${slot}`]: name,
      [`SecretArn${slot}`]: 'from' in value ? output(value.from, value.output) : value.arn,
      [`SecretKey${slot}`]: value.key,
    })),
    // The database's secret is encrypted with the data layer's own key, which reading it needs too.
    ...(fromData && { SecretsKeyArn: output('data', 'DatabaseKeyArn') }),
  };
}

function slots<Value>(
  entries: readonly [string, Value][],
  parametersOf: (name: string, value: Value, slot: number) => Parameters,
): Parameters {
  return Object.assign(
    {},
    ...entries.map(([name, value], index) => parametersOf(name, value, index + 1)),
  ) as Parameters;
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);
