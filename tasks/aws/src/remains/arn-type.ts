/** What Cloud Control calls the thing behind an ARN. */
export interface TypedId {
  readonly type: string;
  readonly id: string;
}

interface Rule {
  /** `service:resource-prefix`, matched against the ARN's third and sixth part. */
  readonly says: RegExp;
  readonly type: string;
  /** Cloud Control's identifier is the whole ARN for some types, the captured part for the others. */
  readonly byArn?: true;
  /** Makes the identifier of the ARN. */
  readonly idOf?: (arn: string) => string | undefined;
}

const RULES: readonly Rule[] = [
  { says: /^logs:log-group:([^:]+)/, type: 'AWS::Logs::LogGroup' },
  { says: /^cloudwatch:alarm:(.+)$/, type: 'AWS::CloudWatch::Alarm' },
  { says: /^cloudwatch:dashboard\/(.+)$/, type: 'AWS::CloudWatch::Dashboard' },
  { says: /^s3:([^/]+)$/, type: 'AWS::S3::Bucket' },
  { says: /^kms:key\/(.+)$/, type: 'AWS::KMS::Key' },
  { says: /^ec2:vpc\/(.+)$/, type: 'AWS::EC2::VPC' },
  { says: /^ec2:subnet\/(.+)$/, type: 'AWS::EC2::Subnet' },
  { says: /^ec2:security-group\/(.+)$/, type: 'AWS::EC2::SecurityGroup' },
  { says: /^ec2:natgateway\/(.+)$/, type: 'AWS::EC2::NatGateway' },
  { says: /^ec2:internet-gateway\/(.+)$/, type: 'AWS::EC2::InternetGateway' },
  { says: /^ec2:route-table\/(.+)$/, type: 'AWS::EC2::RouteTable' },
  { says: /^ec2:vpc-endpoint\/(.+)$/, type: 'AWS::EC2::VPCEndpoint' },
  { says: /^ec2:network-interface\/(.+)$/, type: 'AWS::EC2::NetworkInterface' },
  { says: /^ec2:volume\/(.+)$/, type: 'AWS::EC2::Volume' },
  { says: /^ec2:snapshot\/(.+)$/, type: 'AWS::EC2::Snapshot' },
  { says: /^ec2:elastic-ip\/(.+)$/, type: 'AWS::EC2::EIP' },
  { says: /^route53:hostedzone\/(.+)$/, type: 'AWS::Route53::HostedZone' },
  { says: /^elasticfilesystem:file-system\/(.+)$/, type: 'AWS::EFS::FileSystem' },
  { says: /^rds:db:(.+)$/, type: 'AWS::RDS::DBInstance' },
  { says: /^rds:snapshot:(.+)$/, type: 'AWS::RDS::DBSnapshot' },
  { says: /^rds:cluster-snapshot:(.+)$/, type: 'AWS::RDS::DBClusterSnapshot' },
  { says: /^rds:subgrp:(.+)$/, type: 'AWS::RDS::DBSubnetGroup' },
  { says: /^rds:pg:(.+)$/, type: 'AWS::RDS::DBParameterGroup' },
  { says: /^ecs:cluster\/(.+)$/, type: 'AWS::ECS::Cluster' },
  { says: /^ecr:repository\/(.+)$/, type: 'AWS::ECR::Repository' },
  { says: /^iam:role\/(?:.*\/)?(.+)$/, type: 'AWS::IAM::Role' },
  { says: /^ssm:parameter(\/.+)$/, type: 'AWS::SSM::Parameter' },
  { says: /^ecs:service\/[^/]+\/[^/]+$/, type: 'AWS::ECS::Service', idOf: serviceIdOf },
  { says: /^ecs:task-definition\//, type: 'AWS::ECS::TaskDefinition', byArn: true },
  { says: /^elasticloadbalancing:loadbalancer\//, type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', byArn: true },
  { says: /^elasticloadbalancing:targetgroup\//, type: 'AWS::ElasticLoadBalancingV2::TargetGroup', byArn: true },
  { says: /^elasticloadbalancing:listener\//, type: 'AWS::ElasticLoadBalancingV2::Listener', byArn: true },
  { says: /^secretsmanager:secret:/, type: 'AWS::SecretsManager::Secret', byArn: true },
  { says: /^sns:[^:]+$/, type: 'AWS::SNS::Topic', byArn: true },
];

/** Undefined for kinds of things that no rule knows: they are reported by their ARN. */
export function typedIdOf(arn: string): TypedId | undefined {
  const [, , service, , , ...rest] = arn.split(':');
  const text = `${service}:${rest.join(':')}`;
  for (const rule of RULES) {
    const match = rule.says.exec(text);
    if (match !== null)
      return { type: rule.type, id: rule.byArn === true ? arn : (match[1] ?? rule.idOf?.(arn) ?? arn) };
  }
  return undefined;
}

/**
 * What else the ARN of a parameter may stand for: `parameter/name` is that of `/name` and of `name`. Deeper names always
 * begin with a slash.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
 */
export function otherIdOf(arn: string): string | undefined {
  return /^arn:[^:]+:ssm:[^:]*:[^:]*:parameter\/([^/]+)$/.exec(arn)?.[1];
}

/** `<service>|<cluster>`, both by ARN. Services of before 2018 may have an ARN that does not name their cluster. */
export function serviceIdOf(arn: string): string | undefined {
  const [, account, cluster] = /^(arn:[^:]+:ecs:[^:]*:[^:]*):service\/([^/]+)\/[^/]+$/.exec(arn) ?? [];
  return cluster === undefined ? undefined : `${arn}|${account}:cluster/${cluster}`;
}
