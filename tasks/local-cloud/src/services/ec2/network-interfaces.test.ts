import * as EC2 from '@aws-sdk/client-ec2';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, testCloud } from '../../testing/test-cloud.ts';

const INTERFACE = {
  type: 'AWS::EC2::NetworkInterface',
  id: 'eni-0123456789abcdef0',
  attributes: { PrimaryPrivateIpAddress: '10.0.1.7', VpcId: 'vpc-1' },
  properties: { SubnetId: 'subnet-1', GroupSet: ['sg-1'], Description: 'ELB app/web/0123456789abcdef' },
  tags: { Name: 'web' },
};

test('interfaces are described with their groups, and found by filters with wildcards', async () => {
  const { as } = testCloud({ planted: [INTERFACE] });
  const ec2 = new EC2.EC2Client(as('111111111111'));
  const found = async (...Filters: EC2.Filter[]) =>
    (await ec2.send(new EC2.DescribeNetworkInterfacesCommand({ Filters }))).NetworkInterfaces ?? [];
  const [described] = await found({ Name: 'description', Values: ['ELB app/*'] });
  assert.ok(described);
  assert.is(described.NetworkInterfaceId, INTERFACE.id);
  assert.equal(described.Groups, [{ GroupId: 'sg-1' }]);
  assert.equal(described.TagSet, [{ Key: 'Name', Value: 'web' }]);
  assert.is(described.RequesterManaged, false);
  assert.is((await found({ Name: 'tag:Name', Values: ['x', 'web'] }, { Name: 'vpc-id', Values: ['vpc-1'] })).length, 1);
  assert.is((await found({ Name: 'group-id', Values: ['sg-2'] })).length, 0);
});

test('what is not there, and what is no filter, is answered as AWS words it', async () => {
  const ec2 = new EC2.EC2Client(testCloud().as('111111111111'));
  const refused = (input: EC2.DescribeNetworkInterfacesRequest) =>
    failureOf(ec2.send(new EC2.DescribeNetworkInterfacesCommand(input)));
  assert.equal(await refused({ NetworkInterfaceIds: ['eni-1'] }), {
    name: 'InvalidNetworkInterfaceID.NotFound',
    message: "The networkInterface ID 'eni-1' does not exist",
    status: 400,
  });
  assert.is((await refused({ NetworkInterfaceIds: ['x'] })).message, 'Invalid id: "x" (expecting "eni-...")');
  assert.is(
    (await refused({ Filters: [{ Name: 'colour', Values: ['x'] }] })).message,
    "The filter 'colour' is invalid",
  );
});

test.run();
