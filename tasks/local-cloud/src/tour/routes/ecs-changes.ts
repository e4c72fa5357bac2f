import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';

const TOUR = { cluster: 'tour' };
const GROUP = 'arn:aws:autoscaling:eu-west-1:111111111111:autoScalingGroup:1:autoScalingGroupName/nodes';
const TARGET = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/tour/web',
  ScalableDimension: 'ecs:service:DesiredCount',
};
const POLICY = { ...TARGET, PolicyName: 'cpu' };
const TRACKING = {
  TargetValue: 60,
  PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
};

const clusters = stepsOf('ecs', [
  [
    'CreateCapacityProvider',
    { name: 'nodes', autoScalingGroupProvider: { autoScalingGroupArn: GROUP } },
    { expect: { 'capacityProvider.status': 'ACTIVE' } },
  ],
  [
    'UpdateCapacityProvider',
    { name: 'nodes', autoScalingGroupProvider: { managedScaling: { status: 'ENABLED', targetCapacity: 80 } } },
    { expect: { 'capacityProvider.autoScalingGroupProvider.managedScaling.targetCapacity': 80 } },
  ],
  ['DescribeCapacityProviders', {}, { expect: { capacityProviders: /"name":"nodes"/ } }],
  [
    'CreateCluster',
    { clusterName: 'tour', capacityProviders: ['nodes'], tags: [{ key: 'team', value: 'tour' }] },
    { save: { arn: 'cluster.clusterArn' }, expect: { 'cluster.status': 'ACTIVE' } },
  ],
  [
    'UpdateCluster',
    { ...TOUR, settings: [{ name: 'containerInsights', value: 'enabled' }] },
    { expect: { 'cluster.settings.0.value': 'enabled' } },
  ],
  [
    'DeleteCapacityProvider',
    { capacityProvider: 'nodes' },
    { expect: { 'capacityProvider.updateStatus': 'DELETE_FAILED' } },
  ],
  [
    'PutClusterCapacityProviders',
    { ...TOUR, capacityProviders: ['FARGATE'], defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
    { expect: { 'cluster.capacityProviders.0': 'FARGATE' } },
  ],
  [
    'DeleteCapacityProvider',
    { capacityProvider: 'nodes' },
    { expect: { 'capacityProvider.updateStatus': 'DELETE_COMPLETE' } },
  ],
  ['TagResource', { resourceArn: '<arn>', tags: [{ key: 'stage', value: 'one' }] }],
  ['UntagResource', { resourceArn: '<arn>', tagKeys: ['stage'] }],
  ['ListTagsForResource', { resourceArn: '<arn>' }, { expect: { 'tags.0.key': 'team' } }],
]);

const tasks = stepsOf('ecs', [
  [
    'RegisterTaskDefinition',
    { family: 'tour', containerDefinitions: [{ name: 'web', image: 'public/web:1', memory: 512 }] },
    { expect: { 'taskDefinition.revision': 1 } },
  ],
  ['ListTaskDefinitions', {}, { expect: { 'taskDefinitionArns.0': /task-definition\/tour:1$/ } }],
  ['ListTaskDefinitionFamilies', {}, { expect: { 'families.0': 'tour' } }],
  [
    'RunTask',
    { ...TOUR, taskDefinition: 'tour', startedBy: 'tour' },
    { save: { task: 'tasks.0.taskArn' }, expect: { 'tasks.0.desiredStatus': 'RUNNING' } },
  ],
  ['DescribeTasks', { ...TOUR, tasks: ['<task>'] }, { until: { 'tasks.0.lastStatus': 'RUNNING' } }],
  ['DeleteCluster', TOUR, { fails: 'ClusterContainsTasksException' }],
  ['StopTask', { ...TOUR, task: '<task>', reason: 'seen' }, { expect: { 'task.stoppedReason': 'seen' } }],
  ['DescribeTasks', { ...TOUR, tasks: ['<task>'] }, { until: { 'tasks.0.lastStatus': 'STOPPED' } }],
]);

const services = stepsOf('ecs', [
  [
    'CreateService',
    { ...TOUR, serviceName: 'web', taskDefinition: 'tour', desiredCount: 1 },
    { expect: { 'service.status': 'ACTIVE' } },
  ],
  [
    'DescribeServices',
    { ...TOUR, services: ['web'] },
    { until: { 'services.0.deployments.0.rolloutState': 'COMPLETED' } },
  ],
]);

const scaling = stepsOf('application-autoscaling', [
  ['PutScalingPolicy', { ...POLICY, PolicyType: 'TargetTrackingScaling' }, { fails: 'ObjectNotFoundException' }],
  ['RegisterScalableTarget', { ...TARGET, MinCapacity: 2, MaxCapacity: 4 }],
  [
    'DescribeScalableTargets',
    { ServiceNamespace: 'ecs' },
    { expect: { 'ScalableTargets.0.MinCapacity': 2, 'ScalableTargets.0.ResourceId': 'service/tour/web' } },
  ],
  [
    'PutScalingPolicy',
    { ...POLICY, PolicyType: 'TargetTrackingScaling', TargetTrackingScalingPolicyConfiguration: TRACKING },
    { expect: { 'Alarms.0.AlarmName': /^TargetTracking-service\/tour\/web-AlarmHigh-/ } },
  ],
  ['DescribeScalingPolicies', { ServiceNamespace: 'ecs' }, { expect: { 'ScalingPolicies.0.PolicyName': 'cpu' } }],
  ['DeleteScalingPolicy', POLICY],
]);

const end = [
  ...stepsOf('ecs', [
    [
      'DescribeServices',
      { ...TOUR, services: ['web'] },
      { until: { 'services.0.runningCount': 2 }, expect: { 'services.0.desiredCount': 2 } },
    ],
  ]),
  ...stepsOf('application-autoscaling', [
    ['DeregisterScalableTarget', TARGET],
    ['DeregisterScalableTarget', TARGET, { fails: 'ObjectNotFoundException' }],
  ]),
  ...stepsOf('ecs', [
    ['DeleteService', { ...TOUR, service: 'web' }, { fails: 'InvalidParameterException' }],
    ['DeleteService', { ...TOUR, service: 'web', force: true }, { expect: { 'service.status': 'DRAINING' } }],
    ['ListTasks', { ...TOUR }, { until: { taskArns: /^\[\]$/ } }],
    ['DeregisterTaskDefinition', { taskDefinition: 'tour:1' }, { expect: { 'taskDefinition.status': 'INACTIVE' } }],
    ['ListServices', TOUR, { until: { serviceArns: /^\[\]$/ } }],
    ['DeleteCluster', TOUR, { expect: { 'cluster.status': 'INACTIVE' } }],
  ]),
];

/** What is made without a template. */
export const ecsChangesRoute: Route = {
  name: 'ECS and Application Auto Scaling',
  steps: [...clusters, ...tasks, ...services, ...scaling, ...end],
};
