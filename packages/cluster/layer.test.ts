import { output, type EnvironmentFacts } from '@roundtrip/environment';
import { formatProblems } from '@roundtrip/problem';
import { evaluate, evaluateConditions, parseTemplate, resolveParameters } from '@roundtrip/template';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import layer from './layer.ts';
import { sampleContext } from './src/sample-context.ts';

type Section = Parameters<typeof sampleContext>[0];

const complaints = (section: Section) => formatProblems(layer.check?.(sampleContext(section)) ?? []);

function stackOf(section: Section, facts?: Partial<EnvironmentFacts>) {
  const stack = layer.stacks(sampleContext(section, facts))[0];
  assert.ok(stack);
  return stack;
}

/** The template's resources as CloudFormation sees them, with plausible values for the network's outputs. */
function built(section: Section, facts?: Partial<EnvironmentFacts>): Record<string, Record<string, unknown>> {
  const stack = stackOf(section, facts);
  const { template } = parseTemplate(sampleContext().readFile(stack.template), stack.template);
  const fromNetwork: Record<string, string> = {
    VpcId: 'vpc-0123456789abcdef0',
    VpcCidr: '10.20.0.0/16',
    SubnetIds: 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
  };
  const given = Object.entries(stack.parameters).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : fromNetwork[name],
  ]);
  const { values, problems } = resolveParameters(template, Object.fromEntries(given) as Record<string, string>);
  assert.equal(problems, []);
  const pseudo = {
    'AWS::Region': 'eu-west-1',
    'AWS::StackName': 'stage-cluster',
    'AWS::AccountId': '111111111111',
    'AWS::Partition': 'aws',
  };
  const known = { parameters: values, pseudo, mappings: {} };
  const conditions = evaluateConditions(template, known);
  const scope = {
    ...known,
    conditions,
    ref: (logicalId: string) => logicalId,
    getAtt: (logicalId: string, attribute: string) => `${logicalId}.${attribute}`,
    importValue: () => undefined,
    zones: () => [],
    dynamic: () => '',
  };
  const alive = Object.entries(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || conditions[Condition],
  );
  return Object.fromEntries(
    alive.map(([id, { Properties }]) => [id, evaluate(Properties, scope) as Record<string, unknown>]),
  );
}

function property<T>(resources: Record<string, Record<string, unknown>>, id: string, name: string): T {
  const found = resources[id]?.[name];
  assert.ok(found, `${id}.${name}`);
  return found as T;
}

test('tasks run on spot by the share that the environment chooses, on demand for the rest', () => {
  assert.equal(built({ spotPercent: 80 })['Cluster']?.['DefaultCapacityProviderStrategy'], [
    { CapacityProvider: 'FARGATE', Base: '1', Weight: '20' },
    { CapacityProvider: 'FARGATE_SPOT', Weight: '80' },
  ]);
});

test('without a certificate the load balancer speaks HTTP and answers 404 to what no service wants', () => {
  const resources = built({});
  assert.not.ok('HttpsListener' in resources);
  assert.equal(resources['HttpListener']?.['DefaultActions'], [
    {
      Type: 'fixed-response',
      FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain', MessageBody: 'no such service' },
    },
  ]);
  assert.is(property<unknown[]>(resources, 'LoadBalancerSecurityGroup', 'SecurityGroupIngress').length, 1);
});

test('with a certificate it speaks HTTPS and sends HTTP there', () => {
  const resources = built({ certificateArn: 'arn:aws:acm:eu-west-1:111111111111:certificate/0f-1' });
  assert.equal(resources['HttpListener']?.['DefaultActions'], [
    { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
  ]);
  assert.is(resources['HttpsListener']?.['Port'], 443);
  const ingress = property<{ FromPort: number }[]>(resources, 'LoadBalancerSecurityGroup', 'SecurityGroupIngress');
  assert.equal(
    ingress.map(({ FromPort }) => FromPort),
    [80, 443],
  );
});

test('only the allowed ranges reach the load balancer', () => {
  const entries = (cidrs: string[]) => built({ allowedCidrs: cidrs })['AllowedPrefixList']?.['Entries'];
  const five = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '203.0.113.0/24', '198.51.100.7/32'];
  assert.equal(
    entries(five),
    five.map((Cidr) => ({ Cidr })),
  );
  assert.equal(entries(five.slice(0, 2)), [{ Cidr: '10.0.0.0/8' }, { Cidr: '172.16.0.0/12' }]);
});

