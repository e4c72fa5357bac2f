/** Names that AWS gives where they do not follow from the service's own. */
const NAMES: Readonly<Record<string, string>> = {
  'autoscaling.amazonaws.com': 'AutoScaling',
  'ecs.amazonaws.com': 'ECS',
  'ecs.application-autoscaling.amazonaws.com': 'ApplicationAutoScaling_ECSService',
  'eks.amazonaws.com': 'AmazonEKS',
  'elasticache.amazonaws.com': 'ElastiCache',
  'elasticfilesystem.amazonaws.com': 'AmazonElasticFileSystem',
  'elasticloadbalancing.amazonaws.com': 'ElasticLoadBalancing',
  'rds.amazonaws.com': 'RDS',
  'rds.application-autoscaling.amazonaws.com': 'ApplicationAutoScaling_RDSCluster',
  'spot.amazonaws.com': 'EC2Spot',
};

/** `AWSServiceRoleForECS`, by service principal. */
export function linkedRoleName(service: string): string {
  const words = service.replace(/\.amazonaws\.com$/, '').split(/[.-]/);
  const made = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return `AWSServiceRoleFor${NAMES[service] ?? made}`;
}
