import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf } from '../../testing/test-cloud.ts';
import { saidBy, testNetwork } from '../../testing/test-network.ts';

test('lists come in pages of five at least', async () => {
  const { ec2, vpc } = await testNetwork();
  for (let i = 1; i <= 6; i++) await ec2.createSubnet({ VpcId: vpc, CidrBlock: `10.0.${i}.0/24` });
  const first = await ec2.describeSubnets({ MaxResults: 5 });
  assert.is(first.Subnets?.length, 5);
  const { NextToken, Subnets } = await ec2.describeSubnets({ MaxResults: 5, NextToken: first.NextToken });
  assert.is(Subnets?.length, 2);
  assert.is(NextToken, undefined);
  assert.is((await ec2.describeSubnets()).Subnets?.length, 7, 'all of them where no page is asked for');
  assert.is(
    await saidBy(ec2.describeSubnets({ MaxResults: 4 })),
    'InvalidParameterValue: Value ( 4 ) for parameter maxResults is invalid. Expecting a value greater than 5.',
  );
  assert.is(
    await saidBy(ec2.describeSubnets({ MaxResults: 5, NextToken: 'x' })),
    'InvalidParameterValue: Unable to parse pagination token',
  );
});

test('filters are joined by and, their values by or, and wildcards stand for anything', async () => {
  const { ec2, vpc } = await testNetwork();
  const found = async (...Filters: { Name: string; Values: string[] }[]) =>
    (await ec2.describeSubnets({ Filters })).Subnets?.length;
  const own = { Name: 'vpc-id', Values: [vpc] };
  assert.is(await found(own, { Name: 'cidr-block', Values: ['10.9.0.0/24', '10.0.0.0/24'] }), 1);
  assert.is(await found(own, { Name: 'cidr-block', Values: ['10.?.0.*'] }), 1);
  assert.is(await found(own, { Name: 'cidr-block', Values: ['10.?.0'] }), 0);
  assert.is(await found({ Name: 'vpc-id', Values: ['VPC-*'] }), 0, 'case counts');
  assert.is(await found({ Name: 'subnet-id', Values: [`${'*a'.repeat(60)}*`] }), 0, 'and many wildcards end, too');
  assert.is(
    await saidBy(found({ Name: 'colour', Values: ['red'] })),
    "InvalidParameterValue: The filter 'colour' is invalid",
  );
});

test('a dry run says what would have happened, and does nothing', async () => {
  const { ec2, vpc } = await testNetwork();
  assert.equal(await failureOf(ec2.createSubnet({ VpcId: vpc, CidrBlock: '10.0.1.0/24', DryRun: true })), {
    name: 'DryRunOperation',
    message: 'Request would have succeeded, but DryRun flag is set.',
    status: 412,
  });
  assert.is((await ec2.describeSubnets()).Subnets?.length, 1);
  assert.match(await saidBy(ec2.deleteVpc({ VpcId: vpc, DryRun: true })), /^DependencyViolation/);
});

test('tags are put on, found and taken off by the id alone', async () => {
  const { ec2, vpc, subnet } = await testNetwork();
  const Resources = [vpc, subnet];
  await ec2.createTags({
    Resources,
    Tags: [
      { Key: 'env', Value: 'stage' },
      { Key: 'team', Value: 'a' },
    ],
  });
  const now = async () =>
    ((await ec2.describeTags({ Filters: [{ Name: 'resource-id', Values: [subnet] }] })).Tags ?? []).map(
      ({ ResourceType, Key, Value }) => `${ResourceType} ${Key}=${Value}`,
    );
  assert.equal(await now(), ['subnet env=stage', 'subnet team=a']);
  await ec2.deleteTags({ Resources, Tags: [{ Key: 'env', Value: 'prod' }, { Key: 'team' }] });
  assert.equal(await now(), ['subnet env=stage'], 'a tag with another value stays');
  await ec2.deleteTags({ Resources });
  assert.equal(await now(), []);
  assert.is(
    await saidBy(ec2.createTags({ Resources, Tags: [{ Key: 'aws:x', Value: '' }] })),
    "InvalidParameterValue: Tag keys starting with 'aws:' are reserved for internal use",
  );
  const Tags = Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: '' }));
  assert.is(
    await saidBy(ec2.createTags({ Resources, Tags })),
    'TagLimitExceeded: The maximum number of Tags for a resource has been reached.',
  );
  assert.is(
    await saidBy(ec2.createTags({ Resources: ['x'], Tags: [{ Key: 'a' }] })),
    "InvalidID: The ID 'x' is not valid",
  );
  assert.is(
    await saidBy(ec2.createTags({ Resources, Tags: undefined })),
    'MissingParameter: The request must contain the parameter tags',
  );
  const TagSpecifications = [{ ResourceType: 'subnet' as const, Tags: [{ Key: 'a', Value: 'b' }] }];
  assert.is(
    await saidBy(ec2.createVpc({ CidrBlock: '10.1.0.0/16', TagSpecifications })),
    "InvalidParameterValue: 'subnet' is not a valid taggable resource type for this operation.",
  );
});

test('regions and zones are those that everybody has', async () => {
  const { ec2 } = await testNetwork();
  const { AvailabilityZones = [] } = await ec2.describeAvailabilityZones();
  assert.equal(
    AvailabilityZones.map(({ ZoneName, ZoneId }) => `${ZoneName} ${ZoneId}`),
    ['eu-west-1a euw1-az1', 'eu-west-1b euw1-az2', 'eu-west-1c euw1-az3'],
  );
  assert.is((await ec2.describeRegions()).Regions?.length, 17);
  assert.is(
    await saidBy(ec2.describeAvailabilityZones({ ZoneNames: ['eu-west-1z'] })),
    'InvalidParameterValue: Invalid availability zone: [eu-west-1z]',
  );
});

test.run();