test('an internal load balancer stands in the private subnets', () => {
  const { parameters } = stackOf({ internetFacing: false });
  assert.equal(parameters['SubnetIds'], output('network', 'PrivateSubnetIds'));
  assert.is(parameters['LoadBalancerScheme'], 'internal');
});

test('access logs are kept where there is a bucket for them', () => {
  const attributes = (section: Section) =>
    property<{ Key: string; Value: string }[]>(built(section), 'LoadBalancer', 'LoadBalancerAttributes')
      .filter(({ Key }) => Key.startsWith('access_logs'))
      .map(({ Key, Value }) => `${Key}=${Value}`);
  assert.equal(attributes({}), ['access_logs.s3.enabled=false']);
  assert.equal(attributes({ accessLogBucket: 'our-access-logs' }), [
    'access_logs.s3.enabled=true',
    'access_logs.s3.bucket=our-access-logs',
    'access_logs.s3.prefix=stage-cluster',
  ]);
});

test('tasks may pull from the named repositories and from no other', () => {
  assert.not.ok('TaskExecutionPullPolicy' in built({}));
  const resources = built({ imageRepositories: ['shop/api', 'shop/web'] });
  type Policy = { Statement: { Resource: unknown }[] };
  const { Statement } = property<Policy>(resources, 'TaskExecutionPullPolicy', 'PolicyDocument');
  assert.equal(Statement[1]?.Resource, [
    'arn:aws:ecr:eu-west-1:111111111111:repository/shop/api',
    'arn:aws:ecr:eu-west-1:111111111111:repository/shop/web',
  ]);
});

test('the load balancer of a protected environment refuses to be deleted', () => {
  assert.is(stackOf({}, { protect: true }).parameters['DeletionProtection'], 'true');
  assert.is(stackOf({}).parameters['DeletionProtection'], 'false');
});

test('the unhealthy alarm watches whatever target groups the load balancer has', () => {
  const metrics = property<{ Expression: string }[]>(built({}), 'UnhealthyTargetAlarm', 'Metrics');
  assert.is(
    metrics[0]?.Expression,
    'SELECT MAX(UnHealthyHostCount) FROM SCHEMA("AWS/ApplicationELB", LoadBalancer, TargetGroup) ' +
      "WHERE LoadBalancer = 'LoadBalancer.LoadBalancerFullName'",
  );
});

test('ranges and certificates that cannot work are refused, all at once', () => {
  const section = {
    allowedCidrs: ['10.0.0.0/8', '10.1.2.3/8', 'everywhere', '10.0.0.0/8'],
    certificateArn: 'arn:aws:acm:us-east-1:111111111111:certificate/0f-1',
  };
  assert.is(
    complaints(section),
    `envs/stage.yaml:20:3: cluster.allowedCidrs.1 is "10.1.2.3/8", which is an address inside a range, not the range's first address
  next: write 10.0.0.0/8
envs/stage.yaml:20:3: cluster.allowedCidrs.2 is "everywhere", not an IPv4 range
  next: write four numbers from 0 to 255 and a prefix, such as 203.0.113.0/24, or 203.0.113.7/32 for one address
envs/stage.yaml:20:3: cluster.allowedCidrs.3 is "10.0.0.0/8", which the list has already
  next: take one of them out
envs/stage.yaml:19:3: cluster.certificateArn is a certificate in us-east-1, but the environment is in eu-west-1
  why: a load balancer takes certificates of its own region alone
  next: write the ARN of a certificate in eu-west-1`,
  );
});

test('a certificate of another account is refused, because it would fail only after the network is built', () => {
  assert.is(
    complaints({ certificateArn: 'arn:aws:acm:eu-west-1:222222222222:certificate/0f-1' }),
    `envs/stage.yaml:19:3: cluster.certificateArn is a certificate of account 222222222222, but the environment is in 111111111111
  why: a load balancer takes certificates of its own account alone
  next: write the ARN of a certificate of 111111111111, or take the line out to speak plain HTTP`,
  );
});

test('what is fine is not complained about', () => {
  assert.is(
    complaints({ allowedCidrs: ['0.0.0.0/0'], certificateArn: 'arn:aws:acm:eu-west-1:111111111111:certificate/0f-1' }),
    '',
  );
});

test.run();
