import * as CloudFormation from '@aws-sdk/client-cloudformation';
import * as EC2 from '@aws-sdk/client-ec2';
import * as ECS from '@aws-sdk/client-ecs';
import * as Route53 from '@aws-sdk/client-route-53';
import * as CloudMap from '@aws-sdk/client-servicediscovery';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, testCloud } from '../../testing/test-cloud.ts';

const MINUTE = 60_000;

async function open() {
  const tested = testCloud();
  const config = tested.as('111111111111');
  const map = new CloudMap.ServiceDiscoveryClient(config);
  const dns = new Route53.Route53Client(config);
  const { Vpc } = await new EC2.EC2Client(config).send(new EC2.CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const vpc = Vpc?.VpcId ?? '';
  const operation = async (OperationId: string | undefined) =>
    (await map.send(new CloudMap.GetOperationCommand({ OperationId }))).Operation;
  /** Waits for what an operation has been started for. */
  const ended = async ({ OperationId }: { OperationId?: string | undefined }) => {
    tested.pass(2 * MINUTE);
    return operation(OperationId);
  };
  const namespace = async (Name = 'stage.internal') => {
    const input = { Name, Vpc: vpc, Properties: { DnsProperties: { SOA: { TTL: 15 } } } };
    const done = await ended(await map.send(new CloudMap.CreatePrivateDnsNamespaceCommand(input)));
    return done?.Targets?.['NAMESPACE'] ?? '';
  };
  const service = async (NamespaceId: string, more: Partial<CloudMap.CreateServiceRequest> = {}) => {
    const input = { Name: 'api', NamespaceId, DnsConfig: { DnsRecords: [{ Type: 'A' as const, TTL: 10 }] }, ...more };
    return (await map.send(new CloudMap.CreateServiceCommand(input))).Service ?? {};
  };
  const register = (ServiceId: string | undefined, InstanceId: string, Attributes: Record<string, string>) =>
    map.send(new CloudMap.RegisterInstanceCommand({ ServiceId, InstanceId, Attributes }));
  const records = async (HostedZoneId: string | undefined) => {
    const { ResourceRecordSets = [] } = await dns.send(new Route53.ListResourceRecordSetsCommand({ HostedZoneId }));
    return ResourceRecordSets.map(
      ({ Name, Type, TTL, SetIdentifier, ResourceRecords = [] }) =>
        `${Name} ${Type} ${TTL} ${SetIdentifier ?? '-'} ${ResourceRecords.map(({ Value }) => Value).join()}`,
    ).filter((line) => !/ (NS|SOA) /.test(line));
  };
  const zoneOf = async (Id: string) => {
    const { Namespace } = await map.send(new CloudMap.GetNamespaceCommand({ Id }));
    return Namespace?.Properties?.DnsProperties?.HostedZoneId;
  };
  return { ...tested, config, map, dns, vpc, operation, ended, namespace, service, register, records, zoneOf };
}

const words = async (promise: Promise<unknown>) => {
  const { name, message, status } = await failureOf(promise);
  return `${status} ${name}: ${message}`;
};

test('a namespace is there when its operation has ended, and has a zone', async () => {
  const { map, dns, vpc, operation, pass, zoneOf, defects } = await open();
  const { OperationId } = await map.send(
    new CloudMap.CreatePrivateDnsNamespaceCommand({
      Name: 'stage.internal',
      Vpc: vpc,
      Tags: [{ Key: 'a', Value: 'b' }],
    }),
  );
  assert.match(OperationId ?? '', /^[a-z0-9]{32}-[a-z0-9]{8}$/);
  const started = await operation(OperationId);
  const Id = started?.Targets?.['NAMESPACE'] ?? '';
  assert.equal([started?.Status, started?.Type], ['SUBMITTED', 'CREATE_NAMESPACE']);
  assert.is(
    await words(map.send(new CloudMap.GetNamespaceCommand({ Id }))),
    `400 NamespaceNotFound: Namespace ${Id} not found.`,
  );
  pass(5000);
  assert.is((await operation(OperationId))?.Status, 'PENDING');
  pass(2 * MINUTE);
  assert.is((await operation(OperationId))?.Status, 'SUCCESS');
  const { Namespace } = await map.send(new CloudMap.GetNamespaceCommand({ Id }));
  assert.equal([Namespace?.Type, Namespace?.ServiceCount], ['DNS_PRIVATE', 0]);
  assert.is(Namespace?.Arn, `arn:aws:servicediscovery:eu-west-1:111111111111:namespace/${Id}`);
  const zone = await zoneOf(Id);
  const { HostedZone, VPCs } = await dns.send(new Route53.GetHostedZoneCommand({ Id: zone }));
  assert.equal([HostedZone?.Name, VPCs?.[0]?.VPCId], ['stage.internal.', vpc]);
  assert.is(HostedZone?.LinkedService?.Description, Namespace?.Arn);
  assert.equal((await map.send(new CloudMap.ListTagsForResourceCommand({ ResourceARN: Namespace?.Arn }))).Tags, [
    { Key: 'a', Value: 'b' },
  ]);
  assert.equal(defects, []);
});

test('a second private namespace of the same name and VPC fails when Route 53 refuses its zone', async () => {
  const { map, vpc, ended, namespace, zoneOf } = await open();
  const zone = await zoneOf(await namespace());
  const second = await map.send(new CloudMap.CreatePrivateDnsNamespaceCommand({ Name: 'stage.internal', Vpc: vpc }));
  const failed = await ended(second);
  assert.equal([failed?.Status, failed?.ErrorCode], ['FAIL', 'CANNOT_CREATE_HOSTED_ZONE']);
  const said =
    `The VPC ${vpc} in region eu-west-1 has already been associated with the hosted zone ${zone} with the same domain ` +
    'name. (Service: AmazonRoute53; Status Code: 400; Error Code: ConflictingDomainExists; Request ID: ';
  assert.is(failed?.ErrorMessage?.slice(0, said.length), said);
});

test('names of HTTP namespaces are taken, and their services are without DNS', async () => {
  const { map, ended, service } = await open();
  const done = await ended(await map.send(new CloudMap.CreateHttpNamespaceCommand({ Name: 'calls' })));
  assert.is(
    await words(map.send(new CloudMap.CreateHttpNamespaceCommand({ Name: 'calls' }))),
    '400 NamespaceAlreadyExists: Namespace already exists.',
  );
  assert.is(
    await words(service(done?.Targets?.['NAMESPACE'] ?? '')),
    "400 InvalidInput: When you specify an HTTP service, you can't include a DnsConfig element.",
  );
});

test('what is used cannot be deleted', async () => {
  const { map, ended, namespace, service, register } = await open();
  const Id = await namespace();
  const { Id: ServiceId } = await service(Id);
  assert.is(await words(service(Id, { Name: 'API' })), '400 ServiceAlreadyExists: Service already exists.');
  await ended(await register(ServiceId, 'one', { AWS_INSTANCE_IPV4: '10.0.0.5' }));
  assert.is(
    await words(map.send(new CloudMap.DeleteNamespaceCommand({ Id }))),
    '400 ResourceInUse: Namespace has associated services; delete the services before deleting the namespace',
  );
  assert.is(
    await words(map.send(new CloudMap.DeleteServiceCommand({ Id: ServiceId }))),
    '400 ResourceInUse: Service contains registered instances; delete the instances before deleting the service',
  );
  await ended(await map.send(new CloudMap.DeregisterInstanceCommand({ ServiceId, InstanceId: 'one' })));
  await map.send(new CloudMap.DeleteServiceCommand({ Id: ServiceId }));
  const { OperationId } = await map.send(new CloudMap.DeleteNamespaceCommand({ Id }));
  assert.is(
    await words(map.send(new CloudMap.DeleteNamespaceCommand({ Id }))),
    `400 DuplicateRequest: Another operation of type DeleteNamespace and id ${OperationId} is in progress`,
  );
  assert.is((await ended({ OperationId }))?.Status, 'SUCCESS');
  assert.equal((await map.send(new CloudMap.ListNamespacesCommand({}))).Namespaces, []);
});

test('instances are records of their zone, which nobody else can change', async () => {
  const { map, dns, ended, namespace, service, register, records, zoneOf } = await open();
  const Id = await namespace();
  const zone = await zoneOf(Id);
  const { Id: ServiceId } = await service(Id);
  await register(ServiceId, 'one', { AWS_INSTANCE_IPV4: '10.0.0.5' });
  await ended(await register(ServiceId, 'two', { AWS_INSTANCE_IPV4: '10.0.0.6' }));
  assert.equal(await records(zone), ['api.stage.internal. A 10 one 10.0.0.5', 'api.stage.internal. A 10 two 10.0.0.6']);
  const Service = { DnsConfig: { DnsRecords: [{ Type: 'A' as const, TTL: 60 }] } };
  await ended(await map.send(new CloudMap.UpdateServiceCommand({ Id: ServiceId, Service })));
  await ended(await map.send(new CloudMap.DeregisterInstanceCommand({ ServiceId, InstanceId: 'two' })));
  assert.equal(await records(zone), ['api.stage.internal. A 60 one 10.0.0.5']);
  const arn = `arn:aws:servicediscovery:eu-west-1:111111111111:namespace/${Id}`;
  assert.is(
    await words(dns.send(new Route53.DeleteHostedZoneCommand({ Id: zone }))),
    `403 AccessDenied: The resource hostedzone/${zone} can only be managed through AWS Cloud Map (${arn})`,
  );
  assert.is(
    await words(register(ServiceId, 'three', {})),
    `400 InvalidInput: The attribute AWS_INSTANCE_IPV4 is required by the DNS records of service ${ServiceId}.`,
  );
});

test('SRV records name a host for each instance', async () => {
  const { ended, namespace, service, register, records, zoneOf } = await open();
  const Id = await namespace();
  const { Id: ServiceId } = await service(Id, { DnsConfig: { DnsRecords: [{ Type: 'SRV', TTL: 10 }] } });
  await ended(await register(ServiceId, 'one', { AWS_INSTANCE_IPV4: '10.0.0.5', AWS_INSTANCE_PORT: '8080' }));
  assert.equal(await records(await zoneOf(Id)), [
    'api.stage.internal. SRV 10 one 1 1 8080 one.api.stage.internal',
    'one.api.stage.internal. A 10 - 10.0.0.5',
  ]);
});

test('healthy instances are discovered, all where none is', async () => {
  const { map, ended, namespace, service, register } = await open();
  const { Id: ServiceId } = await service(await namespace(), { HealthCheckCustomConfig: { FailureThreshold: 1 } });
  await register(ServiceId, 'one', { AWS_INSTANCE_IPV4: '10.0.0.5', stage: 'a' });
  await ended(await register(ServiceId, 'two', { AWS_INSTANCE_IPV4: '10.0.0.6', stage: 'b' }));
  const discover = async (more: Partial<CloudMap.DiscoverInstancesRequest> = {}) => {
    const input = { NamespaceName: 'stage.internal', ServiceName: 'api', ...more };
    const { Instances = [] } = await map.send(new CloudMap.DiscoverInstancesCommand(input));
    return Instances.map(({ InstanceId, HealthStatus }) => `${InstanceId} ${HealthStatus}`);
  };
  const report = (InstanceId: string, Status: CloudMap.CustomHealthStatus) =>
    map.send(new CloudMap.UpdateInstanceCustomHealthStatusCommand({ ServiceId, InstanceId, Status }));
  assert.equal(await discover(), ['one HEALTHY', 'two HEALTHY']);
  assert.equal(await discover({ QueryParameters: { stage: 'b' } }), ['two HEALTHY']);
  await report('one', 'UNHEALTHY');
  assert.equal(await discover(), ['two HEALTHY']);
  await report('two', 'UNHEALTHY');
  assert.equal(await discover(), ['one UNHEALTHY', 'two UNHEALTHY']);
  assert.equal(await discover({ HealthStatus: 'HEALTHY' }), []);
  assert.is(await words(discover({ ServiceName: 'web' })), '400 ServiceNotFound: Service web not found.');
});

test('lists are filtered and paged', async () => {
  const { map, ended, namespace, service } = await open();
  const Id = await namespace();
  await ended(await map.send(new CloudMap.CreatePublicDnsNamespaceCommand({ Name: 'stage.example' })));
  const list = async (Filters: CloudMap.NamespaceFilter[]) => {
    const { Namespaces = [] } = await map.send(new CloudMap.ListNamespacesCommand({ Filters }));
    return Namespaces.map(({ Name }) => Name);
  };
  assert.equal(await list([{ Name: 'TYPE', Values: ['DNS_PUBLIC'] }]), ['stage.example']);
  assert.equal(await list([{ Name: 'NAME', Values: ['stage.i'], Condition: 'BEGINS_WITH' }]), ['stage.internal']);
  await service(Id);
  await service(Id, { Name: 'web' });
  const first = await map.send(new CloudMap.ListServicesCommand({ MaxResults: 1 }));
  const second = await map.send(new CloudMap.ListServicesCommand({ MaxResults: 1, NextToken: first.NextToken }));
  assert.equal([first.Services?.[0]?.Name, second.Services?.[0]?.Name, second.NextToken], ['api', 'web', undefined]);
  const Filters = [{ Name: 'STATUS' as const, Values: ['SUCCESS'] }];
  assert.is((await map.send(new CloudMap.ListOperationsCommand({ Filters }))).Operations?.length, 2);
});

test('what a stack has made is seen here, and a service added by hand holds its namespace back', async () => {
  const { map, config, vpc, pass, service } = await open();
  const stacks = new CloudFormation.CloudFormationClient(config);
  const TemplateBody = JSON.stringify({
    Resources: {
      Space: { Type: 'AWS::ServiceDiscovery::PrivateDnsNamespace', Properties: { Name: 'stage.internal', Vpc: vpc } },
    },
  });
  await stacks.send(new CloudFormation.CreateStackCommand({ StackName: 'space', TemplateBody }));
  pass(5 * MINUTE);
  const { Namespaces = [] } = await map.send(new CloudMap.ListNamespacesCommand({}));
  await service(Namespaces[0]?.Id ?? '');
  await stacks.send(new CloudFormation.DeleteStackCommand({ StackName: 'space' }));
  pass(60 * MINUTE);
  const { StackEvents = [] } = await stacks.send(new CloudFormation.DescribeStackEventsCommand({ StackName: 'space' }));
  const failed = StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'DELETE_FAILED');
  assert.is(failed?.StackName, 'space');
  const reasons = StackEvents.map(({ ResourceStatusReason = '' }) => ResourceStatusReason).join('\n');
  assert.match(reasons, 'Namespace has associated services; delete the services before deleting the namespace');
});

