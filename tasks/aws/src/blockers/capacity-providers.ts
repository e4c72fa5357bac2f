import { DescribeClustersCommand, ECSClient, PutClusterCapacityProvidersCommand } from '@aws-sdk/client-ecs';
import type { CallCounter } from '../call-counter.ts';
import { clientOf } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import { clusterServices, deleteServices } from './cluster-services.ts';
import { ifThere } from '../if-there.ts';
import type { BlockerKind } from './kind.ts';
import { listOf } from './list-of.ts';
import type { StackFacts } from './stack-facts.ts';

/**
 * What associates capacity providers with a cluster is not deleted while a service has one in its strategy; a service
 * that drains, or that a stack holds, goes by itself.
 */
export function createCapacityProviders(
  settings: ClientSettings,
  counter: CallCounter,
  facts: StackFacts,
): BlockerKind {
  const ecs = clientOf(ECSClient, 'ecs', settings, counter);
  return {
    async look({ physicalId: cluster }) {
      const answer = await ifThere(() => ecs.send(new DescribeClustersCommand({ clusters: [cluster] })));
      const providers = answer?.clusters?.[0]?.capacityProviders ?? [];
      if (providers.length === 0) return [];
      const what = `cluster ${cluster} has the capacity providers ${listOf(providers)}`;
      const services = await clusterServices(ecs, cluster);
      const users = services.filter(({ capacityProviderStrategy = [] }) => capacityProviderStrategy.length > 0);
      if (users.length === 0) return [{ what }];
      for (const { status, serviceArn = '' } of users) {
        if (status !== 'ACTIVE' || (await facts.holder(serviceArn)) !== undefined) return [];
      }
      const names = users.map(({ serviceName = '' }) => serviceName);
      const next = deleteServices(cluster, names, settings.region);
      return [{ what: `${what}, which ${listOf(names)} runs on`, next }];
    },
    async clear({ physicalId: cluster }, mayWrite) {
      const none = { cluster, capacityProviders: [], defaultCapacityProviderStrategy: [] };
      await mayWrite();
      await ifThere(() => ecs.send(new PutClusterCapacityProvidersCommand(none)));
    },
  };
}
