import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import * as Stacks from '@aws-sdk/client-cloudformation';
import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import * as ELB from '@aws-sdk/client-elastic-load-balancing-v2';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { testCloud } from '../../testing/test-cloud.ts';
import type { CloudOptions } from '../../cloud.ts';

const subnet = (letter: string, at: number) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: `10.0.${at}.0/24`, AvailabilityZone: `eu-west-1${letter}` },
});
const SUBNETS = [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }];

/** A service behind a load balancer, with its network. */
const RESOURCES = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  SubnetA: subnet('a', 0),
  SubnetB: subnet('b', 1),
  Guard: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'balancer', VpcId: { Ref: 'Vpc' } } },
  Balancer: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: { Scheme: 'internal', Subnets: SUBNETS, SecurityGroups: [{ Ref: 'Guard' }] },
  },
  Group: {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: {
      ...{ VpcId: { Ref: 'Vpc' }, Port: '80', Protocol: 'HTTP', TargetType: 'ip' },
      TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '60' }],
    },
  },
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      ...{ LoadBalancerArn: { Ref: 'Balancer' }, Port: '80', Protocol: 'HTTP' },
      DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }],
    },
  },
  Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'stage' } },
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: { Family: 'web', NetworkMode: 'awsvpc', ContainerDefinitions: [{ Name: 'web', Image: 'web:1' }] },
  },
  Service: {
    Type: 'AWS::ECS::Service',
    DependsOn: 'Listener',
    Properties: {
      ...{ ServiceName: 'web', Cluster: { Ref: 'Cluster' }, TaskDefinition: { Ref: 'Task' }, DesiredCount: 2 },
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: SUBNETS } },
      LoadBalancers: [{ TargetGroupArn: { Ref: 'Group' }, ContainerName: 'web', ContainerPort: 8080 }],
    },
  },
};

async function stage(resources: object = RESOURCES, options: Partial<CloudOptions> = {}) {
  const tested = testCloud(options);
  const config = tested.as('111111111111');
  const cfn = new CloudFormationClient(config);
  const elb = new ELB.ElasticLoadBalancingV2Client(config);
  const TemplateBody = JSON.stringify({ Resources: resources });
  const { StackId: StackName } = await cfn.send(new Stacks.CreateStackCommand({ StackName: 'stage', TemplateBody }));
  const ended = async (): Promise<string> => {
    for (let steps = 0; steps < 500; steps += 1) {
      const { Stacks: all } = await cfn.send(new Stacks.DescribeStacksCommand({ StackName }));
      const status = all?.[0]?.StackStatus ?? '';
      if (!status.endsWith('_IN_PROGRESS')) return status;
      tested.pass(10_000);
    }
    return 'never';
  };
  const health = async () => {
    const { TargetGroups } = await elb.send(new ELB.DescribeTargetGroupsCommand({}));
    const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn;
    const { TargetHealthDescriptions = [] } = await elb.send(new ELB.DescribeTargetHealthCommand({ TargetGroupArn }));
    return TargetHealthDescriptions.map(({ Target, TargetHealth }) =>
      [Target?.Port, TargetHealth?.State, TargetHealth?.Reason].filter((one) => one !== undefined).join(' '),
    );
  };
  const reasons = async () => {
    const { StackEvents = [] } = await cfn.send(new Stacks.DescribeStackEventsCommand({ StackName }));
    return StackEvents.flatMap(({ ResourceStatusReason: reason }) => reason ?? []);
  };
  return { ...tested, cfn, elb, ecs: new ECSClient(config), StackName, ended, health, reasons };
}

test('the tasks of a service are its targets, from when they run until they are drained', async () => {
  const { ecs, ended, health, pass, defects } = await stage();
  assert.is(await ended(), 'CREATE_COMPLETE');
  pass(60_000);
  assert.equal(await health(), ['8080 healthy', '8080 healthy']);
  await ecs.send(new UpdateServiceCommand({ cluster: 'stage', service: 'web', desiredCount: 1 }));
  assert.equal((await health()).sort(), ['8080 draining Target.DeregistrationInProgress', '8080 healthy']);
  pass(61_000);
  assert.equal(await health(), ['8080 healthy']);
  assert.equal(defects, []);
});

test('tasks that fail their checks are unhealthy until ECS ends them', async () => {
  const faults = { faults: [{ fault: 'task-unhealthy' as const }] };
  const { health, pass } = await stage(RESOURCES, { faults });
  const seen = new Set<string>();
  for (let steps = 0; steps < 60; steps += 1) {
    pass(10_000);
    for (const one of await health().catch(() => [])) seen.add(one);
  }
  assert.ok(seen.has('8080 unhealthy Target.FailedHealthChecks'), [...seen].join(', '));
  assert.not.ok(seen.has('8080 healthy'));
});

test('a stack with a load balancer goes away whole, its security group and subnets after the interfaces', async () => {
  const { cfn, elb, ended, StackName, pass } = await stage();
  await ended();
  await cfn.send(new Stacks.DeleteStackCommand({ StackName }));
  pass(1_000);
  assert.is(await ended(), 'DELETE_COMPLETE');
  assert.equal((await elb.send(new ELB.DescribeLoadBalancersCommand({}))).LoadBalancers, []);
});

test('a service is refused whose target group nothing forwards to yet', async () => {
  const { DependsOn: _early, ...service } = RESOURCES.Service;
  const { ended, reasons } = await stage({ ...RESOURCES, Service: service });
  assert.is(await ended(), 'ROLLBACK_COMPLETE');
  assert.ok(
    (await reasons()).some((reason) => / does not have an associated load balancer\."/.test(reason)),
    (await reasons()).join('\n'),
  );
});

test.run();
