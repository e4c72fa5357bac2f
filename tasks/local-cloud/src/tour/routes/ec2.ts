import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';

const VPC = { VpcId: '<vpc>' };
const TABLE = { RouteTableId: '<table>' };
const GROUP = { GroupId: '<group>' };
const INSTANCE = { InstanceIds: ['<instance>'] };
const ANYWHERE = '0.0.0.0/0';
const HTTPS = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: ANYWHERE }] }];
const tagged = (ResourceType: string) => ({
  TagSpecifications: [{ ResourceType, Tags: [{ Key: 'team', Value: 'a' }] }],
});

const network = stepsOf('ec2', [
  ['DescribeRegions', {}, { expect: { 'Regions.0.RegionName': /-/ } }],
  ['DescribeAvailabilityZones', {}, { expect: { 'AvailabilityZones.0.State': 'available' } }],
  ['DescribeAccountAttributes', {}, { expect: { 'AccountAttributes.0.AttributeName': /-/ } }],
  ['CreateVpc', { CidrBlock: '10.0.0.0/16', ...tagged('vpc') }, { save: { vpc: 'Vpc.VpcId' } }],
  ['CreateVpc', { CidrBlock: '10.0.0.0/33' }, { fails: 'InvalidParameterValue' }],
  ['DescribeVpcs', { Filters: [{ Name: 'tag:team', Values: ['a'] }] }, { expect: { 'Vpcs.0.State': 'available' } }],
  ['ModifyVpcAttribute', { ...VPC, EnableDnsHostnames: { Value: true } }],
  [
    'DescribeVpcAttribute',
    { ...VPC, Attribute: 'enableDnsHostnames' },
    { expect: { 'EnableDnsHostnames.Value': true } },
  ],
  ['CreateSubnet', { ...VPC, CidrBlock: '10.0.0.0/24' }, { save: { subnet: 'Subnet.SubnetId' } }],
  ['CreateSubnet', { ...VPC, CidrBlock: '10.0.0.128/25' }, { fails: 'InvalidSubnet.Conflict' }],
  ['ModifySubnetAttribute', { SubnetId: '<subnet>', MapPublicIpOnLaunch: { Value: true } }],
  ['DescribeSubnets', { SubnetIds: ['<subnet>'] }, { expect: { 'Subnets.0.AvailableIpAddressCount': 251 } }],
  ['CreateInternetGateway', {}, { save: { igw: 'InternetGateway.InternetGatewayId' } }],
  ['AttachInternetGateway', { ...VPC, InternetGatewayId: '<igw>' }],
  ['DescribeInternetGateways', {}, { expect: { 'InternetGateways.0.Attachments.0.State': 'available' } }],
  ['CreateRouteTable', VPC, { save: { table: 'RouteTable.RouteTableId' } }],
  ['CreateRoute', { ...TABLE, DestinationCidrBlock: ANYWHERE, GatewayId: '<igw>' }, { expect: { Return: true } }],
  ['AssociateRouteTable', { ...TABLE, SubnetId: '<subnet>' }, { save: { association: 'AssociationId' } }],
  ['DescribeRouteTables', { RouteTableIds: ['<table>'] }, { expect: { 'RouteTables.0.Routes.1.State': 'active' } }],
  ['DeleteRouteTable', TABLE, { fails: 'DependencyViolation' }],
  [
    'ReplaceRouteTableAssociation',
    { ...TABLE, AssociationId: '<association>' },
    { save: { association: 'NewAssociationId' } },
  ],
  ['DescribeNetworkAcls', {}, { expect: { 'NetworkAcls.0.IsDefault': true } }],
  ['DescribePrefixLists', {}, { expect: { 'PrefixLists.0.PrefixListId': /^pl-/ } }],
  ['DescribeManagedPrefixLists', {}, { expect: { 'PrefixLists.0.OwnerId': 'AWS' } }],
]);

const groups = stepsOf('ec2', [
  ['CreateSecurityGroup', { ...VPC, GroupName: 'web', Description: 'web' }, { save: { group: 'GroupId' } }],
  [
    'AuthorizeSecurityGroupIngress',
    { ...GROUP, IpPermissions: HTTPS },
    { save: { rule: 'SecurityGroupRules.0.SecurityGroupRuleId' } },
  ],
  ['AuthorizeSecurityGroupIngress', { ...GROUP, IpPermissions: HTTPS }, { fails: 'InvalidPermission.Duplicate' }],
  ['AuthorizeSecurityGroupEgress', { ...GROUP, IpPermissions: HTTPS }, { expect: { Return: true } }],
  [
    'DescribeSecurityGroupRules',
    { SecurityGroupRuleIds: ['<rule>'] },
    { expect: { 'SecurityGroupRules.0.FromPort': 443 } },
  ],
  [
    'DescribeSecurityGroups',
    { GroupIds: ['<group>'] },
    { expect: { 'SecurityGroups.0.IpPermissions.0.IpProtocol': 'tcp' } },
  ],
  ['RevokeSecurityGroupIngress', { ...GROUP, SecurityGroupRuleIds: ['<rule>'] }, { expect: { Return: true } }],
  ['RevokeSecurityGroupEgress', { ...GROUP, IpPermissions: HTTPS }, { expect: { Return: true } }],
]);

