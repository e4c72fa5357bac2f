import * as ELB from '@aws-sdk/client-elastic-load-balancing-v2';
import { DescribeNetworkInterfacesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, testCloud } from '../../testing/test-cloud.ts';
import type { Planted, TestCloud } from '../../testing/test-cloud.ts';

const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111111111111';
const PLANTED: Planted[] = [
  { type: 'AWS::EC2::VPC', id: 'vpc-1', attributes: { DefaultSecurityGroup: 'sg-0' } },
  ...['a', 'b', 'c'].map((letter, at) => ({
    type: 'AWS::EC2::Subnet',
    id: `subnet-${letter}`,
    attributes: { AvailabilityZone: `eu-west-1${letter}` },
    properties: { VpcId: 'vpc-1', CidrBlock: `10.0.${at}.0/24` },
  })),
  { type: 'AWS::EC2::SecurityGroup', id: 'sg-1', properties: { VpcId: 'vpc-1' } },
  {
    type: 'AWS::EC2::Instance',
    id: 'i-1',
    attributes: { VpcId: 'vpc-1', AvailabilityZone: 'eu-west-1a', State: 'running' },
  },
  { type: 'AWS::EC2::Instance', id: 'i-2', attributes: { VpcId: 'vpc-1', AvailabilityZone: 'eu-west-1c' } },
];

interface Context extends TestCloud {
  readonly elb: ELB.ElasticLoadBalancingV2Client;
  readonly ec2: EC2Client;
}

const test = suite<Context>('elbv2');
test.before.each((context) => {
  const tested = testCloud({ planted: PLANTED });
  const config = tested.as('111111111111');
  Object.assign(context, tested, { elb: new ELB.ElasticLoadBalancingV2Client(config), ec2: new EC2Client(config) });
});
test.after.each(({ defects }) => assert.equal(defects, []));

const BALANCER = { Name: 'web', Scheme: 'internal', Subnets: ['subnet-a', 'subnet-b'] } as const;
const GROUP = { Name: 'web', Protocol: 'HTTP', Port: 80, VpcId: 'vpc-1' } as const;
const NOT_FOUND = { StatusCode: '404', ContentType: 'text/plain' };
const fixed: ELB.Action = { Type: 'fixed-response', FixedResponseConfig: NOT_FOUND };
const forward = (TargetGroupArn: string): ELB.Action => ({ Type: 'forward', TargetGroupArn });

async function balancer({ elb }: Context, more: Partial<ELB.CreateLoadBalancerInput> = {}): Promise<string> {
  const { LoadBalancers } = await elb.send(new ELB.CreateLoadBalancerCommand({ ...BALANCER, ...more } as never));
  return LoadBalancers?.[0]?.LoadBalancerArn ?? '';
}

async function group({ elb }: Context, more: Partial<ELB.CreateTargetGroupInput> = {}): Promise<string> {
  const { TargetGroups } = await elb.send(new ELB.CreateTargetGroupCommand({ ...GROUP, ...more }));
  return TargetGroups?.[0]?.TargetGroupArn ?? '';
}

async function listener(
  { elb }: Context,
  LoadBalancerArn: string,
  more: Partial<ELB.CreateListenerInput> = {},
): Promise<string> {
  const input = { LoadBalancerArn, Protocol: 'HTTP' as const, Port: 80, DefaultActions: [fixed], ...more };
  const { Listeners } = await elb.send(new ELB.CreateListenerCommand(input));
  return Listeners?.[0]?.ListenerArn ?? '';
}

async function rule({ elb }: Context, ListenerArn: string, Priority: number, action = fixed): Promise<string> {
  const Conditions = [{ Field: 'path-pattern', Values: ['/api/*'] }];
  const input = { ListenerArn, Priority, Conditions, Actions: [action] };
  const { Rules } = await elb.send(new ELB.CreateRuleCommand(input));
  return Rules?.[0]?.RuleArn ?? '';
}