test('tasks of a service with a registry are its instances for as long as they run', async () => {
  const { map, config, vpc, pass, namespace, service } = await open();
  const { Id: ServiceId, Arn: registryArn } = await service(await namespace());
  const { Subnet } = await new EC2.EC2Client(config).send(
    new EC2.CreateSubnetCommand({ VpcId: vpc, CidrBlock: '10.0.1.0/24' }),
  );
  const ecs = new ECS.ECSClient(config);
  await ecs.send(new ECS.CreateClusterCommand({ clusterName: 'stage' }));
  const containerDefinitions = [{ name: 'api', image: 'public.example/api' }];
  await ecs.send(new ECS.RegisterTaskDefinitionCommand({ family: 'api', networkMode: 'awsvpc', containerDefinitions }));
  const awsvpcConfiguration = { subnets: [Subnet?.SubnetId ?? ''] };
  await ecs.send(
    new ECS.CreateServiceCommand({
      ...{ cluster: 'stage', serviceName: 'web', taskDefinition: 'api', desiredCount: 2 },
      networkConfiguration: { awsvpcConfiguration },
      serviceRegistries: [{ registryArn }],
    }),
  );
  const instances = async () => (await map.send(new CloudMap.ListInstancesCommand({ ServiceId }))).Instances ?? [];
  assert.equal(await instances(), []);
  pass(5 * MINUTE);
  const { taskArns = [] } = await ecs.send(new ECS.ListTasksCommand({ cluster: 'stage' }));
  const [first] = await instances();
  assert.equal(
    (await instances()).map(({ Id }) => Id).toSorted(),
    taskArns.map((arn) => arn.split('/').at(-1)).toSorted(),
  );
  assert.match(first?.Attributes?.['AWS_INSTANCE_IPV4'] ?? '', /^10\.0\.1\.\d+$/);
  assert.is(first?.Attributes?.['ECS_SERVICE_NAME'], 'web');
  await ecs.send(new ECS.UpdateServiceCommand({ cluster: 'stage', service: 'web', desiredCount: 1 }));
  assert.is((await instances()).length, 1);
  await ecs.send(new ECS.DeleteServiceCommand({ cluster: 'stage', service: 'web', force: true }));
  assert.equal(await instances(), []);
  await map.send(new CloudMap.DeleteServiceCommand({ Id: ServiceId }));
});

test.run();