const gateways = stepsOf('ec2', [
  ['AllocateAddress', { Domain: 'vpc' }, { save: { address: 'AllocationId' } }],
  [
    'CreateNatGateway',
    { SubnetId: '<subnet>', AllocationId: '<address>' },
    { save: { nat: 'NatGateway.NatGatewayId' } },
  ],
  ['DescribeNatGateways', { NatGatewayIds: ['<nat>'] }, { until: { 'NatGateways.0.State': 'available' } }],
  ['ReplaceRoute', { ...TABLE, DestinationCidrBlock: ANYWHERE, NatGatewayId: '<nat>' }],
  ['DescribeAddresses', {}, { expect: { 'Addresses.0.AssociationId': /^eipassoc-/ } }],
  ['ReleaseAddress', { AllocationId: '<address>' }, { fails: 'AuthFailure' }],
  ['DetachInternetGateway', { ...VPC, InternetGatewayId: '<igw>' }, { fails: 'DependencyViolation' }],
  ['DeleteNatGateway', { NatGatewayId: '<nat>' }, { expect: { NatGatewayId: /^nat-/ } }],
  ['DescribeNatGateways', { NatGatewayIds: ['<nat>'] }, { until: { 'NatGateways.0.State': 'deleted' } }],
  [
    'CreateNetworkInterface',
    { SubnetId: '<subnet>', Groups: ['<group>'] },
    { save: { eni: 'NetworkInterface.NetworkInterfaceId' } },
  ],
  ['ModifyNetworkInterfaceAttribute', { NetworkInterfaceId: '<eni>', Description: { Value: 'tour' } }],
  [
    'AssociateAddress',
    { AllocationId: '<address>', NetworkInterfaceId: '<eni>' },
    { save: { mapping: 'AssociationId' } },
  ],
  [
    'DescribeNetworkInterfaces',
    { Filters: [{ Name: 'description', Values: ['to*'] }] },
    { expect: { 'NetworkInterfaces.0.Association.PublicIp': /^52\./ } },
  ],
  ['DeleteSecurityGroup', GROUP, { fails: 'DependencyViolation' }],
  ['DisassociateAddress', { AssociationId: '<mapping>' }],
  ['ReleaseAddress', { AllocationId: '<address>' }],
  [
    'DetachNetworkInterface',
    { AttachmentId: 'eni-attach-0123456789abcdef0' },
    { fails: 'InvalidAttachmentID.NotFound' },
  ],
  ['DeleteNetworkInterface', { NetworkInterfaceId: '<eni>' }],
  ['DescribeVpcEndpointServices', {}, { expect: { 'ServiceNames.0': /^com\.amazonaws\./ } }],
  [
    'CreateVpcEndpoint',
    { ...VPC, ServiceName: 'com.amazonaws.eu-west-1.s3' },
    { save: { endpoint: 'VpcEndpoint.VpcEndpointId' } },
  ],
  ['ModifyVpcEndpoint', { VpcEndpointId: '<endpoint>', AddRouteTableIds: ['<table>'] }, { expect: { Return: true } }],
  ['DescribeVpcEndpoints', {}, { expect: { 'VpcEndpoints.0.RouteTableIds.0': /^rtb-/ } }],
  ['DeleteVpcEndpoints', { VpcEndpointIds: ['<endpoint>'] }],
]);