async function healthOf({ elb }: Context, TargetGroupArn: string): Promise<(string | undefined)[][]> {
  const { TargetHealthDescriptions = [] } = await elb.send(new ELB.DescribeTargetHealthCommand({ TargetGroupArn }));
  return TargetHealthDescriptions.map(({ Target, TargetHealth }) => [
    Target?.Id,
    TargetHealth?.State,
    TargetHealth?.Reason,
  ]);
}

test('a load balancer is provisioned for some minutes, and active then', async (context) => {
  const { elb, pass } = context;
  const arn = await balancer(context);
  assert.match(arn, new RegExp(`^${ARN}:loadbalancer/app/web/[0-9a-f]{16}$`));
  const described = async () =>
    (await elb.send(new ELB.DescribeLoadBalancersCommand({ Names: ['web'] }))).LoadBalancers?.[0];
  const fresh = await described();
  assert.equal(fresh?.State, { Code: 'provisioning' });
  assert.equal(fresh?.SecurityGroups, ['sg-0']);
  assert.is(fresh?.VpcId, 'vpc-1');
  assert.equal(
    fresh?.AvailabilityZones?.map(({ ZoneName, SubnetId }) => [ZoneName, SubnetId]),
    [
      ['eu-west-1a', 'subnet-a'],
      ['eu-west-1b', 'subnet-b'],
    ],
  );
  assert.match(fresh?.DNSName ?? '', /^internal-web-\d+\.eu-west-1\.elb\.amazonaws\.com$/);
  pass(134_000);
  assert.is((await described())?.State?.Code, 'provisioning');
  pass(60_000);
  assert.is((await described())?.State?.Code, 'active');
});

test('asked for again it is the same one, unless something differs', async (context) => {
  assert.is(await balancer(context), await balancer(context));
  assert.equal(await failureOf(balancer(context, { IpAddressType: 'dualstack' })), {
    name: 'DuplicateLoadBalancerNameException',
    message: "A load balancer with the same name 'web' exists, but with different settings",
    status: 400,
  });
  assert.is(await group(context), await group(context));
  assert.equal(await failureOf(group(context, { Port: 81 })), {
    name: 'DuplicateTargetGroupNameException',
    message: "A target group with the same name 'web' exists, but with different settings",
    status: 400,
  });
});

for (const [what, more, name, message] of [
  [
    'one subnet',
    { Subnets: ['subnet-a'] },
    'ValidationError',
    'At least two subnets in two different Availability Zones must be specified',
  ],
  [
    'a subnet that is not there',
    { Subnets: ['subnet-a', 'subnet-z'] },
    'SubnetNotFoundException',
    "The subnet ID 'subnet-z' does not exist",
  ],
  [
    'a VPC without a gateway',
    { Scheme: 'internet-facing' },
    'InvalidSubnetException',
    'VPC vpc-1 has no internet gateway',
  ],
  [
    'a group that is not there',
    { SecurityGroups: ['sg-9'] },
    'InvalidConfigurationRequestException',
    'One or more security groups are invalid',
  ],
  [
    'a name that ends badly',
    { Name: 'web-' },
    'ValidationError',
    "The load balancer name 'web-' cannot begin or end with '-'",
  ],
  [
    'a name of AWS',
    { Name: 'internal-web' },
    'ValidationError',
    "The load balancer name 'internal-web' cannot begin with 'internal-'",
  ],
] as const) {
  test(`a load balancer is refused with ${what}`, async (context) => {
    const input = more as Partial<ELB.CreateLoadBalancerInput>;
    assert.equal(await failureOf(balancer(context, input)), { name, message, status: 400 });
  });
}

