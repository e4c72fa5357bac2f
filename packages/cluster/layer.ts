import { defineLayer, output, type LayerContext, type StackDefinition } from '@roundtrip/environment';
import { checkCluster } from './src/check-cluster.ts';
import { clusterConfig, type ClusterConfig } from './src/cluster-config.ts';

/** The template has five places for ranges, because CloudFormation has no loop; what is not used says none. */
const CIDR_PLACES = 5;

export default defineLayer({
  name: 'cluster',
  config: clusterConfig,
  limits: { onDemandBase: 10 },
  check: checkCluster,
  stacks: (context) => [clusterStack(context)],
});

function clusterStack({ config, environment }: LayerContext<ClusterConfig>): StackDefinition {
  const unused = Array<string>(CIDR_PLACES - config.allowedCidrs.length).fill('none');
  const { region, account } = environment;
  const repositoryArns = config.imageRepositories.map(
    (name) => `arn:${partitionOf(region)}:ecr:${region}:${account}:repository/${name}`,
  );
  return {
    template: 'templates/cluster.yaml',
    capabilities: ['CAPABILITY_IAM'],
    parameters: {
      VpcId: output('network', 'VpcId'),
      VpcCidr: output('network', 'VpcCidr'),
      SubnetIds: output('network', config.internetFacing ? 'PublicSubnetIds' : 'PrivateSubnetIds'),
      LoadBalancerScheme: config.internetFacing ? 'internet-facing' : 'internal',
      AllowedCidrs: [...config.allowedCidrs, ...unused].join(','),
      CertificateArn: config.certificateArn ?? '',
      AccessLogBucket: config.accessLogBucket ?? '',
      IdleTimeoutSeconds: String(config.idleTimeoutSeconds),
      DeletionProtection: String(environment.protect),
      ContainerInsights: config.containerInsights,
      OnDemandBase: String(config.onDemandBase),
      OnDemandWeight: String(100 - config.spotPercent),
      SpotWeight: String(config.spotPercent),
      LogRetentionDays: String(config.logRetentionDays),
      RepositoryArns: repositoryArns.join(','),
      AlarmEmail: config.alarmEmail ?? '',
      ServerErrorsPerMinute: String(config.serverErrorsPerMinute),
      LatencySeconds: String(config.latencyMs / 1000),
    },
  };
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
