import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createTestStage } from './test-stage.ts';

const PROTECTED = `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  A: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a } }
  B: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1b } }
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Name: stage-web
      Scheme: internal
      Subnets: [!Ref A, !Ref B]
      LoadBalancerAttributes: [{ Key: deletion_protection.enabled, Value: 'true' }]
Outputs: { Web: { Value: !Ref Web } }
`;

test('deletion protection of a load balancer is left to a person, who is told what to type', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-web', PROTECTED);
  assert.equal(await stage.lines(stack), [
    `Web: load balancer stage-web has deletion protection; type: aws elbv2 modify-load-balancer-attributes --load-balancer-arn ${stack.outputs['Web']} --attributes Key=deletion_protection.enabled,Value=false --region eu-west-1; or write "unprotect: true" in the env file`,
  ]);
});

test('deletion protection of a load balancer is switched off where the environment allows it', async () => {
  const stage = createTestStage({ mayUnprotect: true });
  const stack = await stage.up('stage-web', PROTECTED);
  assert.equal(await stage.lines(stack), [
    'Web: load balancer stage-web has deletion protection; UnprotectLoadBalancer',
  ]);
  await stage.clear(stack);
  assert.equal(await stage.lines(stack), []);
  assert.is(await stage.down(stack), undefined);
});

test.run();
