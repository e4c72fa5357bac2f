/** Seconds of the cloud's clock: smallest, typical, largest. */
export type Seconds = readonly [min: number, typical: number, max: number];

export interface Duration {
  readonly create: Seconds;
  readonly update: Seconds;
  readonly delete: Seconds;
}

/**
 * How long a resource of a type takes. Create and delete come from recordings and public logs of the AWS control plane;
 * updates and what is marked EST are estimates, to be changed when a better source turns up.
 */
export function durationOf(type: string): Duration {
  const given = DURATIONS[type];
  if (given) return given;
  const service = type.split('::')[1] ?? '';
  return SERVICES[service] ?? QUICK;
}

/** One draw between minimum and maximum, most often near the typical value. In: 0 ≤ chance < 1. Out: seconds. */
export function drawSeconds([min, typical, max]: Seconds, chance: number): number {
  // The triangular distribution's inverse: three figures are all that the sources give.
  const turn = max === min ? 0 : (typical - min) / (max - min);
  if (chance < turn) return min + Math.sqrt(chance * (max - min) * (typical - min));
  return max - Math.sqrt((1 - chance) * (max - min) * (max - typical));
}

function duration(create: Seconds, remove: Seconds, update: Seconds = [1, 2, 5]): Duration {
  return { create, update, delete: remove };
}

const QUICK = duration([1, 2, 3], [1, 2, 3]);

/** Where a type of a service has no line of its own. EST. */
const SERVICES: Readonly<Record<string, Duration>> = {
  EC2: duration([1, 3, 5], [1, 1, 2]),
  IAM: duration([1, 1.5, 2], [1, 1, 2]),
  Lambda: duration([3, 6, 15], [1, 2, 5]),
  ApiGateway: duration([1, 2, 5], [1, 2, 5]),
};

const DURATIONS: Readonly<Record<string, Duration>> = {
  'AWS::EC2::VPC': duration([1, 3, 15], [1, 1, 2]),
  'AWS::EC2::Subnet': duration([1, 3, 5], [1, 1, 2]),
  'AWS::EC2::RouteTable': duration([1, 3, 5], [1, 1, 2]),
  'AWS::EC2::SecurityGroup': duration([1, 2, 3], [1, 1, 2]),
  'AWS::EC2::InternetGateway': duration([1, 1, 2], [1, 11, 45]),
  'AWS::EC2::NatGateway': duration([84, 110, 121], [42, 51, 61]),
  'AWS::EC2::VPCEndpoint': duration([60, 110, 180], [30, 90, 300]),
  'AWS::EC2::Instance': duration([10, 20, 40], [30, 60, 90]),
  'AWS::AutoScaling::AutoScalingGroup': duration([20, 40, 60], [60, 89, 120], [2, 5, 30]),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': duration([135, 150, 190], [15, 40, 153]),
  'AWS::ElasticLoadBalancingV2::TargetGroup': duration([1, 1.5, 2], [1, 1, 2]),
  'AWS::ElasticLoadBalancingV2::Listener': duration([1, 1.5, 2], [1, 1, 2]),
  'AWS::ElasticLoadBalancingV2::ListenerRule': duration([1, 1.5, 2], [1, 1.5, 2]),
  'AWS::ECS::Cluster': duration([10, 11, 12], [1, 3, 10]),
  'AWS::ECS::Service': duration([60, 75, 180], [30, 60, 400], [60, 75, 180]),
  'AWS::ECS::TaskDefinition': duration([1, 1.5, 2], [1, 1.5, 2]),
  'AWS::RDS::DBInstance': duration([302, 460, 512], [111, 195, 285], [30, 60, 300]),
  'AWS::RDS::DBSnapshot': duration([120, 180, 300], [1, 2, 3]),
  'AWS::RDS::DBCluster': duration([43, 60, 120], [60, 120, 300], [10, 30, 120]),
  'AWS::ElastiCache::CacheCluster': duration([222, 300, 365], [120, 240, 600], [30, 60, 300]),
  'AWS::ElastiCache::ReplicationGroup': duration([358, 450, 555], [120, 300, 600], [30, 60, 300]),
  'AWS::EFS::FileSystem': duration([5, 7, 10], [5, 7, 10]),
  'AWS::EFS::MountTarget': duration([60, 90, 120], [60, 90, 120]),
  'AWS::KMS::Key': duration([1, 8, 16], [1, 1, 2]),
  'AWS::Route53::HostedZone': duration([36, 40, 72], [30, 45, 60]),
  'AWS::Route53::RecordSet': duration([35, 45, 60], [30, 45, 60], [35, 45, 60]),
  'AWS::Route53::RecordSetGroup': duration([35, 45, 60], [30, 45, 60], [35, 45, 60]),
  'AWS::ServiceDiscovery::PrivateDnsNamespace': duration([36, 50, 90], [30, 45, 60]),
  'AWS::ServiceDiscovery::PublicDnsNamespace': duration([36, 50, 90], [30, 45, 60]),
  'AWS::CertificateManager::Certificate': duration([61, 180, 1800], [1, 1, 2]),
  'AWS::CloudFront::Distribution': duration([180, 216, 754], [180, 400, 900], [120, 180, 400]),
  'AWS::DynamoDB::Table': duration([2, 11, 17], [5, 7, 10]),
  'AWS::EKS::Cluster': duration([494, 640, 765], [152, 330, 552], [60, 120, 300]),
  'AWS::EKS::Nodegroup': duration([112, 180, 405], [300, 492, 600], [60, 120, 300]),
  'AWS::ApplicationAutoScaling::ScalableTarget': duration([1, 1.5, 2], [1, 1.5, 2]),
  'AWS::CloudWatch::Alarm': duration([1, 1.5, 2], [1, 1.5, 2]),
};

/** A gateway endpoint is a route, an interface endpoint a set of network interfaces. */
export const GATEWAY_ENDPOINT: Duration = duration([3, 5, 7], [5, 8, 15]);

/** How long Cloud Map's own operations take; EST. */
export const CLOUD_MAP_SECONDS = {
  submitted: [0.5, 1, 2],
  instance: [2, 5, 15],
  service: [1, 2, 5],
} as const satisfies Readonly<Record<string, Seconds>>;

/** What happens to databases and their snapshots beside their own making and end; all but `share` EST. */
export const DATABASE_SECONDS = {
  backup: [60, 90, 120],
  copy: [120, 300, 600],
  reboot: [30, 45, 90],
  restore: [300, 420, 600],
  share: [1, 1.5, 2],
  snapshot: [120, 180, 300],
  start: [120, 300, 600],
  stop: [60, 180, 600],
} as const satisfies Readonly<Record<string, Seconds>>;
