import { EC2 } from '@aws-sdk/client-ec2';
import { testCloud } from './test-cloud.ts';
import type { TestCloud } from './test-cloud.ts';

export interface TestNetwork extends TestCloud {
  readonly ec2: EC2;
  readonly vpc: string;
  /** 10.0.0.0/24 of 10.0.0.0/16, in the region's first zone. */
  readonly subnet: string;
  /** Attached to the VPC. */
  readonly gateway: string;
}

/** A VPC with a subnet and an internet gateway, made through EC2's own operations. */
export async function testNetwork(): Promise<TestNetwork> {
  const cloud = testCloud();
  const ec2 = new EC2(cloud.as('111111111111'));
  const vpc = (await ec2.createVpc({ CidrBlock: '10.0.0.0/16' })).Vpc?.VpcId ?? '';
  const subnet = (await ec2.createSubnet({ VpcId: vpc, CidrBlock: '10.0.0.0/24' })).Subnet?.SubnetId ?? '';
  const gateway = (await ec2.createInternetGateway()).InternetGateway?.InternetGatewayId ?? '';
  await ec2.attachInternetGateway({ InternetGatewayId: gateway, VpcId: vpc });
  return { ...cloud, ec2, vpc, subnet, gateway };
}

/** `DependencyViolation: The vpc 'vpc-1' has dependencies and cannot be deleted.` */
export async function saidBy(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message}`;
  }
  return 'nothing';
}
