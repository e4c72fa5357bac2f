import type { CallCounter } from '../call-counter.ts';
import type { ClientSettings } from '../client-settings.ts';
import type { BlockerKind } from './kind.ts';
import type { StackFacts } from './stack-facts.ts';

/** One kind of blocker. */
export interface KindRow {
  /** Looked at before every delete. */
  readonly types: readonly string[];
  /** Looked at only once a delete has failed on them. */
  readonly stuckTypes: readonly string[];
  /** What clearing it is called in journals. */
  readonly clears: string;
  /** Loaded with the first use, and once: an SDK client takes longer to load than a run with nothing to do may cost. */
  kind(): Promise<BlockerKind>;
}

export function kindTable(
  settings: ClientSettings,
  counter: CallCounter,
  facts: StackFacts,
  mayUnprotect: boolean,
): readonly KindRow[] {
  return [
    row('UnprotectDatabase', ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'], [], async () =>
      (await import('./databases.ts')).createDatabases(settings, counter, mayUnprotect),
    ),
    row('UnprotectLoadBalancer', ['AWS::ElasticLoadBalancingV2::LoadBalancer'], [], async () =>
      (await import('./load-balancers.ts')).createLoadBalancers(settings, counter, mayUnprotect),
    ),
    row('StopTasks', ['AWS::ECS::Cluster'], [], async () =>
      (await import('./clusters.ts')).createClusters(settings, counter, facts),
    ),
    row('ScaleToZero', [], ['AWS::ECS::Service'], async () =>
      (await import('./services.ts')).createServices(settings, counter),
    ),
    row('DetachCapacityProviders', [], ['AWS::ECS::ClusterCapacityProviderAssociations'], async () =>
      (await import('./capacity-providers.ts')).createCapacityProviders(settings, counter, facts),
    ),
    row('DeleteRecords', ['AWS::Route53::HostedZone'], [], async () =>
      (await import('./hosted-zones.ts')).createHostedZones(settings, counter, facts),
    ),
    row('DeleteInterfaces', [], ['AWS::EC2::SecurityGroup', 'AWS::EC2::Subnet'], async () =>
      (await import('./network-interfaces.ts')).createNetworkInterfaces(settings, counter),
    ),
    row('EmptyRepository', ['AWS::ECR::Repository'], [], async () =>
      (await import('./repositories.ts')).createRepositories(settings, counter),
    ),
    row('EmptyBucket', ['AWS::S3::Bucket'], [], async () =>
      (await import('./buckets.ts')).createBuckets(settings, counter),
    ),
  ];
}

function row(
  clears: string,
  types: readonly string[],
  stuckTypes: readonly string[],
  load: () => Promise<BlockerKind>,
): KindRow {
  let loaded: Promise<BlockerKind> | undefined;
  return { clears, types, stuckTypes, kind: () => (loaded ??= load()) };
}
