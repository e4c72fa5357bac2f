import { parseTemplate } from '@roundtrip/template';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { StackSide } from './resource-change.ts';
import { resourceChanges } from './resource-changes.ts';

const pseudo = { region: 'eu-west-1', account: '111111111111', stackName: 'stage-network' };

const side = (
  text: string,
  parameters: Record<string, string> = {},
  unknown: Record<string, string> = {},
): StackSide => ({
  template: parseTemplate(text, 'a.yaml').template,
  parameters,
  unknown,
});

const changes = (before: StackSide | undefined, after: StackSide | undefined) =>
  resourceChanges({ before, after, pseudo });

const NETWORK = `Parameters:
  Cidr: { Type: String }
  Nat: { Type: String, Default: 'true' }
Conditions:
  HasNat: !Equals [!Ref Nat, 'true']
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: !Ref Cidr
      EnableDnsSupport: true
  Subnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Sub '\${Vpc}'
      CidrBlock: !Select [0, !Cidr [!GetAtt Vpc.CidrBlock, 2, 8]]
  Topic:
    Type: AWS::SNS::Topic
    Properties: { DisplayName: !Sub '\${AWS::StackName} in \${Vpc}' }
  Ip:
    Type: AWS::EC2::EIP
    Condition: HasNat
    DeletionPolicy: Retain
`;

test('a new stack adds what its conditions let exist', () => {
  const add = { action: 'add', replacement: 'no', properties: [] } as const;
  assert.equal(changes(undefined, side(NETWORK, { Cidr: '10.0.0.0/16', Nat: 'false' })), [
    { logicalId: 'Vpc', type: 'AWS::EC2::VPC', ...add },
    { logicalId: 'Subnet', type: 'AWS::EC2::Subnet', ...add },
    { logicalId: 'Topic', type: 'AWS::SNS::Topic', ...add },
  ]);
});

test('a deleted stack removes everything, with what each resource leaves behind', () => {
  const text = `Resources:
  Kept: { Type: AWS::S3::Bucket, DeletionPolicy: Retain }
  Gone: { Type: AWS::SNS::Topic }
  Db: { Type: AWS::RDS::DBInstance }
  Member: { Type: AWS::RDS::DBInstance, Properties: { DBClusterIdentifier: x } }
  Dropped: { Type: AWS::RDS::DBCluster, DeletionPolicy: Delete }
`;
  const remove = { action: 'remove', replacement: 'no', properties: [] } as const;
  assert.equal(changes(side(text), undefined), [
    { logicalId: 'Kept', type: 'AWS::S3::Bucket', ...remove, deletionPolicy: 'Retain' },
    { logicalId: 'Gone', type: 'AWS::SNS::Topic', ...remove, deletionPolicy: 'Delete' },
    { logicalId: 'Db', type: 'AWS::RDS::DBInstance', ...remove, deletionPolicy: 'Snapshot' },
    { logicalId: 'Member', type: 'AWS::RDS::DBInstance', ...remove, deletionPolicy: 'Delete' },
    { logicalId: 'Dropped', type: 'AWS::RDS::DBCluster', ...remove, deletionPolicy: 'Delete' },
  ]);
});

test('nothing changes where nothing has changed, however it is written', () => {
  const before = side(NETWORK, { Cidr: '10.0.0.0/16' });
  const after = side(
    NETWORK.replace('!Ref Cidr', "!Join ['', [!Ref Cidr]]").replace('Support: true', "Support: 'true'"),
    {
      Cidr: '10.0.0.0/16',
      Nat: 'true',
    },
  );
  assert.equal(changes(before, after), []);
});

