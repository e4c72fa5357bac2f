import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { saidBy, testNetwork } from '../../testing/test-network.ts';

test('an address goes from one interface to the next, and is released by nobody while in use', async () => {
  const { ec2, subnet } = await testNetwork();
  const make = async () =>
    (await ec2.createNetworkInterface({ SubnetId: subnet })).NetworkInterface?.NetworkInterfaceId;
  const [first, second] = [await make(), await make()];
  const { AllocationId, PublicIp } = await ec2.allocateAddress({ Domain: 'vpc' });
  const mapped = await ec2.associateAddress({ AllocationId, NetworkInterfaceId: first });
  assert.is(
    await saidBy(ec2.associateAddress({ AllocationId, NetworkInterfaceId: second, AllowReassociation: false })),
    `Resource.AlreadyAssociated: resource ${AllocationId} is already associated with associate-id ` +
      mapped.AssociationId,
  );
  const { AssociationId } = await ec2.associateAddress({ AllocationId, NetworkInterfaceId: second });
  const [address] = (await ec2.describeAddresses({ PublicIps: [PublicIp ?? ''] })).Addresses ?? [];
  assert.is(address?.NetworkInterfaceId, second);
  assert.is(
    await saidBy(ec2.releaseAddress({ AllocationId })),
    `InvalidIPAddress.InUse: Address ${PublicIp} is in use.`,
  );
  await ec2.disassociateAddress({ AssociationId });
  await ec2.releaseAddress({ AllocationId });
  assert.is(
    await saidBy(ec2.describeAddresses({ AllocationIds: [AllocationId ?? ''] })),
    `InvalidAllocationID.NotFound: The allocation ID '${AllocationId}' does not exist`,
  );
});

test('there are five addresses, and none in a VPC without a gateway', async () => {
  const { ec2, vpc, subnet, gateway } = await testNetwork();
  const { AllocationId } = await ec2.allocateAddress();
  for (let i = 0; i < 4; i++) await ec2.allocateAddress();
  assert.is(
    await saidBy(ec2.allocateAddress()),
    'AddressLimitExceeded: The maximum number of addresses has been reached.',
  );
  const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId: subnet });
  await ec2.detachInternetGateway({ VpcId: vpc, InternetGatewayId: gateway });
  const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId;
  assert.is(
    await saidBy(ec2.associateAddress({ AllocationId, NetworkInterfaceId })),
    `Gateway.NotAttached: Network ${vpc} is not attached to any internet gateway`,
  );
  assert.is(
    await saidBy(ec2.associateAddress({ AllocationId })),
    'MissingParameter: Either instance ID or network interface id must be specified',
  );
  assert.is(
    await saidBy(ec2.describeAddresses({ PublicIps: ['1.2.3.4'] })),
    "InvalidAddress.NotFound: Address '1.2.3.4' not found.",
  );
});

test('a gateway stays attached while there are public addresses', async () => {
  const { ec2, vpc, subnet, gateway } = await testNetwork();
  const { AllocationId } = await ec2.allocateAddress();
  const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId: subnet });
  const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId;
  const { AssociationId } = await ec2.associateAddress({ AllocationId, NetworkInterfaceId });
  const attachment = { VpcId: vpc, InternetGatewayId: gateway };
  assert.is(
    await saidBy(ec2.detachInternetGateway(attachment)),
    `DependencyViolation: Network ${vpc} has some mapped public address(es). ` +
      'Please unmap those public address(es) before detaching the gateway.',
  );
  assert.is(
    await saidBy(ec2.deleteInternetGateway({ InternetGatewayId: gateway })),
    `DependencyViolation: The internetGateway '${gateway}' has dependencies and cannot be deleted.`,
  );
  await ec2.disassociateAddress({ AssociationId });
  await ec2.detachInternetGateway(attachment);
  assert.is(
    await saidBy(ec2.detachInternetGateway(attachment)),
    `Gateway.NotAttached: resource ${gateway} is not attached to network ${vpc}`,
  );
  await ec2.deleteInternetGateway({ InternetGatewayId: gateway });
});

test('a gateway has one VPC, and a VPC one gateway', async () => {
  const { ec2, vpc, gateway } = await testNetwork();
  assert.is(
    await saidBy(ec2.attachInternetGateway({ VpcId: vpc, InternetGatewayId: gateway })),
    `Resource.AlreadyAssociated: resource ${gateway} is already attached to network ${vpc}`,
  );
  const { InternetGateway } = await ec2.createInternetGateway();
  assert.is(
    await saidBy(ec2.attachInternetGateway({ VpcId: vpc, InternetGatewayId: InternetGateway?.InternetGatewayId })),
    `InvalidParameterValue: Network ${vpc} already has an internet gateway attached`,
  );
});

test.run();
