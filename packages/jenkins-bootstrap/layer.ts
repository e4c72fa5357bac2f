import { defineLayer, output, type LayerContext, type StackDefinition } from '@roundtrip/environment';
import { checkConfiguration } from './src/check-configuration.ts';
import { configSchema, LIMITS, SIZES, type JenkinsConfig } from './src/config.ts';
import { configurationHash, configurationTexts } from './src/configuration-texts.ts';

type Context = LayerContext<JenkinsConfig>;

/** Jenkins: its home, and beside it the controller with its agents, so that the one outlives the other. */
export default defineLayer({
  name: 'jenkins-bootstrap',
  config: configSchema,
  limits: LIMITS,
  check: checkConfiguration,
  stacks: (context) => [homeStack(context), controllerStack(context)],
});

/**
 * A DeletionPolicy cannot be a parameter, so there are two templates. Their resources have the same names: going over
 * from one to the other changes the policy and replaces nothing.
 */
function homeStack({ config, environment }: Context): StackDefinition {
  return {
    name: 'home',
    template: (config.keepHome ?? environment.protect) ? 'templates/home-kept.yaml' : 'templates/home-disposable.yaml',
    parameters: {
      VpcId: output('network', 'VpcId'),
      SubnetIds: output('network', 'PrivateSubnetIds'),
      ZoneCount: output('network', 'ZoneCount'),
      Backups: config.backups ? 'ENABLED' : 'DISABLED',
    },
  };
}

function controllerStack(context: Context): StackDefinition {
  const { config, environment } = context;
  const texts = configurationTexts(context);
  return {
    name: 'controller',
    template: 'templates/controller.yaml',
    capabilities: ['CAPABILITY_IAM'],
    parameters: {
      ...placeParameters(),
      ...homeParameters(),
      ...imageParameters(config),
      ...Object.fromEntries(texts.map(({ parameter, text }) => [parameter, text])),
      ConfigurationHash: configurationHash(texts),
      EnvironmentName: environment.name,
      HostName: config.hostName ?? '',
      AllowedCidrs: config.allowedCidrs.join(','),
      Priority: String(config.priority),
      AgentsMax: String(config.agentsMax),
      AgentRoleArns: config.agentRoleArns.join(','),
      RepositoryUrl: config.repositoryUrl ?? '',
      RepositoryBranch: config.repositoryBranch,
      LogRetentionDays: String(config.logRetentionDays),
    },
  };
}

/** Where Jenkins runs, from the layers below. */
function placeParameters(): StackDefinition['parameters'] {
  return {
    VpcId: output('network', 'VpcId'),
    SubnetIds: output('network', 'PrivateSubnetIds'),
    NamespaceId: output('network', 'NamespaceId'),
    NamespaceName: output('network', 'NamespaceName'),
    ClusterName: output('cluster', 'ClusterName'),
    ClusterArn: output('cluster', 'ClusterArn'),
    ListenerArn: output('cluster', 'ListenerArn'),
    LoadBalancerFullName: output('cluster', 'LoadBalancerFullName'),
    LoadBalancerSecurityGroupId: output('cluster', 'LoadBalancerSecurityGroupId'),
    LoadBalancerUrl: output('cluster', 'LoadBalancerUrl'),
    AlarmTopicArn: output('cluster', 'AlarmTopicArn'),
  };
}

function homeParameters(): StackDefinition['parameters'] {
  return {
    FileSystemId: output('jenkins-bootstrap/home', 'FileSystemId'),
    FileSystemArn: output('jenkins-bootstrap/home', 'FileSystemArn'),
    AccessPointId: output('jenkins-bootstrap/home', 'AccessPointId'),
    AccessPointArn: output('jenkins-bootstrap/home', 'AccessPointArn'),
    HomeSecurityGroupId: output('jenkins-bootstrap/home', 'ClientSecurityGroupId'),
  };
}

function imageParameters(config: JenkinsConfig): StackDefinition['parameters'] {
  const controller = SIZES[config.controllerSize];
  const agent = SIZES[config.agentSize];
  return {
    ControllerImage: config.controllerImage,
    ControllerCpu: String(controller.cpu),
    ControllerMemoryMb: String(controller.memoryMb),
    AgentImage: config.agentImage,
    AgentToolsImage: config.agentToolsImage,
    AgentCpu: String(agent.cpu),
    AgentMemoryMb: String(agent.memoryMb),
  };
}
