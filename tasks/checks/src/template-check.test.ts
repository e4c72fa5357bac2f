import { ProblemError } from '@roundtrip/problem';
import { resourceType } from '@roundtrip/spec';
import { parseTemplate } from '@roundtrip/template';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkTemplate } from './template-check.ts';

/** What a person sees; empty where there is nothing to say. */
function complaints(text: string): string {
  const problems = checkTemplate(parseTemplate(text, 'a.yaml'), resourceType);
  return problems.length === 0 ? '' : new ProblemError(problems).message;
}

test('a template that keeps to the specification has no problem', () => {
  assert.is(
    complaints(`Parameters:
  Name: { Type: String }
  SubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' }
  VpcId: { Type: 'AWS::EC2::VPC::Id' }
Mappings:
  Ports: { eu-west-1: { Http: 8080 } }
Conditions:
  Named: !Not [!Equals [!Ref Name, '']]
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: !Sub '\${AWS::StackName} \${Name}'
      VpcId: !Ref VpcId
      SecurityGroupIngress:
        - !If [Named, { IpProtocol: tcp, FromPort: !FindInMap [Ports, !Ref AWS::Region, Http], ToPort: '8080', CidrIp: 10.0.0.0/8 }, !Ref AWS::NoValue]
      Tags: [{ Key: Name, Value: 1 }]
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    DeletionPolicy: Delete
    Properties:
      Subnets: !Ref SubnetIds
      SecurityGroups: [!GetAtt Group.GroupId]
      LoadBalancerAttributes: !If [Named, [{ Key: idle_timeout.timeout_seconds, Value: '30' }], !Ref AWS::NoValue]
  Own:
    Type: Custom::Thing
    Properties: { ServiceToken: !Ref Name, Anything: [goes] }
Outputs:
  Url: { Value: !Sub 'http://\${Balancer.DNSName}/\${Own.Whatever}' }
`),
    '',
  );
});

test('an unknown type and an unknown policy', () => {
  assert.is(
    complaints('Resources:\n  A:\n    Type: AWS::EC2::Vpc\n    DeletionPolicy: Keep\n'),
    `a.yaml:3:11: unknown resource type AWS::EC2::Vpc
  next: look it up in the AWS resource and property types reference; capitals count
a.yaml:4:21: unknown DeletionPolicy Keep
  next: use one of Delete, Retain, RetainExceptOnCreate, Snapshot`,
  );
});

test('unknown and missing properties at any depth, also inside of a branch', () => {
  assert.is(
    complaints(`Conditions: { C: !Equals [a, b] }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      cpu: 256
      ContainerDefinitions:
        - Name: api
          PortMappings: !If [C, [{ Containerport: 80 }], !Ref AWS::NoValue]
  Zone:
    Type: AWS::Route53::RecordSet
    Properties: { Name: x }
`),
    `a.yaml:6:7: AWS::ECS::TaskDefinition has no property cpu
  next: write Cpu
a.yaml:8:11: AWS::ECS::TaskDefinition needs the property ContainerDefinitions[0].Image
a.yaml:9:36: AWS::ECS::TaskDefinition has no property ContainerDefinitions[0].PortMappings[0].Containerport
  next: write ContainerPort
a.yaml:12:5: AWS::Route53::RecordSet needs the property Type`,
  );
});

test('an unknown property without a near name lists the known ones', () => {
  assert.is(
    complaints('Resources:\n  A:\n    Type: AWS::EC2::InternetGateway\n    Properties: { Colour: red }\n'),
    `a.yaml:4:19: AWS::EC2::InternetGateway has no property Colour
  next: use one of Tags`,
  );
});

