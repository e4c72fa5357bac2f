import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import * as ECS from '@aws-sdk/client-ecs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { REALM, failureOf, testCloud } from '../../testing/test-cloud.ts';

const GROUP = `arn:aws:autoscaling:eu-west-1:${REALM.account}:autoScalingGroup:1:autoScalingGroupName/nodes`;
const provider = { name: 'nodes', autoScalingGroupProvider: { autoScalingGroupArn: GROUP } };

function cloud() {
  const { as, pass } = testCloud();
  const config = as(REALM.account);
  return { ecs: new ECS.ECSClient(config), cfn: new CloudFormationClient(config), pass };
}

test('a provider is made once for its group, changed, and stays while a cluster has it', async () => {
  const { ecs } = cloud();
  const made = await ecs.send(new ECS.CreateCapacityProviderCommand(provider));
  assert.equal(
    [made.capacityProvider?.status, made.capacityProvider?.type, made.capacityProvider?.capacityProviderArn],
    ['ACTIVE', 'EC2_AUTOSCALING', `arn:aws:ecs:eu-west-1:${REALM.account}:capacity-provider/nodes`],
  );
  const again = ecs.send(new ECS.CreateCapacityProviderCommand({ ...provider, name: 'others' }));
  assert.equal(await failureOf(again), {
    name: 'ClientException',
    message:
      'The specified Auto Scaling group ARN is already being used by another capacity provider. Specify a unique Auto Scaling group ARN and try again.',
    status: 400,
  });
  const managedScaling = { status: 'ENABLED' as const, targetCapacity: 80 };
  const changed = await ecs.send(
    new ECS.UpdateCapacityProviderCommand({ name: 'nodes', autoScalingGroupProvider: { managedScaling } }),
  );
  assert.equal(changed.capacityProvider?.autoScalingGroupProvider, { autoScalingGroupArn: GROUP, managedScaling });
  await ecs.send(new ECS.CreateClusterCommand({ clusterName: 'stage', capacityProviders: ['nodes', 'FARGATE'] }));
  const remove = async () =>
    (await ecs.send(new ECS.DeleteCapacityProviderCommand({ capacityProvider: 'nodes' }))).capacityProvider;
  const kept = await remove();
  assert.equal(
    [kept?.status, kept?.updateStatus, kept?.updateStatusReason],
    [
      'ACTIVE',
      'DELETE_FAILED',
      'The capacity provider cannot be deleted because it is associated with cluster: stage. Remove the capacity provider from the cluster and try again.',
    ],
  );
  await ecs.send(
    new ECS.PutClusterCapacityProvidersCommand({
      ...{ cluster: 'stage', capacityProviders: ['FARGATE'], defaultCapacityProviderStrategy: [] },
    }),
  );
  assert.is((await remove())?.updateStatus, 'DELETE_COMPLETE');
  const described = await ecs.send(new ECS.DescribeCapacityProvidersCommand({}));
  assert.equal(
    described.capacityProviders?.map(({ name }) => name),
    ['FARGATE', 'FARGATE_SPOT'],
  );
});

test('what a service runs on cannot be taken from its cluster, by the API or by a stack', async () => {
  const { ecs, cfn, pass } = cloud();
  const Resources = {
    Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'stage' } },
    Providers: {
      Type: 'AWS::ECS::ClusterCapacityProviderAssociations',
      Properties: {
        Cluster: { Ref: 'Cluster' },
        CapacityProviders: ['FARGATE', 'FARGATE_SPOT'],
        DefaultCapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Weight: 1 }],
      },
    },
  };
  await cfn.send(new CreateStackCommand({ StackName: 'one', TemplateBody: JSON.stringify({ Resources }) }));
  pass(60_000);
  const clusters = await ecs.send(new ECS.DescribeClustersCommand({ clusters: ['stage'] }));
  assert.equal(clusters.clusters?.[0]?.capacityProviders, ['FARGATE', 'FARGATE_SPOT']);
  await ecs.send(
    new ECS.RegisterTaskDefinitionCommand({
      family: 'web',
      containerDefinitions: [{ name: 'web', image: 'public/web:1' }],
    }),
  );
  const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }];
  await ecs.send(
    new ECS.CreateServiceCommand({
      ...{ cluster: 'stage', serviceName: 'web', taskDefinition: 'web', desiredCount: 1, capacityProviderStrategy },
    }),
  );
  const only = (capacityProviders: string[]) =>
    ecs.send(
      new ECS.PutClusterCapacityProvidersCommand({
        ...{ cluster: 'stage', capacityProviders, defaultCapacityProviderStrategy: [] },
      }),
    );
  assert.equal(await failureOf(only(['FARGATE'])), {
    name: 'ResourceInUseException',
    message: 'The specified capacity provider is in use and cannot be removed.',
    status: 400,
  });
  await only(['FARGATE_SPOT']);
  await cfn.send(new DeleteStackCommand({ StackName: 'one' }));
  pass(1_200_000);
  const status = async () => (await cfn.send(new DescribeStacksCommand({ StackName: 'one' }))).Stacks?.[0]?.StackStatus;
  assert.is(await status(), 'DELETE_FAILED');
  await ecs.send(new ECS.DeleteServiceCommand({ cluster: 'stage', service: 'web', force: true }));
  pass(120_000);
  await cfn.send(new DeleteStackCommand({ StackName: 'one' }));
  pass(120_000);
  assert.is((await failureOf(status())).message, 'Stack with id one does not exist');
});

test('providers of one cluster alone keep it', async () => {
  const { ecs } = cloud();
  await ecs.send(new ECS.CreateClusterCommand({ clusterName: 'stage' }));
  const managedInstancesProvider = {
    infrastructureRoleArn: `arn:aws:iam::${REALM.account}:role/ecs`,
    instanceLaunchTemplate: {
      ec2InstanceProfileArn: `arn:aws:iam::${REALM.account}:instance-profile/ecs`,
      networkConfiguration: { subnets: ['subnet-1'] },
    },
  };
  await ecs.send(
    new ECS.CreateCapacityProviderCommand({ name: 'managed', cluster: 'stage', managedInstancesProvider }),
  );
  assert.equal(await failureOf(ecs.send(new ECS.DeleteClusterCommand({ cluster: 'stage' }))), {
    name: 'ClusterContainsCapacityProviderException',
    message: 'The Cluster cannot be deleted while Cluster Scoped Capacity Providers are attached to the cluster.',
    status: 400,
  });
});

test.run();
