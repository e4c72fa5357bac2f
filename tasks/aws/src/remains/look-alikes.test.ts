import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  AllocateAddressCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateSnapshotCommand,
  CreateSubnetCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  EC2Client,
  type ResourceType,
} from '@aws-sdk/client-ec2';
import { CreateFileSystemCommand, EFSClient } from '@aws-sdk/client-efs';
import { CreateTargetGroupCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateKeyCommand, KMSClient, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import { CreateDBInstanceCommand, CreateDBSnapshotCommand, RDSClient } from '@aws-sdk/client-rds';
import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Leftover } from '@roundtrip/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { clientConfig } from '../client-settings.ts';
import { monthlyUsd } from '../prices.ts';
import { ACCOUNT, createTestAccount } from '../test-account.ts';
import { createRemains } from './remains.ts';

const KEY = 'roundtrip:environment';
const tagged = (ResourceType: ResourceType, environment: string) => ({
  TagSpecifications: [{ ResourceType, Tags: [{ Key: KEY, Value: environment }] }],
});
const named = (ResourceType: ResourceType, name: string) => ({
  TagSpecifications: [{ ResourceType, Tags: [{ Key: 'Name', Value: name }] }],
});

function open() {
  const { settings, stacks, pass } = createTestAccount();
  const config = clientConfig(settings);
  const remains = createRemains({ settings, account: ACCOUNT, stacks, sleep: async (ms) => pass(ms) });
  const lines = async (): Promise<string[]> => (await remains.find('stage')).map(lineOf).sort();
  return { config, stacks, pass, remains, lines, ec2: new EC2Client(config) };
}

function lineOf(leftover: Leftover): string {
  const { type, foundBy, name } = leftover;
  const usd = monthlyUsd(leftover);
  return `${type?.replace('AWS::', '')} ${foundBy}${name === undefined ? '' : ` ${name}`} ${usd === undefined ? '-' : usd.toFixed(2)}`;
}

test('sees volumes, snapshots and addresses, by tag and by name, and those of nobody else', async () => {
  const { ec2, lines } = open();
  const zone = { AvailabilityZone: 'eu-west-1a', Size: 20 };
  const { VolumeId } = await ec2.send(
    new CreateVolumeCommand({ ...zone, VolumeType: 'gp3', ...tagged('volume', 'stage') }),
  );
  await ec2.send(new CreateSnapshotCommand({ VolumeId, ...tagged('snapshot', 'stage') }));
  await ec2.send(new CreateVolumeCommand({ ...zone, ...named('volume', 'stage-data-extra') }));
  await ec2.send(new AllocateAddressCommand(tagged('elastic-ip', 'stage')));
  // Who is called almost the same, who has such a name and says whose it is, and who says nothing.
  for (const other of ['stage2', 'stage-two', 'prestage']) {
    const TagSpecifications = [
      {
        ResourceType: 'volume' as const,
        Tags: [
          { Key: KEY, Value: other },
          { Key: 'Name', Value: 'stage-data-volume' },
        ],
      },
    ];
    await ec2.send(new CreateVolumeCommand({ ...zone, TagSpecifications }));
  }
  await ec2.send(new CreateVolumeCommand({ ...zone, ...named('volume', 'stage2-data') }));
  await ec2.send(new CreateVolumeCommand({ ...zone, ...named('volume', 'prestage-data') }));
  await ec2.send(new AllocateAddressCommand({}));
  assert.equal(await lines(), [
    'EC2::EIP tag 3.65',
    'EC2::Snapshot tag 1.00',
    'EC2::Volume name stage-data-extra 2.00',
    'EC2::Volume tag 1.60',
  ]);
});