test('values that can never be of their type, written out or given by a function', () => {
  assert.is(
    complaints(`Parameters:
  One: { Type: String }
  Many: { Type: CommaDelimitedList }
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: [10.0.0.0/16]
      EnableDnsSupport: maybe
      Tags: { Key: a }
  Service:
    Type: AWS::ECS::Service
    Properties:
      DesiredCount: two
      CapacityProviderStrategy: !Ref One
      Cluster: !Ref Many
      DeploymentConfiguration: fast
      NetworkConfiguration: !Sub '\${One}'
      LoadBalancers: [{ ContainerPort: 80.5 }]
      ServiceName: !Split [',', a]
`),
    `a.yaml:8:7: AWS::EC2::VPC takes a text for CidrBlock, not a list
a.yaml:9:7: AWS::EC2::VPC takes true or false for EnableDnsSupport, not "maybe"
a.yaml:10:7: AWS::EC2::VPC takes a list for Tags, not a map
a.yaml:14:7: AWS::ECS::Service takes a whole number for DesiredCount, not "two"
a.yaml:15:7: AWS::ECS::Service takes a list for CapacityProviderStrategy, not what Ref gives
a.yaml:16:7: AWS::ECS::Service takes a text for Cluster, not what Ref gives
a.yaml:17:7: AWS::ECS::Service takes a map for DeploymentConfiguration, not "fast"
a.yaml:18:7: AWS::ECS::Service takes a map for NetworkConfiguration, not what Fn::Sub gives
a.yaml:19:25: AWS::ECS::Service takes a whole number for LoadBalancers[0].ContainerPort, not 80.5
a.yaml:20:7: AWS::ECS::Service takes a text for ServiceName, not what Fn::Split gives`,
  );
});

test('a list attribute does not fit a text, and a text attribute does not fit a list', () => {
  assert.is(
    complaints(`Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Vpc, CidrBlock: !GetAtt Vpc.CidrBlockAssociations }
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: { Subnets: !Ref Subnet }
`),
    `a.yaml:5:36: AWS::EC2::Subnet takes a text for CidrBlock, not what Fn::GetAtt gives
a.yaml:8:19: AWS::ElasticLoadBalancingV2::LoadBalancer takes a list for Subnets, not what Ref gives`,
  );
});

test('references to what is not there, and attributes that a type does not have', () => {
  assert.is(
    complaints(`Resources:
  Topic:
    Type: AWS::SNS::Topic
    DependsOn: Gone
    Properties: { TopicName: !Ref Nmae }
  Association:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: { VpcId: !GetAtt Topic.VpcId }
Outputs:
  A: { Value: !Sub '\${Topic.Arn}' }
  B: { Value: !If [C, a, b] }
`),
    `a.yaml:4:16: Template format error: Unresolved resource dependencies [Gone] in the Resources block of the template
a.yaml:5:35: Template format error: Unresolved resource dependencies [Nmae] in the Resources block of the template
a.yaml:8:34: Topic is an AWS::SNS::Topic, which has no attribute VpcId
  next: use one of TopicArn, TopicName
a.yaml:10:20: Topic is an AWS::SNS::Topic, which has no attribute Arn
  next: use one of TopicArn, TopicName
a.yaml:11:19: Template error: unresolved condition dependency C in the Outputs block of the template`,
  );
});

test('what is declared and never used', () => {
  assert.is(
    complaints(`Parameters:
  Used: { Type: String }
  Unused: { Type: String }
Mappings:
  M: { a: { b: c } }
Conditions:
  OfAnother: !Equals [!Ref Used, x]
  C: !Not [!Condition OfAnother]
  D: !Equals [a, b]
Resources:
  A: { Type: AWS::SNS::Topic, Condition: D }
`),
    `a.yaml:3:3: the parameter Unused is never used
  next: remove it, or use it
a.yaml:5:3: the mapping M is never used
  next: remove it, or use it
a.yaml:8:3: the condition C is never used
  next: remove it, or use it`,
  );
});

test('what a loop writes out is checked too, at the place where the loop stands', () => {
  assert.is(
    complaints(`Transform: AWS::LanguageExtensions
Resources:
  'Fn::ForEach::Topics':
    - Name
    - [One, Two]
    - Topic\${Name}:
        Type: AWS::SNS::Topic
        Properties:
          TopicName: !Ref Name
          Colour: red
`)
      .split('\n')
      .filter((line) => line.startsWith('a.yaml'))
      .map((line) => line.slice(0, 'a.yaml:10:11'.length))
      .join(' '),
    'a.yaml:10:11 a.yaml:10:11',
  );
});

test.run();
