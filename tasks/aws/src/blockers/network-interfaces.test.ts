import { CreateNetworkInterfaceCommand, EC2Client } from '@aws-sdk/client-ec2';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createTestStage } from './test-stage.ts';

const NETWORK = `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: !Ref Vpc, GroupDescription: of the tasks } }
Outputs:
  Subnet: { Value: !Ref Subnet }
  Group: { Value: !GetAtt Group.GroupId }
`;

test('detached interfaces are deleted once the subnet or the security group cannot be', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-network', NETWORK);
  const { Subnet: SubnetId = '', Group = '' } = stack.outputs;
  const ec2 = new EC2Client(stage.config);
  for (let index = 0; index < 2; index += 1) {
    await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId, Groups: [Group] }));
  }
  assert.equal(await stage.lines(stack), []);
  assert.is(stage.counter.calls['DescribeNetworkInterfaces'], undefined);
  const stuck = await stage.down(stack);
  assert.equal([...(await stage.lines(stack, stuck))].sort(), [
    `Group: security group ${Group} has 2 detached network interfaces; DeleteInterfaces`,
    `Subnet: subnet ${SubnetId} has 2 detached network interfaces; DeleteInterfaces`,
  ]);
  await stage.clear(stack, stuck);
  assert.equal(await stage.lines(stack, stuck), []);
  assert.is(await stage.down(stack), undefined);
});

test('an interface that another stack holds is that stack’s to delete', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-network', NETWORK);
  const { Subnet = '' } = stack.outputs;
  const held = `Resources: { Held: { Type: AWS::EC2::NetworkInterface, Properties: { SubnetId: ${Subnet} } } }`;
  const other = await stage.up('stage-held', held);
  const stuck = await stage.down(stack);
  assert.equal(
    stuck?.map(({ logicalId }) => logicalId),
    ['Subnet'],
  );
  assert.equal(await stage.lines(stack, stuck), []);
  assert.is(await stage.down(other), undefined);
  assert.is(await stage.down(stack), undefined);
});

test.run();