const instances = stepsOf('ec2', [
  [
    'CreateLaunchTemplate',
    { LaunchTemplateName: 'tour', LaunchTemplateData: { ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro' } },
    { expect: { 'LaunchTemplate.LatestVersionNumber': 1 } },
  ],
  ['DescribeLaunchTemplates', {}, { expect: { 'LaunchTemplates.0.LaunchTemplateName': 'tour' } }],
  [
    'RunInstances',
    {
      ...{ LaunchTemplate: { LaunchTemplateName: 'tour' }, MinCount: 1, MaxCount: 1 },
      ...{ SubnetId: '<subnet>', SecurityGroupIds: ['<group>'], DisableApiTermination: true },
    },
    { save: { instance: 'Instances.0.InstanceId', zone: 'Instances.0.Placement.AvailabilityZone' } },
  ],
  ['DescribeInstances', INSTANCE, { until: { 'Reservations.0.Instances.0.State.Name': 'running' } }],
  ['DescribeInstanceStatus', INSTANCE, { expect: { 'InstanceStatuses.0.InstanceStatus.Status': 'ok' } }],
  ['CreateVolume', { AvailabilityZone: '<zone>', Size: 8 }, { save: { volume: 'VolumeId' } }],
  ['AttachVolume', { VolumeId: '<volume>', InstanceId: '<instance>', Device: '/dev/sdf' }],
  ['DescribeVolumes', {}, { expect: { 'Volumes.0.State': 'in-use' } }],
  ['DetachVolume', { VolumeId: '<volume>' }, { expect: { State: 'detaching' } }],
  [
    'CreateSnapshot',
    { VolumeId: '<volume>', Description: 'tour' },
    { save: { snapshot: 'SnapshotId' }, expect: { VolumeSize: 8 } },
  ],
  ['DeleteVolume', { VolumeId: '<volume>' }],
  ['DescribeSnapshots', { SnapshotIds: ['<snapshot>'] }, { expect: { 'Snapshots.0.State': 'completed' } }],
  ['DeleteSnapshot', { SnapshotId: '<snapshot>' }],
  ['StopInstances', INSTANCE, { expect: { 'StoppingInstances.0.CurrentState.Name': 'stopping' } }],
  ['DescribeInstances', INSTANCE, { until: { 'Reservations.0.Instances.0.State.Name': 'stopped' } }],
  ['StartInstances', INSTANCE, { expect: { 'StartingInstances.0.PreviousState.Name': 'stopped' } }],
  ['DescribeInstances', INSTANCE, { until: { 'Reservations.0.Instances.0.State.Name': 'running' } }],
  ['TerminateInstances', INSTANCE, { fails: 'OperationNotPermitted' }],
  ['ModifyInstanceAttribute', { InstanceId: '<instance>', DisableApiTermination: { Value: false } }],
  [
    'DescribeInstanceAttribute',
    { InstanceId: '<instance>', Attribute: 'disableApiTermination' },
    { expect: { 'DisableApiTermination.Value': false } },
  ],
  ['TerminateInstances', INSTANCE, { expect: { 'TerminatingInstances.0.CurrentState.Code': 32 } }],
  ['DescribeInstances', INSTANCE, { until: { 'Reservations.0.Instances.0.State.Name': 'terminated' } }],
  ['DeleteLaunchTemplate', { LaunchTemplateName: 'tour' }],
]);

const end = stepsOf('ec2', [
  [
    'CreateFlowLogs',
    { ResourceIds: ['<vpc>'], ResourceType: 'VPC', TrafficType: 'ALL', LogGroupName: 'flow' },
    { save: { log: 'FlowLogIds.0' } },
  ],
  ['DescribeFlowLogs', {}, { expect: { 'FlowLogs.0.TrafficType': 'ALL' } }],
  ['DeleteFlowLogs', { FlowLogIds: ['<log>'] }],
  ['CreateTags', { Resources: ['<subnet>'], Tags: [{ Key: 'team', Value: 'b' }] }],
  [
    'DescribeTags',
    { Filters: [{ Name: 'resource-id', Values: ['<subnet>'] }] },
    { expect: { 'Tags.0.ResourceType': 'subnet' } },
  ],
  ['DeleteTags', { Resources: ['<subnet>'], Tags: [{ Key: 'team' }] }],
  ['DeleteVpc', VPC, { fails: 'DependencyViolation' }],
  ['DeleteRoute', { ...TABLE, DestinationCidrBlock: ANYWHERE }],
  ['DisassociateRouteTable', { AssociationId: '<association>' }],
  ['DescribeVpcEndpoints', {}, { until: { 'VpcEndpoints.length': 0 } }],
  ['DeleteRouteTable', TABLE],
  ['DeleteSecurityGroup', GROUP],
  ['DeleteSubnet', { SubnetId: '<subnet>' }],
  ['DetachInternetGateway', { ...VPC, InternetGatewayId: '<igw>' }],
  ['DeleteInternetGateway', { InternetGatewayId: '<igw>' }],
  ['DeleteVpc', VPC],
]);

export const ec2Route: Route = { name: 'EC2', steps: [...network, ...groups, ...gateways, ...instances, ...end] };