test('its interfaces have its subnets and groups, and linger when it is gone', async (context) => {
  const { elb, ec2, pass } = context;
  const LoadBalancerArn = await balancer(context, { SecurityGroups: ['sg-1'] });
  const interfaces = async () => {
    const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({}));
    return NetworkInterfaces.map(
      ({ SubnetId, Groups }) => `${SubnetId} ${Groups?.map(({ GroupId }) => GroupId).join()}`,
    );
  };
  const described = await ec2.send(new DescribeNetworkInterfacesCommand({}));
  assert.match(described.NetworkInterfaces?.[0]?.Description ?? '', /^ELB app\/web\/[0-9a-f]{16}$/);
  assert.is(described.NetworkInterfaces?.[0]?.RequesterId, 'amazon-elb');
  assert.equal(await interfaces(), ['subnet-a sg-1', 'subnet-b sg-1']);
  await elb.send(new ELB.SetSecurityGroupsCommand({ LoadBalancerArn, SecurityGroups: ['sg-0'] }));
  await elb.send(new ELB.SetSubnetsCommand({ LoadBalancerArn, Subnets: ['subnet-b', 'subnet-c'] }));
  pass(151_000);
  assert.equal((await interfaces()).sort(), ['subnet-b sg-0', 'subnet-c sg-0']);
  await elb.send(new ELB.DeleteLoadBalancerCommand({ LoadBalancerArn }));
  pass(14_000);
  assert.is((await interfaces()).length, 2);
  pass(137_000);
  assert.equal(await interfaces(), []);
  await elb.send(new ELB.DeleteLoadBalancerCommand({ LoadBalancerArn }));
  assert.equal(await failureOf(elb.send(new ELB.DescribeLoadBalancersCommand({ Names: ['web'] }))), {
    name: 'LoadBalancerNotFoundException',
    message: "Load balancers '[web]' not found",
    status: 400,
  });
});

test('a protected load balancer is not deleted', async (context) => {
  const { elb } = context;
  const LoadBalancerArn = await balancer(context);
  const protect = (Value: string) =>
    elb.send(
      new ELB.ModifyLoadBalancerAttributesCommand({
        LoadBalancerArn,
        Attributes: [{ Key: 'deletion_protection.enabled', Value }],
      }),
    );
  await protect('true');
  assert.equal(await failureOf(elb.send(new ELB.DeleteLoadBalancerCommand({ LoadBalancerArn }))), {
    name: 'OperationNotPermittedException',
    message: `Load balancer '${LoadBalancerArn}' cannot be deleted because deletion protection is enabled`,
    status: 400,
  });
  await protect('false');
  await elb.send(new ELB.DeleteLoadBalancerCommand({ LoadBalancerArn }));
});

test('a load balancer takes its listeners and rules with it, and leaves the target groups', async (context) => {
  const { elb } = context;
  const [LoadBalancerArn, TargetGroupArn] = [await balancer(context), await group(context)];
  const ListenerArn = await listener(context, LoadBalancerArn);
  const RuleArn = await rule(context, ListenerArn, 1, forward(TargetGroupArn));
  assert.equal(await failureOf(elb.send(new ELB.DeleteTargetGroupCommand({ TargetGroupArn }))), {
    name: 'ResourceInUseException',
    message: `Target group '${TargetGroupArn}' is currently in use by a listener or a rule`,
    status: 400,
  });
  await elb.send(new ELB.DeleteLoadBalancerCommand({ LoadBalancerArn }));
  assert.is(
    (await failureOf(elb.send(new ELB.DescribeListenersCommand({ ListenerArns: [ListenerArn] })))).message,
    'One or more listeners not found',
  );
  assert.is(
    (await failureOf(elb.send(new ELB.DescribeRulesCommand({ RuleArns: [RuleArn] })))).message,
    'One or more rules not found',
  );
  await elb.send(new ELB.DeleteTargetGroupCommand({ TargetGroupArn }));
  assert.equal((await elb.send(new ELB.DescribeTargetGroupsCommand({}))).TargetGroups, []);
});

