import { LIFECYCLE_TURN, takeTurn } from '../../catalog/ec2/lifecycle.ts';
import { RELEASE_INTERFACE, releaseInterfaces } from '../../catalog/network-interfaces.ts';
import { ServiceError } from '../../world.ts';
import type { Service } from '../../world.ts';
import {
  allocateAddress,
  associateAddress,
  describeAddresses,
  disassociateAddress,
  releaseAddress,
} from './addresses.ts';
import { withDryRun } from './dry-run.ts';
import { createFlowLogs, deleteFlowLogs, describeFlowLogs } from './flow-logs.ts';
import { describeInstanceAttribute, modifyInstanceAttribute } from './instance-attributes.ts';
import {
  describeInstances,
  describeInstanceStatus,
  startInstances,
  stopInstances,
  terminateInstances,
} from './instances.ts';
import {
  attachInternetGateway,
  createInternetGateway,
  deleteInternetGateway,
  describeInternetGateways,
  detachInternetGateway,
} from './internet-gateways.ts';
import { withKnownInputs } from './known-inputs.ts';
import { createLaunchTemplate, deleteLaunchTemplate, describeLaunchTemplates } from './launch-templates.ts';
import { limitOf } from './limits.ts';
import { FORGET_TOKEN, forgetToken } from './made-once.ts';
import { createNatGateway, deleteNatGateway, describeNatGateways } from './nat-gateways.ts';
import { describeNetworkAcls } from './network-acls.ts';
import {
  createNetworkInterface,
  deleteNetworkInterface,
  describeNetworkInterfaces,
  detachNetworkInterface,
  modifyNetworkInterfaceAttribute,
} from './network-interfaces.ts';
import { FINISH_DELETE, finishDelete } from './own-records.ts';
import { describeManagedPrefixLists, describePrefixLists } from './prefix-lists.ts';
import { describeAccountAttributes, describeAvailabilityZones, describeRegions } from './regions.ts';
import {
  associateRouteTable,
  createRouteTable,
  deleteRouteTable,
  describeRouteTables,
  disassociateRouteTable,
  replaceRouteTableAssociation,
} from './route-tables.ts';
import { createRoute, deleteRoute, replaceRoute } from './routes.ts';
import {
  authorizeSecurityGroupEgress,
  authorizeSecurityGroupIngress,
  describeSecurityGroupRules,
  revokeSecurityGroupEgress,
  revokeSecurityGroupIngress,
} from './security-group-rules.ts';
import { runInstances } from './run-instances.ts';
import { createSecurityGroup, deleteSecurityGroup, describeSecurityGroups } from './security-groups.ts';
import { createSnapshot, deleteSnapshot, describeSnapshots } from './snapshots.ts';
import { createSubnet, deleteSubnet, describeSubnets, modifySubnetAttribute } from './subnets.ts';
import { createTags, deleteTags, describeTags } from './tags.ts';
import { attachVolume, createVolume, deleteVolume, describeVolumes, detachVolume } from './volumes.ts';
import {
  createVpcEndpoint,
  deleteVpcEndpoints,
  describeVpcEndpointServices,
  describeVpcEndpoints,
  modifyVpcEndpoint,
} from './vpc-endpoints.ts';
import { createVpc, deleteVpc, describeVpcAttribute, describeVpcs, modifyVpcAttribute } from './vpcs.ts';

