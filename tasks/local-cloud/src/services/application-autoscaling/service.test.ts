import * as Scaling from '@aws-sdk/client-application-auto-scaling';
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import * as ECS from '@aws-sdk/client-ecs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { REALM, failureOf, testCloud } from '../../testing/test-cloud.ts';

const TARGET = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/stage/web',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;

async function cloud() {
  const { as, pass } = testCloud();
  const config = as(REALM.account);
  const ecs = new ECS.ECSClient(config);
  await ecs.send(new ECS.CreateClusterCommand({ clusterName: 'stage' }));
  const containerDefinitions = [{ name: 'web', image: 'public/web:1' }];
  await ecs.send(new ECS.RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions }));
  const service = { cluster: 'stage', serviceName: 'web', taskDefinition: 'web', desiredCount: 1 };
  await ecs.send(new ECS.CreateServiceCommand(service));
  pass(120_000);
  const counts = async () => {
    const { services } = await ecs.send(new ECS.DescribeServicesCommand({ cluster: 'stage', services: ['web'] }));
    return [services?.[0]?.desiredCount, services?.[0]?.runningCount];
  };
  return { pass, counts, config, scaling: new Scaling.ApplicationAutoScalingClient(config) };
}

test('a service is raised to its minimum and lowered to its maximum', async () => {
  const { scaling, counts, pass } = await cloud();
  const register = (MinCapacity?: number, MaxCapacity?: number) =>
    scaling.send(new Scaling.RegisterScalableTargetCommand({ ...TARGET, MinCapacity, MaxCapacity }));
  assert.is(
    (await failureOf(register())).message,
    'MinCapacity and MaxCapacity are required to register a new scalable target',
  );
  await register(3, 6);
  pass(120_000);
  assert.equal(await counts(), [3, 3]);
  await register(1, 2);
  pass(600_000);
  assert.equal(await counts(), [2, 2]);
  await register(1);
  const { ScalableTargets: targets } = await scaling.send(
    new Scaling.DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs' }),
  );
  assert.equal(
    targets?.map(({ MinCapacity, MaxCapacity }) => [MinCapacity, MaxCapacity]),
    [[1, 2]],
  );
  assert.is((await failureOf(register(5, 2))).message, 'Maximum capacity cannot be less than minimum capacity');
});

test('target tracking has alarms of its own, which go with the target', async () => {
  const { scaling, config } = await cloud();
  const policy = {
    ...TARGET,
    PolicyName: 'cpu',
    PolicyType: 'TargetTrackingScaling' as const,
    TargetTrackingScalingPolicyConfiguration: { TargetValue: 60 },
  };
  assert.is(
    (await failureOf(scaling.send(new Scaling.PutScalingPolicyCommand(policy)))).message,
    'No scalable target found for service namespace: ecs, resource ID: service/stage/web, scalable dimension: ecs:service:DesiredCount',
  );
  await scaling.send(new Scaling.RegisterScalableTargetCommand({ ...TARGET, MinCapacity: 1, MaxCapacity: 2 }));
  const { Alarms: own } = await scaling.send(new Scaling.PutScalingPolicyCommand(policy));
  const alarms = async () => {
    const { MetricAlarms: found } = await new CloudWatchClient(config).send(new DescribeAlarmsCommand({}));
    return found?.map(({ AlarmName }) => AlarmName).sort();
  };
  assert.equal(await alarms(), own?.map(({ AlarmName }) => AlarmName).sort());
  await scaling.send(new Scaling.DeregisterScalableTargetCommand(TARGET));
  assert.equal(await alarms(), []);
  const { ScalingPolicies: left } = await scaling.send(
    new Scaling.DescribeScalingPoliciesCommand({ ServiceNamespace: 'ecs' }),
  );
  assert.equal(left, []);
});

test('a template registers the same targets', async () => {
  const { counts, config, pass, scaling } = await cloud();
  const target = {
    Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    Properties: { ...TARGET, MinCapacity: 2, MaxCapacity: 4 },
  };
  const policy = {
    Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    Properties: {
      PolicyName: 'cpu',
      PolicyType: 'TargetTrackingScaling',
      ScalingTargetId: { Ref: 'Target' },
      TargetTrackingScalingPolicyConfiguration: { TargetValue: 60 },
    },
  };
  const cfn = new CloudFormationClient(config);
  const TemplateBody = JSON.stringify({ Resources: { Target: target, Policy: policy } });
  await cfn.send(new CreateStackCommand({ StackName: 'one', TemplateBody }));
  pass(300_000);
  const { Stacks } = await cfn.send(new DescribeStacksCommand({}));
  assert.is(Stacks?.[0]?.StackStatus, 'CREATE_COMPLETE');
  assert.equal(await counts(), [2, 2]);
  const described = new Scaling.DescribeScalingPoliciesCommand({
    ServiceNamespace: 'ecs',
    ResourceId: TARGET.ResourceId,
  });
  assert.is((await scaling.send(described)).ScalingPolicies?.[0]?.Alarms?.length, 2);
});

test.run();