test('listeners have a port of their own, a certificate where they encrypt, and groups of one load balancer', async (context) => {
  const { elb } = context;
  const [first, second] = [await balancer(context), await balancer(context, { Name: 'other' })];
  const TargetGroupArn = await group(context);
  const ListenerArn = await listener(context, first, { DefaultActions: [forward(TargetGroupArn)] });
  assert.equal(await failureOf(listener(context, first)), {
    name: 'DuplicateListenerException',
    message: `A listener already exists on this port for this load balancer '${first}'`,
    status: 400,
  });
  assert.is(
    (await failureOf(listener(context, first, { Protocol: 'HTTPS', Port: 443 }))).message,
    'A certificate must be specified for HTTPS listeners',
  );
  assert.equal(await failureOf(listener(context, second, { DefaultActions: [forward(TargetGroupArn)] })), {
    name: 'TargetGroupAssociationLimitException',
    message: `The following target groups cannot be associated with more than one load balancer: ${TargetGroupArn}`,
    status: 400,
  });
  assert.is(
    (await failureOf(listener(context, `${ARN}:loadbalancer/app/none/1`))).name,
    'LoadBalancerNotFoundException',
  );
  assert.is((await failureOf(listener(context, 'web'))).message, "'web' is not a valid load balancer ARN");
  const { Listeners } = await elb.send(new ELB.DescribeListenersCommand({ LoadBalancerArn: first }));
  assert.equal(Listeners?.[0]?.DefaultActions, [
    {
      Type: 'forward',
      TargetGroupArn,
      ForwardConfig: {
        TargetGroups: [{ TargetGroupArn, Weight: 1 }],
        TargetGroupStickinessConfig: { Enabled: false },
      },
    },
  ]);
  await elb.send(new ELB.ModifyListenerCommand({ ListenerArn, Port: 81, DefaultActions: [fixed] }));
  await elb.send(new ELB.DeleteTargetGroupCommand({ TargetGroupArn }));
  await elb.send(new ELB.DeleteListenerCommand({ ListenerArn }));
  assert.is(
    (await failureOf(elb.send(new ELB.DeleteListenerCommand({ ListenerArn })))).message,
    `Listener '${ListenerArn}' not found`,
  );
});

test('rules have a priority of their own and can change places; the default stays', async (context) => {
  const { elb } = context;
  const ListenerArn = await listener(context, await balancer(context));
  const [one, two] = [await rule(context, ListenerArn, 2), await rule(context, ListenerArn, 1)];
  assert.equal(await failureOf(rule(context, ListenerArn, 1)), {
    name: 'PriorityInUseException',
    message: "Priority '1' is currently in use",
    status: 400,
  });
  const described = async () => {
    const { Rules = [] } = await elb.send(new ELB.DescribeRulesCommand({ ListenerArn }));
    return Rules.map(({ RuleArn, Priority }) => [RuleArn, Priority]);
  };
  const fallback = (await described()).at(-1)?.[0] ?? '';
  assert.equal(await described(), [
    [two, '1'],
    [one, '2'],
    [fallback, 'default'],
  ]);
  const RulePriorities = [
    { RuleArn: one, Priority: 1 },
    { RuleArn: two, Priority: 2 },
  ];
  await elb.send(new ELB.SetRulePrioritiesCommand({ RulePriorities }));
  assert.equal(
    (await described()).map(([arn]) => arn),
    [one, two, fallback],
  );
  assert.equal(await failureOf(elb.send(new ELB.DeleteRuleCommand({ RuleArn: fallback }))), {
    name: 'OperationNotPermittedException',
    message: `Default rule '${fallback}' cannot be deleted`,
    status: 400,
  });
  await elb.send(new ELB.ModifyRuleCommand({ RuleArn: one, Conditions: [{ Field: 'host-header', Values: ['a.b'] }] }));
  const { Rules } = await elb.send(new ELB.DescribeRulesCommand({ RuleArns: [one] }));
  assert.equal(Rules?.[0]?.Conditions, [
    { Field: 'host-header', Values: ['a.b'], HostHeaderConfig: { Values: ['a.b'] } },
  ]);
  await elb.send(new ELB.DeleteRuleCommand({ RuleArn: one }));
  assert.equal(
    (await described()).map(([arn]) => arn),
    [two, fallback],
  );
});