/** EC2's networks over the records that CloudFormation and this API make; see SPEC.md beside this file. */
export const ec2: Service = {
  client: 'client-ec2',
  operations: withDryRun(
    withKnownInputs({
      AllocateAddress: allocateAddress,
      AssociateAddress: associateAddress,
      AssociateRouteTable: associateRouteTable,
      AttachInternetGateway: attachInternetGateway,
      AttachVolume: attachVolume,
      AuthorizeSecurityGroupEgress: authorizeSecurityGroupEgress,
      AuthorizeSecurityGroupIngress: authorizeSecurityGroupIngress,
      CreateFlowLogs: createFlowLogs,
      CreateInternetGateway: createInternetGateway,
      CreateLaunchTemplate: createLaunchTemplate,
      CreateNatGateway: createNatGateway,
      CreateNetworkInterface: createNetworkInterface,
      CreateRoute: createRoute,
      CreateRouteTable: createRouteTable,
      CreateSecurityGroup: createSecurityGroup,
      CreateSnapshot: createSnapshot,
      CreateSubnet: createSubnet,
      CreateTags: createTags,
      CreateVolume: createVolume,
      CreateVpc: createVpc,
      CreateVpcEndpoint: createVpcEndpoint,
      DeleteFlowLogs: deleteFlowLogs,
      DeleteInternetGateway: deleteInternetGateway,
      DeleteLaunchTemplate: deleteLaunchTemplate,
      DeleteNatGateway: deleteNatGateway,
      DeleteNetworkInterface: deleteNetworkInterface,
      DeleteRoute: deleteRoute,
      DeleteRouteTable: deleteRouteTable,
      DeleteSecurityGroup: deleteSecurityGroup,
      DeleteSnapshot: deleteSnapshot,
      DeleteSubnet: deleteSubnet,
      DeleteTags: deleteTags,
      DeleteVolume: deleteVolume,
      DeleteVpc: deleteVpc,
      DeleteVpcEndpoints: deleteVpcEndpoints,
      DescribeAccountAttributes: describeAccountAttributes,
      DescribeAddresses: describeAddresses,
      DescribeAvailabilityZones: describeAvailabilityZones,
      DescribeFlowLogs: describeFlowLogs,
      DescribeInstanceAttribute: describeInstanceAttribute,
      DescribeInstances: describeInstances,
      DescribeInstanceStatus: describeInstanceStatus,
      DescribeInternetGateways: describeInternetGateways,
      DescribeLaunchTemplates: describeLaunchTemplates,
      DescribeManagedPrefixLists: describeManagedPrefixLists,
      DescribeNatGateways: describeNatGateways,
      DescribeNetworkAcls: describeNetworkAcls,
      DescribeNetworkInterfaces: describeNetworkInterfaces,
      DescribePrefixLists: describePrefixLists,
      DescribeRegions: describeRegions,
      DescribeRouteTables: describeRouteTables,
      DescribeSecurityGroupRules: describeSecurityGroupRules,
      DescribeSecurityGroups: describeSecurityGroups,
      DescribeSnapshots: describeSnapshots,
      DescribeSubnets: describeSubnets,
      DescribeTags: describeTags,
      DescribeVolumes: describeVolumes,
      DescribeVpcAttribute: describeVpcAttribute,
      DescribeVpcEndpointServices: describeVpcEndpointServices,
      DescribeVpcEndpoints: describeVpcEndpoints,
      DescribeVpcs: describeVpcs,
      DetachInternetGateway: detachInternetGateway,
      DetachNetworkInterface: detachNetworkInterface,
      DetachVolume: detachVolume,
      DisassociateAddress: disassociateAddress,
      DisassociateRouteTable: disassociateRouteTable,
      ModifyInstanceAttribute: modifyInstanceAttribute,
      ModifyNetworkInterfaceAttribute: modifyNetworkInterfaceAttribute,
      ModifySubnetAttribute: modifySubnetAttribute,
      ModifyVpcAttribute: modifyVpcAttribute,
      ModifyVpcEndpoint: modifyVpcEndpoint,
      ReleaseAddress: releaseAddress,
      ReplaceRoute: replaceRoute,
      ReplaceRouteTableAssociation: replaceRouteTableAssociation,
      RevokeSecurityGroupEgress: revokeSecurityGroupEgress,
      RevokeSecurityGroupIngress: revokeSecurityGroupIngress,
      RunInstances: runInstances,
      StartInstances: startInstances,
      StopInstances: stopInstances,
      TerminateInstances: terminateInstances,
    }),
  ),
  handlers: {
    [FINISH_DELETE]: finishDelete,
    [FORGET_TOKEN]: forgetToken,
    [LIFECYCLE_TURN]: takeTurn,
    [RELEASE_INTERFACE]: releaseInterfaces,
  },
  limitOf,
  throttled: new ServiceError('RequestLimitExceeded', 'Request limit exceeded.', 503),
};