test('a changed parameter shows where it is used, and a replacement takes along what refers to it', () => {
  const before = side(NETWORK, { Cidr: '10.0.0.0/16', Nat: 'true' });
  const after = side(NETWORK, { Cidr: '10.1.0.0/16', Nat: 'false' });
  assert.equal(changes(before, after), [
    {
      logicalId: 'Vpc',
      type: 'AWS::EC2::VPC',
      action: 'modify',
      replacement: 'yes',
      properties: [{ path: 'CidrBlock', before: '10.0.0.0/16', after: '10.1.0.0/16' }],
      deletionPolicy: 'Delete',
    },
    {
      logicalId: 'Subnet',
      type: 'AWS::EC2::Subnet',
      action: 'modify',
      replacement: 'yes',
      properties: [
        { path: 'VpcId', before: { 'Fn::Sub': '${Vpc}' }, after: '(follows the new Vpc)' },
        {
          path: 'CidrBlock',
          before: { 'Fn::Select': [0, { 'Fn::Cidr': [{ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, 2, 8] }] },
          after: '(follows the new Vpc)',
        },
      ],
      deletionPolicy: 'Delete',
    },
    {
      logicalId: 'Topic',
      type: 'AWS::SNS::Topic',
      action: 'modify',
      replacement: 'no',
      properties: [
        { path: 'DisplayName', before: { 'Fn::Sub': 'stage-network in ${Vpc}' }, after: '(follows the new Vpc)' },
      ],
    },
    {
      logicalId: 'Ip',
      type: 'AWS::EC2::EIP',
      action: 'remove',
      replacement: 'no',
      properties: [],
      deletionPolicy: 'Retain',
    },
  ]);
});

const TASK = `Parameters:
  Count: { Type: Number, Default: 1 }
  LogLevel: { Type: String, Default: info }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    UpdateReplacePolicy: Retain
    Properties:
      Cpu: 256
      ContainerDefinitions:
        - Name: api
          Image: api:1
          Environment: [{ Name: LEVEL, Value: !Ref LogLevel }, { Name: PORT, Value: '80' }]
  Service:
    Type: AWS::ECS::Service
    DependsOn: Task
    Properties:
      DesiredCount: !Ref Count
      TaskDefinition: !Ref Task
`;

test('a property is named to its depth, items by their own names', () => {
  const after = TASK.replace('api:1', 'api:2').replace("{ Name: PORT, Value: '80' }", '{ Name: NEW, Value: x }');
  assert.equal(changes(side(TASK), side(after, { LogLevel: 'debug' })), [
    {
      logicalId: 'Task',
      type: 'AWS::ECS::TaskDefinition',
      action: 'modify',
      replacement: 'yes',
      properties: [
        { path: 'ContainerDefinitions[api].Image', before: 'api:1', after: 'api:2' },
        { path: 'ContainerDefinitions[api].Environment[LEVEL].Value', before: 'info', after: 'debug' },
        {
          path: 'ContainerDefinitions[api].Environment[PORT]',
          before: { Name: 'PORT', Value: '80' },
          after: undefined,
        },
        { path: 'ContainerDefinitions[api].Environment[NEW]', before: undefined, after: { Name: 'NEW', Value: 'x' } },
      ],
      deletionPolicy: 'Retain',
    },
    {
      logicalId: 'Service',
      type: 'AWS::ECS::Service',
      action: 'modify',
      replacement: 'no',
      properties: [{ path: 'TaskDefinition', before: { Ref: 'Task' }, after: '(follows the new Task)' }],
    },
  ]);
});

test('a count is changed in place, and DependsOn alone changes no resource', () => {
  assert.equal(changes(side(TASK), side(TASK.replace('    DependsOn: Task\n', ''), { Count: '3' })), [
    {
      logicalId: 'Service',
      type: 'AWS::ECS::Service',
      action: 'modify',
      replacement: 'no',
      properties: [{ path: 'DesiredCount', before: '1', after: '3' }],
    },
  ]);
});

const DATABASE = `Parameters:
  Password: { Type: String, NoEcho: true }
  Version: { Type: String, Default: '16.1' }
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties: { MasterUserPassword: !Ref Password, EngineVersion: !Ref Version, DBInstanceIdentifier: a }
`;

test('a secret is neither compared nor shown, even where one side does not mark it', () => {
  const open = DATABASE.replace(', NoEcho: true', '');
  assert.equal(changes(side(DATABASE, { Password: '****' }), side(DATABASE, { Password: 'new secret' })), []);
  assert.equal(changes(side(open, { Password: 'old secret' }), side(DATABASE, { Password: 'new secret' })), []);
  const moved = DATABASE.replace('!Ref Password, E', "!Sub '${Password}!', E");
  assert.equal(changes(side(open, { Password: 'old secret' }), side(moved, { Password: 'new secret' })), [
    {
      logicalId: 'Db',
      type: 'AWS::RDS::DBInstance',
      action: 'modify',
      replacement: 'no',
      properties: [{ path: 'MasterUserPassword', before: '****', after: { 'Fn::Sub': '${Password}!' } }],
    },
  ]);
});

test('a version is not a number: 16.1 and 16.10 differ', () => {
  assert.equal(changes(side(DATABASE, { Password: 'x' }), side(DATABASE, { Password: 'x', Version: '16.10' })), [
    {
      logicalId: 'Db',
      type: 'AWS::RDS::DBInstance',
      action: 'modify',
      replacement: 'no',
      properties: [{ path: 'EngineVersion', before: '16.1', after: '16.10' }],
    },
  ]);
});

test('a value that is not known yet may replace, and so may what follows', () => {
  const known = side(NETWORK, { Cidr: '10.0.0.0/16' });
  const unknown = side(NETWORK, {}, { Cidr: '(Cidr of stage-core)' });
  const found = changes(known, unknown);
  assert.equal(
    found.map(({ logicalId, replacement }) => [logicalId, replacement]),
    [
      ['Vpc', 'maybe'],
      ['Subnet', 'maybe'],
      ['Topic', 'no'],
    ],
  );
  assert.equal(found[0]?.properties, [{ path: 'CidrBlock', before: '10.0.0.0/16', after: '(Cidr of stage-core)' }]);
});

test('another type under the same name is a replacement', () => {
  const before = side('Resources:\n  A: { Type: AWS::SNS::Topic }\n');
  const after = side('Resources:\n  A: { Type: AWS::SQS::Queue }\n');
  assert.equal(changes(before, after), [
    {
      logicalId: 'A',
      type: 'AWS::SQS::Queue',
      action: 'modify',
      replacement: 'yes',
      properties: [{ path: 'Type', before: 'AWS::SNS::Topic', after: 'AWS::SQS::Queue' }],
      deletionPolicy: 'Delete',
    },
  ]);
});

test('a changed policy is shown although the resource itself stays as it is', () => {
  const before = side('Resources:\n  A: { Type: AWS::SNS::Topic }\n');
  const after = side('Resources:\n  A: { Type: AWS::SNS::Topic, DeletionPolicy: Retain }\n');
  assert.equal(changes(before, after)[0]?.properties, [{ path: 'DeletionPolicy', before: undefined, after: 'Retain' }]);
});

test.run();
