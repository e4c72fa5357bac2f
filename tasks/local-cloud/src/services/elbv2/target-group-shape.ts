import type * as ELB from '@aws-sdk/client-elastic-load-balancing-v2';
import { balancersUsing } from '../../catalog/elbv2/group-uses.ts';
import { setting } from '../../catalog/elbv2/health-times.ts';
import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';

/** A target group as the API shows it, with what AWS takes for everything that was left out. */
export function targetGroupShape(world: World, realm: Realm, record: Resource): ELB.TargetGroup {
  const { id, properties } = record;
  const type = String(properties['TargetType'] ?? 'instance');
  return {
    TargetGroupArn: id,
    TargetGroupName: String(properties['Name']),
    ...(type === 'lambda' ? {} : place(properties)),
    ...healthCheck(record, type),
    LoadBalancerArns: balancersUsing(world, realm, id).map((one) => one.id),
    TargetType: type as ELB.TargetTypeEnum,
    IpAddressType: (properties['IpAddressType'] ?? 'ipv4') as ELB.TargetGroupIpAddressTypeEnum,
  };
}

type Properties = Readonly<Record<string, unknown>>;

function place(properties: Properties): Partial<ELB.TargetGroup> {
  return {
    Protocol: properties['Protocol'] as ELB.ProtocolEnum,
    Port: Number(properties['Port']),
    VpcId: String(properties['VpcId']),
    ...(isHttp(properties['Protocol']) ? { ProtocolVersion: String(properties['ProtocolVersion'] ?? 'HTTP1') } : {}),
  };
}

function healthCheck(record: Resource, type: string): Partial<ELB.TargetGroup> {
  const { properties } = record;
  const isLambda = type === 'lambda';
  const protocol = String(properties['HealthCheckProtocol'] ?? (isHttp(properties['Protocol']) ? 'HTTP' : 'TCP'));
  return {
    HealthCheckEnabled: String(properties['HealthCheckEnabled'] ?? !isLambda) === 'true',
    ...(isLambda ? {} : { HealthCheckProtocol: protocol as ELB.ProtocolEnum }),
    ...(isLambda ? {} : { HealthCheckPort: String(properties['HealthCheckPort'] ?? 'traffic-port') }),
    HealthCheckIntervalSeconds: Number(setting(record, 'HealthCheckIntervalSeconds')),
    HealthCheckTimeoutSeconds: Number(setting(record, 'HealthCheckTimeoutSeconds')),
    HealthyThresholdCount: Number(setting(record, 'HealthyThresholdCount')),
    UnhealthyThresholdCount: Number(setting(record, 'UnhealthyThresholdCount')),
    ...(isLambda || isHttp(protocol)
      ? {
          HealthCheckPath: String(properties['HealthCheckPath'] ?? '/'),
          Matcher: properties['Matcher'] ?? { HttpCode: '200' },
        }
      : {}),
  };
}

function isHttp(protocol: unknown): boolean {
  return protocol === 'HTTP' || protocol === 'HTTPS';
}
