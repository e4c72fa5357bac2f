import type { GatedResource } from '@roundtrip/engine';
import type { CallCounter } from '../call-counter.ts';
import type { ClientSettings } from '../client-settings.ts';
import type { GateKind } from './gate-kind.ts';
import type { RecordPlace } from './record-places.ts';

export interface GateRow {
  readonly types: readonly string[];
  /** Loaded with its first use. */
  readonly kind: () => Promise<GateKind>;
}

export const RECORD_TYPES = ['AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup'];

/** What is waited for in express mode: the things that others reach over the network as soon as they exist themselves. */
export function gateTable(
  settings: ClientSettings,
  counter: CallCounter,
  placesOf: (resource: GatedResource) => readonly RecordPlace[],
): readonly GateRow[] {
  return [
    row(['AWS::ECS::Service'], async () => (await import('./services.ts')).createServices(settings, counter)),
    row(['AWS::ElasticLoadBalancingV2::LoadBalancer'], async () =>
      (await import('./load-balancers.ts')).createLoadBalancers(settings, counter),
    ),
    row(['AWS::EC2::NatGateway'], async () => (await import('./network.ts')).createNatGateways(settings, counter)),
    row(['AWS::EC2::VPCEndpoint'], async () => (await import('./network.ts')).createVpcEndpoints(settings, counter)),
    row(['AWS::RDS::DBInstance'], async () => (await import('./databases.ts')).createDatabases(settings, counter)),
    row(['AWS::RDS::DBCluster'], async () =>
      (await import('./databases.ts')).createDatabaseClusters(settings, counter),
    ),
    row(['AWS::EFS::MountTarget'], async () =>
      (await import('./mount-targets.ts')).createMountTargets(settings, counter),
    ),
    row(RECORD_TYPES, async () => (await import('./records.ts')).createRecords(settings, counter, placesOf)),
  ];
}

function row(types: readonly string[], load: () => Promise<GateKind>): GateRow {
  let loaded: Promise<GateKind> | undefined;
  return { types, kind: () => (loaded ??= load()) };
}