test('sees what is in a network of the environment, and what only names it', async () => {
  const { ec2, config, lines } = open();
  const network = async (environment: string): Promise<{ VpcId: string; SubnetId: string }> => {
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', ...tagged('vpc', environment) }));
    const VpcId = Vpc?.VpcId ?? '';
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24' }));
    return { VpcId, SubnetId: Subnet?.SubnetId ?? '' };
  };
  const [own, other] = [await network('stage'), await network('stage2')];
  await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: own.SubnetId }));
  await ec2.send(new CreateSecurityGroupCommand({ VpcId: own.VpcId, GroupName: 'launch', Description: 'd' }));
  const Description = 'ELB app/stage-cluster/50dc6c495c0c9188';
  await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: other.SubnetId, Description }));
  await ec2.send(
    new CreateNetworkInterfaceCommand({ SubnetId: other.SubnetId, Description: 'ELB app/stage2-cluster/5' }),
  );
  await ec2.send(new CreateSecurityGroupCommand({ VpcId: other.VpcId, GroupName: 'stage2-data', Description: 'd' }));
  const balancing = new ElasticLoadBalancingV2Client(config);
  const target = { Port: 80, Protocol: 'HTTP' as const, TargetType: 'ip' as const };
  for (const Name of ['stage-services-ui', 'stage2-services-ui']) {
    await balancing.send(new CreateTargetGroupCommand({ Name, ...target, VpcId: other.VpcId }));
  }
  const Tags = [{ Key: KEY, Value: 'stage2' }];
  await balancing.send(new CreateTargetGroupCommand({ Name: 'stage-services-x', ...target, VpcId: other.VpcId, Tags }));
  assert.equal(await lines(), [
    'EC2::NetworkInterface name ELB app/stage-cluster/50dc6c495c0c9188 -',
    'EC2::NetworkInterface network -',
    'EC2::SecurityGroup network -',
    'EC2::VPC tag -',
    'ElasticLoadBalancingV2::TargetGroup name stage-services-ui -',
  ]);
});

test('an interface endpoint is charged for each zone, one of a gateway is not, and one that is deleted is gone', async () => {
  const { ec2, pass, lines } = open();
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc?.VpcId ?? '';
  const subnet = async (CidrBlock: string, AvailabilityZone: string): Promise<string> => {
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }));
    return Subnet?.SubnetId ?? '';
  };
  const SubnetIds = [await subnet('10.0.0.0/24', 'eu-west-1a'), await subnet('10.0.1.0/24', 'eu-west-1b')];
  const endpoint = async (service: string, environment: string, subnets?: string[]): Promise<string> => {
    const ServiceName = `com.amazonaws.eu-west-1.${service}`;
    const kind = subnets === undefined ? 'Gateway' : 'Interface';
    const { VpcEndpoint } = await ec2.send(
      new CreateVpcEndpointCommand({
        ...{ VpcId, ServiceName, VpcEndpointType: kind, ...tagged('vpc-endpoint', environment) },
        ...(subnets === undefined ? {} : { SubnetIds: subnets, PrivateDnsEnabled: false }),
      }),
    );
    return VpcEndpoint?.VpcEndpointId ?? '';
  };
  await endpoint('logs', 'stage', SubnetIds);
  await endpoint('s3', 'stage');
  await endpoint('ssm', 'stage2', SubnetIds);
  const gone = await endpoint('ecr.api', 'stage', SubnetIds);
  assert.is((await lines()).length, 3);
  await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [gone] }));
  pass(10 * 60_000);
  assert.equal(await lines(), ['EC2::VPCEndpoint tag 0.00', 'EC2::VPCEndpoint tag 14.60']);
});

