import type { CallCounter } from '../call-counter.ts';
import type { ClientSettings } from '../client-settings.ts';
import type { Scope, Sighting } from './sighting.ts';

/**
 * Lists the things of one service in the account, all of them, so that what has no tag is seen as well. Only reads. A
 * thing that it does not list is not there.
 */
export interface Finder {
  /** The types that it lists whole. */
  readonly types: readonly string[];
  find(settings: ClientSettings, counter: CallCounter, scope: Scope): Promise<readonly Sighting[]>;
}

/** All finders; each service's client is loaded with its first use. */
export const FINDERS: readonly Finder[] = [
  {
    types: [
      'AWS::EC2::NetworkInterface',
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::EIP',
      'AWS::EC2::VPCEndpoint',
      'AWS::EC2::Volume',
      'AWS::EC2::Snapshot',
    ],
    find: async (...input) => await (await import('./networks-and-volumes.ts')).findNetworksAndVolumes(...input),
  },
  {
    types: ['AWS::RDS::DBSnapshot', 'AWS::RDS::DBClusterSnapshot'],
    find: async (...input) => await (await import('./database-snapshots.ts')).findDatabaseSnapshots(...input),
  },
  {
    types: ['AWS::EFS::FileSystem'],
    find: async (...input) => await (await import('./file-systems.ts')).findFileSystems(...input),
  },
  {
    types: ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancingV2::TargetGroup'],
    find: async (...input) => await (await import('./load-balancing.ts')).findLoadBalancing(...input),
  },
  {
    types: ['AWS::KMS::Key'],
    find: async (...input) => await (await import('./keys.ts')).findKeys(...input),
  },
  {
    types: ['AWS::SecretsManager::Secret'],
    find: async (...input) => await (await import('./secrets.ts')).findSecrets(...input),
  },
  {
    types: ['AWS::Route53::RecordSet'],
    find: async (...input) => await (await import('./records.ts')).findRecords(...input),
  },
];
