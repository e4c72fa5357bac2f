import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';
import { templateText } from './template-text.ts';

const TEMPLATE = templateText({
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' } },
  Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'tour' } },
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      Family: 'tour',
      Cpu: '256',
      Memory: '512',
      NetworkMode: 'awsvpc',
      RequiresCompatibilities: ['FARGATE'],
      ContainerDefinitions: [{ Name: 'web', Image: 'web:1' }],
    },
  },
  Service: {
    Type: 'AWS::ECS::Service',
    Properties: {
      ServiceName: 'web',
      Cluster: { Ref: 'Cluster' },
      TaskDefinition: { Ref: 'Task' },
      LaunchType: 'FARGATE',
      DesiredCount: 1,
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [{ Ref: 'Subnet' }] } },
    },
  },
});
const TOUR = { cluster: 'tour' };

export const ecsRoute: Route = {
  name: 'ECS',
  steps: [
    ...stepsOf('cloudformation', [
      ['CreateStack', { StackName: 'ecs', TemplateBody: TEMPLATE }],
      ['DescribeStacks', { StackName: 'ecs' }, { until: { 'Stacks.0.StackStatus': 'CREATE_COMPLETE' } }],
    ]),
    ...stepsOf('ecs', [
      ['ListClusters', {}, { expect: { 'clusterArns.0': /cluster\/tour$/ } }],
      ['DescribeClusters', { clusters: ['tour'] }, { expect: { 'clusters.0.status': 'ACTIVE' } }],
      ['ListServices', TOUR, { expect: { 'serviceArns.0': /service\/tour\/web$/ } }],
      ['DescribeServices', { ...TOUR, services: ['web'] }, { until: { 'services.0.runningCount': 1 } }],
      ['DescribeTaskDefinition', { taskDefinition: 'tour' }, { expect: { 'taskDefinition.revision': 1 } }],
      ['ListTasks', { ...TOUR, serviceName: 'web' }, { save: { task: 'taskArns.0' } }],
      ['DescribeTasks', { ...TOUR, tasks: ['<task>'] }, { until: { 'tasks.0.lastStatus': 'RUNNING' } }],
      ['UpdateService', { ...TOUR, service: 'web', desiredCount: 0 }, { expect: { 'service.desiredCount': 0 } }],
    ]),
    ...stepsOf('ec2', [['DescribeNetworkInterfaces', {}, { expect: { NetworkInterfaces: /^\[/ } }]]),
    ...stepsOf('cloudformation', [
      ['DeleteStack', { StackName: 'ecs' }],
      ['ListStacks', {}, { until: { 'StackSummaries.0.StackStatus': 'DELETE_COMPLETE' } }],
    ]),
  ],
};
