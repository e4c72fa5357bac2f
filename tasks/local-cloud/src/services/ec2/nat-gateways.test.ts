import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { saidBy, testNetwork } from '../../testing/test-network.ts';

const MINUTE_MS = 60_000;

test('a NAT gateway takes minutes to come and to go, and is shown for an hour after', async () => {
  const { ec2, vpc, subnet, pass } = await testNetwork();
  const { AllocationId } = await ec2.allocateAddress();
  const { NatGateway } = await ec2.createNatGateway({ SubnetId: subnet, AllocationId });
  const NatGatewayId = NatGateway?.NatGatewayId ?? '';
  const now = async () => (await ec2.describeNatGateways({ NatGatewayIds: [NatGatewayId] })).NatGateways?.[0];
  assert.is((await now())?.State, 'pending');
  pass(3 * MINUTE_MS);
  const made = await now();
  assert.is(made?.State, 'available');
  assert.is(made?.VpcId, vpc);
  assert.is(made?.NatGatewayAddresses?.[0]?.AllocationId, AllocationId);
  assert.is(
    await saidBy(ec2.releaseAddress({ AllocationId })),
    'AuthFailure: You do not have permission to access the specified resource.',
  );
  await ec2.deleteNatGateway({ NatGatewayId });
  assert.is((await now())?.State, 'deleting');
  assert.match(await saidBy(ec2.deleteSubnet({ SubnetId: subnet })), /^DependencyViolation/);
  pass(2 * MINUTE_MS);
  assert.is((await now())?.State, 'deleted');
  assert.ok((await now())?.DeleteTime);
  await ec2.deleteSubnet({ SubnetId: subnet });
  await ec2.releaseAddress({ AllocationId });
  pass(60 * MINUTE_MS);
  assert.is(await saidBy(now()), `NatGatewayNotFound: NatGateway ${NatGatewayId} was not found`);
});

test('one that cannot work fails by itself', async () => {
  const { ec2, vpc, subnet, gateway, pass } = await testNetwork();
  await ec2.detachInternetGateway({ VpcId: vpc, InternetGatewayId: gateway });
  const { AllocationId } = await ec2.allocateAddress();
  await ec2.createNatGateway({ SubnetId: subnet, AllocationId });
  pass(MINUTE_MS);
  const [failed] =
    (await ec2.describeNatGateways({ Filter: [{ Name: 'state', Values: ['failed'] }] })).NatGateways ?? [];
  assert.is(failed?.FailureCode, 'Gateway.NotAttached');
  assert.is(failed?.FailureMessage, `Network ${vpc} has no Internet gateway attached`);
});

test('a zone has five, and each needs an address', async () => {
  const { ec2, subnet } = await testNetwork();
  const create = () => ec2.createNatGateway({ SubnetId: subnet, ConnectivityType: 'private' });
  for (let i = 0; i < 5; i++) await create();
  assert.is(
    await saidBy(create()),
    'NatGatewayLimitExceeded: Performing this operation would exceed the limit of 5 NAT gateways',
  );
  assert.is(
    await saidBy(ec2.createNatGateway({ SubnetId: subnet })),
    'MissingParameter: The request must contain the parameter AllocationId',
  );
});

test('a request that is sent again makes nothing twice', async () => {
  const { ec2, subnet } = await testNetwork();
  const request = { SubnetId: subnet, ConnectivityType: 'private', ClientToken: 'once' } as const;
  const first = await ec2.createNatGateway(request);
  const again = await ec2.createNatGateway(request);
  assert.is(again.NatGateway?.NatGatewayId, first.NatGateway?.NatGatewayId);
  assert.is((await ec2.describeNatGateways()).NatGateways?.length, 1);
  assert.is(
    await saidBy(ec2.createNatGateway({ ...request, PrivateIpAddress: '10.0.0.9' })),
    'IdempotentParameterMismatch: The request uses the same client token as a previous, but non-identical request. ' +
      'Do not reuse a client token with different requests, unless the requests are identical.',
  );
});

test.run();
