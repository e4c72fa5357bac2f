import type { Leftover } from '@roundtrip/engine';

type Command = (id: string, snapshot: string, region: string) => string;

const ofCluster =
  (service: string): Command =>
  (id, snapshot, region) =>
    `aws ${service} delete-db-cluster --db-cluster-identifier ${id} --final-db-snapshot-identifier ${snapshot} --region ${region}`;

const COMMANDS: Readonly<Record<string, Command>> = {
  'AWS::RDS::DBInstance': (id, snapshot, region) =>
    `aws rds delete-db-instance --db-instance-identifier ${id} --final-db-snapshot-identifier ${snapshot} --region ${region}`,
  'AWS::RDS::DBCluster': ofCluster('rds'),
  'AWS::DocDB::DBCluster': ofCluster('docdb'),
  'AWS::Neptune::DBCluster': ofCluster('neptune'),
  'AWS::Redshift::Cluster': (id, snapshot, region) =>
    `aws redshift delete-cluster --cluster-identifier ${id} --final-cluster-snapshot-identifier ${snapshot} --region ${region}`,
  'AWS::ElastiCache::CacheCluster': (id, snapshot, region) =>
    `aws elasticache delete-cache-cluster --cache-cluster-id ${id} --final-snapshot-identifier ${snapshot} --region ${region}`,
  'AWS::ElastiCache::ReplicationGroup': (id, snapshot, region) =>
    `aws elasticache delete-replication-group --replication-group-id ${id} --final-snapshot-identifier ${snapshot} --region ${region}`,
  // A volume may go once its snapshot is whole.
  'AWS::EC2::Volume': (id, _snapshot, region) =>
    `aws ec2 wait snapshot-completed --region ${region} --snapshot-ids $(aws ec2 create-snapshot --volume-id ${id} --query SnapshotId --output text --region ${region}) && aws ec2 delete-volume --volume-id ${id} --region ${region}`,
};

/**
 * What takes a last snapshot of a thing and deletes it; undefined for what AWS takes no snapshot of. The snapshot has the
 * logical name in its own as CloudFormation's have it, so that `destroy.retain` means both.
 */
export function lastSnapshot({ type = '', id = '', logicalId = '' }: Leftover, region: string): string | undefined {
  return COMMANDS[type]?.(id, `${id}-snapshot-${logicalId.toLowerCase()}-final`, region);
}
