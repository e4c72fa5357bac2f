import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { saidBy, testNetwork } from '../../testing/test-network.ts';
import type { TestNetwork } from '../../testing/test-network.ts';

const HTTPS = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];

async function withGroup(): Promise<TestNetwork & { readonly group: string }> {
  const network = await testNetwork();
  const { GroupId = '' } = await network.ec2.createSecurityGroup({
    ...{ GroupName: 'web', Description: 'the web', VpcId: network.vpc },
  });
  return { ...network, group: GroupId };
}

test('a group lets everything out and nothing in, until rules say otherwise', async () => {
  const { ec2, group: GroupId } = await withGroup();
  const now = async () => (await ec2.describeSecurityGroups({ GroupIds: [GroupId] })).SecurityGroups?.[0];
  const everything = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  const empty = { Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };
  assert.equal((await now())?.IpPermissionsEgress, [{ ...everything, ...empty }]);
  assert.equal((await now())?.IpPermissions, []);
  await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: HTTPS });
  await ec2.revokeSecurityGroupEgress({ GroupId, IpPermissions: [everything] });
  assert.equal((await now())?.IpPermissions, [{ ...HTTPS[0], ...empty }]);
  assert.equal((await now())?.IpPermissionsEgress, []);
  const [rule] =
    (await ec2.describeSecurityGroupRules({ Filters: [{ Name: 'group-id', Values: [GroupId] }] })).SecurityGroupRules ??
    [];
  assert.is(rule?.CidrIpv4, '0.0.0.0/0');
  await ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds: [rule?.SecurityGroupRuleId ?? ''] });
  assert.equal((await now())?.IpPermissions, []);
});

test('a rule that is there, or is not there, is said so', async () => {
  const { ec2, group: GroupId } = await withGroup();
  await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: HTTPS });
  assert.is(
    await saidBy(ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: HTTPS })),
    'InvalidPermission.Duplicate: the specified rule "peer: 0.0.0.0/0, TCP, from port: 443, to port: 443, ALLOW" ' +
      'already exists',
  );
  const IpPermissions = [{ ...HTTPS[0], ToPort: 444 }];
  assert.is(
    await saidBy(ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions })),
    'InvalidPermission.NotFound: The specified rule does not exist in this security group.',
  );
  assert.is(
    await saidBy(ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds: ['sgr-1'] })),
    "InvalidSecurityGroupRuleId.NotFound: The security group rule ID 'sgr-1' does not exist",
  );
});

test('what is no rule is refused by its looks, and nothing of the request is kept', async () => {
  const { ec2, group: GroupId } = await withGroup();
  const refused = (permission: object) =>
    saidBy(ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [...HTTPS, permission] }));
  const IpRanges = [{ CidrIp: '10.0.0.0/8' }];
  const cases: readonly (readonly [object, string])[] = [
    [{ IpProtocol: 'tpc', IpRanges }, "Invalid value 'tpc' for IP protocol. Unknown protocol."],
    [{ IpProtocol: 'tcp', IpRanges }, 'Invalid value for portRange. Must specify both from and to ports with TCP/UDP.'],
    [{ IpProtocol: 'tcp', FromPort: 90, ToPort: 80, IpRanges }, 'Invalid TCP port range (90-80).'],
    [
      { IpProtocol: 'tcp', FromPort: 80, ToPort: 80 },
      'CIDR block, a security group ID or a prefix list has to be specified',
    ],
    [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '10.0.0.0/40' }] }, 'CIDR block 10.0.0.0/40 is malformed'],
  ];
  for (const [permission, text] of cases) assert.is(await refused(permission), `InvalidParameterValue: ${text}`);
  assert.is(
    await refused({ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-1' }] }),
    "InvalidGroup.NotFound: The security group 'sg-1' does not exist",
  );
  const many = Array.from({ length: 61 }, (_, port) => ({ ...HTTPS[0], FromPort: port, ToPort: port }));
  assert.is(
    await saidBy(ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: many })),
    'RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.',
  );
  assert.equal((await ec2.describeSecurityGroups({ GroupIds: [GroupId] })).SecurityGroups?.[0]?.IpPermissions, []);
});

test('a group that another one names stays, and so does one that an interface has', async () => {
  const { ec2, vpc, subnet, group } = await withGroup();
  const other = (await ec2.createSecurityGroup({ GroupName: 'db', Description: 'db', VpcId: vpc })).GroupId;
  const IpPermissions = [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: group }] }];
  await ec2.authorizeSecurityGroupIngress({ GroupId: other, IpPermissions });
  const inUse = `DependencyViolation: resource ${group} has a dependent object`;
  assert.is(await saidBy(ec2.deleteSecurityGroup({ GroupId: group })), inUse);
  await ec2.deleteSecurityGroup({ GroupId: other });
  const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId: subnet, Groups: [group] });
  assert.is(await saidBy(ec2.deleteSecurityGroup({ GroupId: group })), inUse);
  await ec2.deleteNetworkInterface({ NetworkInterfaceId: NetworkInterface?.NetworkInterfaceId });
  await ec2.deleteSecurityGroup({ GroupId: group });
});

test('names of groups are their own in a VPC', async () => {
  const { ec2, vpc } = await withGroup();
  const refused = (GroupName: string) => saidBy(ec2.createSecurityGroup({ GroupName, Description: 'x', VpcId: vpc }));
  assert.is(await refused('web'), `InvalidGroup.Duplicate: The security group 'web' already exists for VPC '${vpc}'`);
  assert.is(
    await refused('sg-web'),
    'InvalidParameterValue: Value (sg-web) for parameter GroupName is invalid. Group names may not be in the format sg-*.',
  );
  assert.is(await refused('default'), 'InvalidParameterValue: Cannot use reserved security group name: default');
  assert.is(
    await saidBy(ec2.createSecurityGroup({ GroupName: 'a', Description: 'x' })),
    'VPCIdNotSpecified: No default VPC for this user',
  );
  assert.is(
    await saidBy(ec2.describeSecurityGroups({ GroupIds: ['x'] })),
    'InvalidGroupId.Malformed: Invalid id: "x" (expecting "sg-...")',
  );
});

test.run();
