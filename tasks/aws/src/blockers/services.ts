import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { formatCount } from '@roundtrip/view';
import type { CallCounter } from '../call-counter.ts';
import { clientOf } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import { ifThere } from '../if-there.ts';
import { ecsPlaceOf } from '../ecs-place.ts';
import type { BlockerKind } from './kind.ts';

/** A service whose delete has failed goes more easily with no tasks. */
export function createServices(settings: ClientSettings, counter: CallCounter): BlockerKind {
  const ecs = clientOf(ECSClient, 'ecs', settings, counter);
  return {
    async look({ physicalId }) {
      const { service, cluster } = ecsPlaceOf(physicalId);
      const answer = await ifThere(() => ecs.send(new DescribeServicesCommand({ cluster, services: [service] })));
      const found = answer?.services?.find(({ status }) => status === 'ACTIVE');
      const wanted = found?.desiredCount ?? 0;
      // A daemon has as many tasks as there are machines: its count is nobody's to set.
      if (wanted === 0 || found?.schedulingStrategy === 'DAEMON') return [];
      return [{ what: `service ${service} of cluster ${cluster} keeps ${formatCount(wanted, 'task')} running` }];
    },
    async clear({ physicalId }, mayWrite) {
      await mayWrite();
      await ifThere(() => ecs.send(new UpdateServiceCommand({ ...ecsPlaceOf(physicalId), desiredCount: 0 })));
    },
  };
}
