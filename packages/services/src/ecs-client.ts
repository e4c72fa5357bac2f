import { DescribeServicesCommand, ECSClient, UpdateServiceCommand, type Service } from '@aws-sdk/client-ecs';
import type { HookAwsConfig } from '@roundtrip/environment';
import type { Ecs, ServiceState } from './ecs.ts';

/** DescribeServices takes ten names at most. */
const NAMES_MAX = 10;

/** ECS through the AWS SDK. */
export function ecsClient(aws: HookAwsConfig): Ecs {
  const client = new ECSClient(aws);
  return {
    async describe(cluster, names) {
      const states: ServiceState[] = [];
      for (let from = 0; from < names.length; from += NAMES_MAX) {
        const services = names.slice(from, from + NAMES_MAX);
        const answer = await client.send(new DescribeServicesCommand({ cluster, services }));
        states.push(...(answer.services ?? []).filter(({ status }) => status !== 'INACTIVE').map(stateOf));
      }
      return states;
    },
    async setDesiredCount(cluster, service, desiredCount) {
      await client.send(new UpdateServiceCommand({ cluster, service, desiredCount }));
    },
  };
}

function stateOf(service: Service): ServiceState {
  const lastEvent = service.events?.[0]?.message;
  return {
    name: service.serviceName ?? '',
    desired: service.desiredCount ?? 0,
    running: service.runningCount ?? 0,
    pending: service.pendingCount ?? 0,
    deployments: (service.deployments ?? []).map(({ status, rolloutState, rolloutStateReason }) => ({
      status: status ?? '',
      ...(rolloutState !== undefined && { rollout: rolloutState }),
      ...(rolloutStateReason !== undefined && { reason: rolloutStateReason }),
    })),
    ...(lastEvent !== undefined && { lastEvent }),
  };
}
