import type { Behaviours } from './behaviour.ts';
import { address, addressAssociation } from './ec2/address.ts';
import { instance } from './ec2/instance.ts';
import { gatewayAttachment, internetGateway } from './ec2/internet-gateway.ts';
import { launchTemplate } from './ec2/launch-template.ts';
import { natGateway } from './ec2/nat-gateway.ts';
import { networkAcl } from './ec2/network-acl.ts';
import { networkInterface } from './ec2/network-interface.ts';
import { referenceRefusal } from './ec2/references.ts';
import { routeTable, routeTableAssociation } from './ec2/route-table.ts';
import { route } from './ec2/route.ts';
import { egressRule, ingressRule, securityGroup } from './ec2/security-group.ts';
import { subnet } from './ec2/subnet.ts';
import { volume, volumeAttachment } from './ec2/volume.ts';
import { vpcEndpoint } from './ec2/vpc-endpoint.ts';
import { vpc } from './ec2/vpc.ts';

/** EC2's types, one noun a file. */
export const ec2: Behaviours = {
  'AWS::EC2::VPC': vpc,
  'AWS::EC2::Subnet': subnet,
  'AWS::EC2::RouteTable': routeTable,
  'AWS::EC2::Route': route,
  'AWS::EC2::SubnetRouteTableAssociation': routeTableAssociation,
  'AWS::EC2::InternetGateway': internetGateway,
  'AWS::EC2::VPCGatewayAttachment': gatewayAttachment,
  'AWS::EC2::EIP': address,
  'AWS::EC2::EIPAssociation': addressAssociation,
  'AWS::EC2::NatGateway': natGateway,
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::EC2::SecurityGroupIngress': ingressRule,
  'AWS::EC2::SecurityGroupEgress': egressRule,
  'AWS::EC2::VPCEndpoint': vpcEndpoint,
  'AWS::EC2::NetworkInterface': networkInterface,
  'AWS::EC2::Instance': instance,
  'AWS::EC2::LaunchTemplate': launchTemplate,
  'AWS::EC2::FlowLog': { make: (making) => ({ id: making.id('fl') }) },
  'AWS::EC2::NetworkAcl': networkAcl,
  'AWS::EC2::Volume': volume,
  'AWS::EC2::VolumeAttachment': volumeAttachment,
  'AWS::EC2::VPCPeeringConnection': { refuseCreate: (making) => referenceRefusal(making, 'VpcId', 'AWS::EC2::VPC') },
};