test('sees snapshots of databases, file systems and records of other zones', async () => {
  const { config, lines, pass } = open();
  const rds = new RDSClient(config);
  const database = {
    Engine: 'postgres',
    DBInstanceClass: 'db.t4g.micro',
    MasterUsername: 'a',
    MasterUserPassword: 'secret12',
  };
  const DBInstanceIdentifier = 'shared';
  await rds.send(new CreateDBInstanceCommand({ DBInstanceIdentifier, ...database, AllocatedStorage: 20 }));
  pass(60 * 60_000);
  for (const DBSnapshotIdentifier of ['stage-data-snapshot-database-1b2c', 'stage2-data-snapshot-database-1b2c']) {
    await rds.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier, DBSnapshotIdentifier }));
    pass(60 * 60_000);
  }
  const efs = new EFSClient(config);
  await efs.send(new CreateFileSystemCommand({ CreationToken: 'a', Tags: [{ Key: KEY, Value: 'stage' }] }));
  await efs.send(new CreateFileSystemCommand({ CreationToken: 'b', Tags: [{ Key: KEY, Value: 'stage2' }] }));
  const dns = new Route53Client(config);
  const zone = await dns.send(new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'r' }));
  const record = (name: string, target: string) => ({
    Action: 'CREATE' as const,
    ResourceRecordSet: {
      Name: `${name}.example.com`,
      Type: 'CNAME' as const,
      TTL: 60,
      ResourceRecords: [{ Value: target }],
    },
  });
  const Changes = [
    record('shop', 'stage-cluster-12.eu-west-1.elb.amazonaws.com'),
    record('other', 'stage2-cluster-12.eu-west-1.elb.amazonaws.com'),
  ];
  await dns.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zone.HostedZone?.Id, ChangeBatch: { Changes } }));
  assert.equal(await lines(), [
    'EFS::FileSystem tag 0.00',
    'RDS::DBSnapshot name stage-data-snapshot-database-1b2c 1.90',
    'Route53::RecordSet name stage-cluster-12 -',
  ]);
});

test('a key and a secret that wait for their deletion are going, with the date', async () => {
  const { config, remains } = open();
  const kms = new KMSClient(config);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Tags: [{ TagKey: KEY, TagValue: 'stage' }] }));
  await kms.send(new ScheduleKeyDeletionCommand({ KeyId: KeyMetadata?.KeyId, PendingWindowInDays: 7 }));
  await kms.send(new CreateKeyCommand({ Tags: [{ TagKey: KEY, TagValue: 'stage' }] }));
  const secrets = new SecretsManagerClient(config);
  await secrets.send(new CreateSecretCommand({ Name: 's', Tags: [{ Key: KEY, Value: 'stage' }] }));
  await secrets.send(new DeleteSecretCommand({ SecretId: 's', RecoveryWindowInDays: 7 }));
  const found = await remains.find('stage');
  assert.equal(found.map((one) => `${one.type} ${one.going} ${monthlyUsd(one)}`).sort(), [
    'AWS::KMS::Key pending deletion, AWS deletes it on 2026-01-12 0',
    'AWS::KMS::Key undefined 1',
    'AWS::SecretsManager::Secret scheduled for deletion, 2026-01-05 undefined',
  ]);
});

test('what a standing stack holds, or what it is called after, is not left over', async () => {
  const { stacks, ec2, config, lines, pass } = open();
  const templateBody = 'Resources: { Topic: { Type: AWS::SNS::Topic } }';
  const rest = { token: 't', parameters: {}, capabilities: [], tags: { [KEY]: 'stage' }, terminationProtection: false };
  await stacks.create({ stackName: 'stage-data', templateBody, ...rest });
  pass(60_000);
  const zone = { AvailabilityZone: 'eu-west-1a', Size: 20 };
  await ec2.send(new CreateVolumeCommand({ ...zone, ...named('volume', 'stage-data-extra') }));
  await ec2.send(new CreateVolumeCommand({ ...zone, ...tagged('volume', 'stage') }));
  await new CloudWatchLogsClient(config).send(new CreateLogGroupCommand({ logGroupName: '/stage-network/flow' }));
  assert.equal(await lines(), [
    'CloudFormation::Stack stack -',
    'EC2::Volume stack 2.00',
    'EC2::Volume stack stage-data-extra 2.00',
    'Logs::LogGroup name /stage-network/flow -',
    'SNS::Topic stack -',
  ]);
});

test("what is another account's is never removed", async () => {
  const { remains } = open();
  const arn = 'arn:aws:cloudwatch:eu-west-1:222222222222:alarm:stage-high';
  const removed = remains.remove({ arn, type: 'AWS::CloudWatch::Alarm', id: 'stage-high', foundBy: 'tag' });
  assert.is(await removed.catch((error: unknown) => String(error)), `RangeError: ${arn} belongs to another account`);
});

test.run();
