import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createTestEngine, writesOf } from '../test-engine.ts';

const CLUSTER = `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
  Cluster: { Type: AWS::ECS::Cluster, Properties: { ClusterName: stage } }
  Job:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: job
      Cpu: '256'
      Memory: '512'
      NetworkMode: awsvpc
      RequiresCompatibilities: [FARGATE]
      ContainerDefinitions: [{ Name: job, Image: public.example/job }]
`;

test('a cluster waits for the tasks that its own teardown has stopped', async () => {
  const engine = createTestEngine({ 'stage-cluster': CLUSTER });
  assert.equal([...(await engine.run('up')).results], [['stage-cluster', 'created']]);
  const { Subnets = [] } = (await engine.invoke('ec2', 'DescribeSubnets', {})) as {
    readonly Subnets?: readonly { readonly SubnetId: string }[];
  };
  const place = { awsvpcConfiguration: { subnets: Subnets.map(({ SubnetId }) => SubnetId).slice(0, 1) } };
  const job = { cluster: 'stage', taskDefinition: 'job', launchType: 'FARGATE', networkConfiguration: place };
  await engine.invoke('ecs', 'RunTask', { ...job, count: 2 });
  await engine.clock.drive(engine.clock.sleep(600_000));
  const down = await engine.run('down');
  assert.equal([...down.results], [['stage-cluster', 'deleted']]);
  assert.equal(writesOf(down).slice(0, 2), ['StopTasks stage-cluster', 'DeleteStack stage-cluster']);
  const [retry] = down.journal.flatMap((entry) => (entry.type === 'retry' ? [entry] : []));
  assert.equal([retry?.class, retry?.pauseMs], ['draining', 30_000]);
  assert.match(retry?.reason ?? '', 'The Cluster cannot be deleted while Tasks are active.');
  assert.equal(engine.orphans, [], 'nothing was left to be rid of it');
});

test.run();