test('a target is unused, initial, healthy, draining and gone', async (context) => {
  const { elb, pass } = context;
  const [LoadBalancerArn, TargetGroupArn] = [await balancer(context), await group(context)];
  const Targets = [{ Id: 'i-1' }];
  await elb.send(new ELB.RegisterTargetsCommand({ TargetGroupArn, Targets }));
  assert.equal(await healthOf(context, TargetGroupArn), [['i-1', 'unused', 'Target.NotInUse']]);
  pass(200_000);
  await listener(context, LoadBalancerArn, { DefaultActions: [forward(TargetGroupArn)] });
  assert.equal(await healthOf(context, TargetGroupArn), [['i-1', 'initial', 'Elb.RegistrationInProgress']]);
  pass(6_000);
  assert.equal(await healthOf(context, TargetGroupArn), [['i-1', 'initial', 'Elb.InitialHealthChecking']]);
  pass(30_000);
  assert.equal(await healthOf(context, TargetGroupArn), [['i-1', 'healthy', undefined]]);
  await elb.send(new ELB.DeregisterTargetsCommand({ TargetGroupArn, Targets }));
  pass(299_000);
  assert.equal(await healthOf(context, TargetGroupArn), [['i-1', 'draining', 'Target.DeregistrationInProgress']]);
  pass(2_000);
  assert.equal(await healthOf(context, TargetGroupArn), []);
  const asked = await elb.send(new ELB.DescribeTargetHealthCommand({ TargetGroupArn, Targets }));
  assert.is(asked.TargetHealthDescriptions?.[0]?.TargetHealth?.Reason, 'Target.NotRegistered');
});

test('a target that nothing is at fails its checks, and one in a zone without the load balancer gets no requests', async (context) => {
  const { elb, pass } = context;
  const LoadBalancerArn = await balancer(context);
  const instances = await group(context);
  const addresses = await group(context, { Name: 'addresses', TargetType: 'ip' });
  await listener(context, LoadBalancerArn, { DefaultActions: [forward(instances)] });
  await listener(context, LoadBalancerArn, { Port: 81, DefaultActions: [forward(addresses)] });
  const register = (TargetGroupArn: string, Id: string) =>
    elb.send(new ELB.RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id }] }));
  await register(instances, 'i-2');
  await register(addresses, '10.0.0.77');
  pass(300_000);
  assert.equal(await healthOf(context, instances), [['i-2', 'unused', 'Target.NotInUse']]);
  assert.equal(await healthOf(context, addresses), [['10.0.0.77', 'unhealthy', 'Target.Timeout']]);
  assert.is((await failureOf(register(instances, 'i-9'))).message, "Instance ID 'i-9' is not valid");
  assert.is(
    (await failureOf(register(addresses, '10.9.0.1'))).message,
    "The Availability Zone is required for IP address '10.9.0.1' because it is not in the VPC",
  );
});

test('attributes have AWS defaults until they are set', async (context) => {
  const { elb } = context;
  const TargetGroupArn = await group(context);
  const delay = async () => {
    const { Attributes } = await elb.send(new ELB.DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
    return Attributes?.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds')?.Value;
  };
  const set = (Key: string, Value: string) =>
    elb.send(new ELB.ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes: [{ Key, Value }] }));
  assert.is(await delay(), '300');
  await set('deregistration_delay.timeout_seconds', '10');
  assert.is(await delay(), '10');
  assert.is((await failureOf(set('none', '1'))).message, "Target group attribute key 'none' is not recognized");
});

test('tags are put and taken, and pages cut', async (context) => {
  const { elb } = context;
  const ResourceArns = [await group(context), await group(context, { Name: 'two' })];
  await elb.send(
    new ELB.AddTagsCommand({
      ResourceArns,
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    }),
  );
  await elb.send(new ELB.RemoveTagsCommand({ ResourceArns: ResourceArns.slice(1), TagKeys: ['a'] }));
  const { TagDescriptions } = await elb.send(new ELB.DescribeTagsCommand({ ResourceArns }));
  assert.equal(
    TagDescriptions?.map(({ Tags }) => Tags?.map(({ Key }) => Key)),
    [['a', 'b'], ['b']],
  );
  const first = await elb.send(new ELB.DescribeTargetGroupsCommand({ PageSize: 1 }));
  const { TargetGroups } = await elb.send(
    new ELB.DescribeTargetGroupsCommand({ PageSize: 1, Marker: first.NextMarker ?? '' }),
  );
  assert.equal(
    [...(first.TargetGroups ?? []), ...(TargetGroups ?? [])].map((one) => one.TargetGroupArn),
    ResourceArns,
  );
});

test.run();
