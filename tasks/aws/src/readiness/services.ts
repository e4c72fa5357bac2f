import { DescribeServicesCommand, ECSClient, type Deployment, type Service } from '@aws-sdk/client-ecs';
import type { GatedResource, ResourceState } from '@roundtrip/engine';
import { formatCount } from '@roundtrip/view';
import { batches } from '../blockers/batches.ts';
import { ifThere } from '../if-there.ts';
import type { CallCounter } from '../call-counter.ts';
import type { ClientSettings } from '../client-settings.ts';
import { ecsPlaceOf } from '../ecs-place.ts';
import type { GateKind } from './gate-kind.ts';
import { pacedClient } from './paced-client.ts';

/** The most that DescribeServices takes, all of one cluster. */
const BATCH_SERVICES = 10;

/** A service is ready when all its tasks run and nothing of an earlier deployment does. */
export function createServices(settings: ClientSettings, counter: CallCounter): GateKind {
  const ecs = pacedClient(ECSClient, 'ecs', settings, counter);
  return {
    async look(resources) {
      const states = new Map<string, ResourceState>();
      const byArn = new Map(resources.map((resource) => [resource.physicalId, resource]));
      for (const cluster of new Set(resources.map(({ physicalId }) => ecsPlaceOf(physicalId).cluster))) {
        const arns = [...byArn.keys()].filter((arn) => ecsPlaceOf(arn).cluster === cluster);
        for (const services of batches(arns, BATCH_SERVICES)) {
          const answer = await ifThere(() => ecs.send(new DescribeServicesCommand({ cluster, services })));
          for (const service of answer?.services ?? []) {
            const resource = byArn.get(service.serviceArn ?? '');
            if (resource !== undefined) states.set(resource.physicalId, stateOf(service, resource, settings.region));
          }
        }
      }
      return states;
    },
  };
}

function stateOf(service: Service, { physicalId, since }: GatedResource, region: string): ResourceState {
  const { deployments = [], desiredCount = 0, runningCount = 0, pendingCount = 0 } = service;
  const { cluster, service: name } = ecsPlaceOf(physicalId);
  if (service.status !== 'ACTIVE') return { fails: `service ${name} of cluster ${cluster} is ${service.status}` };
  const failed = deployments.find((deployment) => hasFailed(deployment, since));
  if (failed !== undefined) {
    const why = failed.rolloutStateReason ?? 'its deployment failed';
    const again = `aws ecs update-service --cluster ${cluster} --service ${name} --force-new-deployment --region ${region}`;
    return { fails: `service ${name} did not become steady: ${why}`, next: `mend the cause, then type: ${again}` };
  }
  if (runningCount < desiredCount || pendingCount > 0) {
    return { waits: `service ${name} runs ${runningCount} of ${formatCount(desiredCount, 'task')}` };
  }
  const [primary] = deployments.filter(({ status }) => status === 'PRIMARY');
  // Only rolling deployments have a rollout; who deploys in another way says so by having one deployment left.
  const isRolledOut = primary?.rolloutState === undefined || primary.rolloutState === 'COMPLETED';
  if (deployments.length <= 1 && isRolledOut && runningCount === desiredCount) return 'ready';
  return { waits: `service ${name} still runs tasks of an earlier deployment` };
}

/** The circuit breaker's verdict on a deployment of this operation; one of long ago may still be told of. */
function hasFailed({ rolloutState, rolloutStateReason = '', updatedAt }: Deployment, since: number): boolean {
  if ((updatedAt?.getTime() ?? since) < since) return false;
  return rolloutState === 'FAILED' || /rolling back|rolled back/i.test(rolloutStateReason);
}
