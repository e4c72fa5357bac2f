type Attributes = Readonly<Record<string, string>>;

const ANY_BALANCER: Attributes = {
  'deletion_protection.enabled': 'false',
  'load_balancing.cross_zone.enabled': 'false',
};
const LOGGED: Attributes = {
  'access_logs.s3.enabled': 'false',
  'access_logs.s3.bucket': '',
  'access_logs.s3.prefix': '',
  'ipv6.deny_all_igw_traffic': 'false',
  'zonal_shift.config.enabled': 'false',
};
const APPLICATION: Attributes = {
  ...ANY_BALANCER,
  ...LOGGED,
  'load_balancing.cross_zone.enabled': 'true',
  'client_keep_alive.seconds': '3600',
  'connection_logs.s3.enabled': 'false',
  'connection_logs.s3.bucket': '',
  'connection_logs.s3.prefix': '',
  'health_check_logs.s3.enabled': 'false',
  'health_check_logs.s3.bucket': '',
  'health_check_logs.s3.prefix': '',
  'idle_timeout.timeout_seconds': '60',
  'routing.http.desync_mitigation_mode': 'defensive',
  'routing.http.drop_invalid_header_fields.enabled': 'false',
  'routing.http.preserve_host_header.enabled': 'false',
  'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': 'false',
  'routing.http.xff_client_port.enabled': 'false',
  'routing.http.xff_header_processing.mode': 'append',
  'routing.http2.enabled': 'true',
  'waf.fail_open.enabled': 'false',
};
const NETWORK: Attributes = {
  ...ANY_BALANCER,
  ...LOGGED,
  'dns_record.client_routing_policy': 'any_availability_zone',
  'secondary_ips.auto_assigned.per_subnet': '0',
};

/** What a load balancer's attributes are until somebody sets them. */
export function loadBalancerDefaults(kind: string): Attributes {
  if (kind === 'application') return APPLICATION;
  return kind === 'network' ? NETWORK : ANY_BALANCER;
}

const HEALTH_REQUIREMENTS: Attributes = {
  'target_group_health.dns_failover.minimum_healthy_targets.count': '1',
  'target_group_health.dns_failover.minimum_healthy_targets.percentage': 'off',
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': '1',
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': 'off',
};
const ANY_GROUP: Attributes = {
  'deregistration_delay.timeout_seconds': '300',
  'stickiness.enabled': 'false',
};
const HTTP_GROUP: Attributes = {
  ...ANY_GROUP,
  ...HEALTH_REQUIREMENTS,
  'stickiness.type': 'lb_cookie',
  'stickiness.lb_cookie.duration_seconds': '86400',
  'stickiness.app_cookie.cookie_name': '',
  'stickiness.app_cookie.duration_seconds': '86400',
  'load_balancing.algorithm.type': 'round_robin',
  'load_balancing.algorithm.anomaly_mitigation': 'off',
  'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
  'slow_start.duration_seconds': '0',
};
const STREAM_GROUP: Attributes = {
  ...ANY_GROUP,
  ...HEALTH_REQUIREMENTS,
  'stickiness.type': 'source_ip',
  'deregistration_delay.connection_termination.enabled': 'false',
  'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
  'preserve_client_ip.enabled': 'true',
  'proxy_protocol_v2.enabled': 'false',
  'target_health_state.unhealthy.connection_termination.enabled': 'true',
  'target_health_state.unhealthy.draining_interval_seconds': '0',
};
const GATEWAY_GROUP: Attributes = {
  ...ANY_GROUP,
  'stickiness.type': 'source_ip_dest_ip_proto',
  'target_failover.on_deregistration': 'no_rebalance',
  'target_failover.on_unhealthy': 'no_rebalance',
};
const LAMBDA_GROUP: Attributes = {
  'lambda.multi_value_headers.enabled': 'false',
  ...Object.fromEntries(Object.entries(HTTP_GROUP).filter(([key]) => key.startsWith('target_group_health.'))),
  'stickiness.enabled': 'false',
};

/** What a target group's attributes are until somebody sets them. */
export function targetGroupDefaults({ Protocol: protocol, TargetType: type }: Readonly<Record<string, unknown>>) {
  if (type === 'lambda') return LAMBDA_GROUP;
  if (protocol === 'HTTP' || protocol === 'HTTPS') return HTTP_GROUP;
  return protocol === 'GENEVE' ? GATEWAY_GROUP : STREAM_GROUP;
}
