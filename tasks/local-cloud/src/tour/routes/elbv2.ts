import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';

const ROUTE_ALL = { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain' } };
const FORWARD = { Type: 'forward', TargetGroupArn: '<group>' };
const BALANCER = { LoadBalancerArn: '<balancer>' };
const GROUP = { TargetGroupArn: '<group>' };
const TARGET = { ...GROUP, Targets: [{ Id: '10.0.0.77' }] };
const paths = (...Values: string[]) => [{ Field: 'path-pattern', Values }];

const network = stepsOf('ec2', [
  ['CreateVpc', { CidrBlock: '10.0.0.0/16' }, { save: { vpc: 'Vpc.VpcId' } }],
  ...['a', 'b', 'c'].map((letter, at): [string, object, object] => [
    'CreateSubnet',
    { VpcId: '<vpc>', CidrBlock: `10.0.${at}.0/24`, AvailabilityZone: `eu-west-1${letter}` },
    { save: { [letter]: 'Subnet.SubnetId' } },
  ]),
  ['CreateSecurityGroup', { VpcId: '<vpc>', GroupName: 'tour', Description: 'tour' }, { save: { sg: 'GroupId' } }],
]);

const balancer = stepsOf('elasticloadbalancing', [
  [
    'CreateLoadBalancer',
    { Name: 'tour', Scheme: 'internal', Subnets: ['<a>', '<b>'] },
    { save: { balancer: 'LoadBalancers.0.LoadBalancerArn' }, expect: { 'LoadBalancers.0.State.Code': 'provisioning' } },
  ],
  ['CreateLoadBalancer', { Name: 'one', Scheme: 'internal', Subnets: ['<a>'] }, { fails: 'ValidationError' }],
  ['DescribeLoadBalancers', { Names: ['tour'] }, { until: { 'LoadBalancers.0.State.Code': 'active' } }],
  [
    'SetSubnets',
    { ...BALANCER, Subnets: ['<b>', '<c>'] },
    { expect: { 'AvailabilityZones.1.ZoneName': 'eu-west-1c' } },
  ],
  ['SetSecurityGroups', { ...BALANCER, SecurityGroups: ['<sg>'] }, { expect: { 'SecurityGroupIds.0': /^sg-/ } }],
  [
    'ModifyLoadBalancerAttributes',
    { ...BALANCER, Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '120' }] },
    { expect: { Attributes: /idle_timeout/ } },
  ],
  ['DescribeLoadBalancerAttributes', BALANCER, { expect: { Attributes: /deletion_protection/ } }],
  ['AddTags', { ResourceArns: ['<balancer>'], Tags: [{ Key: 'team', Value: 'tour' }] }],
  ['DescribeTags', { ResourceArns: ['<balancer>'] }, { expect: { 'TagDescriptions.0.Tags.0.Value': 'tour' } }],
  ['RemoveTags', { ResourceArns: ['<balancer>'], TagKeys: ['team'] }],
]);

const group = stepsOf('elasticloadbalancing', [
  [
    'CreateTargetGroup',
    { Name: 'tour', Protocol: 'HTTP', Port: 80, VpcId: '<vpc>', TargetType: 'ip' },
    { save: { group: 'TargetGroups.0.TargetGroupArn' } },
  ],
  ['DescribeTargetGroups', { Names: ['tour'] }, { expect: { 'TargetGroups.0.TargetType': 'ip' } }],
  ['ModifyTargetGroup', { ...GROUP, HealthCheckPath: '/up' }, { expect: { 'TargetGroups.0.HealthCheckPath': '/up' } }],
  [
    'ModifyTargetGroupAttributes',
    { ...GROUP, Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }] },
    { expect: { Attributes: /delay/ } },
  ],
  ['DescribeTargetGroupAttributes', GROUP, { expect: { Attributes: /stickiness/ } }],
]);

const listener = stepsOf('elasticloadbalancing', [
  [
    'CreateListener',
    { ...BALANCER, Protocol: 'HTTP', Port: 80, DefaultActions: [ROUTE_ALL] },
    { save: { listener: 'Listeners.0.ListenerArn' } },
  ],
  ['ModifyListener', { ListenerArn: '<listener>', Port: 8080 }, { expect: { 'Listeners.0.Port': 8080 } }],
  ['DescribeListeners', BALANCER, { expect: { 'Listeners.0.DefaultActions.0.Type': 'fixed-response' } }],
  [
    'CreateRule',
    { ListenerArn: '<listener>', Priority: 10, Conditions: paths('/a'), Actions: [FORWARD] },
    { save: { rule: 'Rules.0.RuleArn' } },
  ],
  [
    'CreateRule',
    { ListenerArn: '<listener>', Priority: 10, Conditions: paths('/b'), Actions: [FORWARD] },
    { fails: 'PriorityInUse' },
  ],
  ['ModifyRule', { RuleArn: '<rule>', Conditions: paths('/c') }, { expect: { 'Rules.0.Conditions': /\/c/ } }],
  [
    'SetRulePriorities',
    { RulePriorities: [{ RuleArn: '<rule>', Priority: 20 }] },
    { expect: { 'Rules.0.Priority': '20' } },
  ],
  ['DescribeRules', { ListenerArn: '<listener>' }, { expect: { 'Rules.1.IsDefault': true } }],
]);

const state = 'TargetHealthDescriptions.0.TargetHealth.State';
const end = stepsOf('elasticloadbalancing', [
  ['RegisterTargets', TARGET],
  ['DescribeTargetHealth', GROUP, { until: { [state]: 'unhealthy' } }],
  ['DeregisterTargets', TARGET],
  ['DescribeTargetHealth', GROUP, { until: { TargetHealthDescriptions: /^\[\]$/ } }],
  ['DeleteTargetGroup', GROUP, { fails: 'ResourceInUse' }],
  ['DeleteRule', { RuleArn: '<rule>' }],
  ['DeleteTargetGroup', GROUP],
  ['DescribeTargetGroups', { Names: ['tour'] }, { fails: 'TargetGroupNotFound' }],
  ['DeleteListener', { ListenerArn: '<listener>' }],
  ['DeleteLoadBalancer', BALANCER],
]);

export const elbv2Route: Route = {
  name: 'Elastic Load Balancing',
  steps: [...network, ...balancer, ...group, ...listener, ...end],
};
