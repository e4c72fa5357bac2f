import * as KMS from '@aws-sdk/client-kms';
import * as RDS from '@aws-sdk/client-rds';
import { testCloud } from '../../testing/test-cloud.ts';
import type { Planted, TestCloud } from '../../testing/test-cloud.ts';

export const OURS = '111111111111';
export const THEIRS = '222222222222';
export const MINUTE_MS = 60_000;
/** Longer than anything takes that is not told to wait. */
export const LONG_MS = 20 * MINUTE_MS;

export const INSTANCE = {
  DBInstanceIdentifier: 'Shop',
  Engine: 'postgres',
  DBInstanceClass: 'db.t4g.micro',
  AllocatedStorage: 20,
  MasterUsername: 'app',
  MasterUserPassword: 'correct horse',
};

const NETWORK: Planted[] = [
  { type: 'AWS::EC2::VPC', id: 'vpc-1', attributes: { DefaultSecurityGroup: 'sg-1' } },
  { type: 'AWS::EC2::SecurityGroup', id: 'sg-1', properties: { VpcId: 'vpc-1' } },
  ...['a', 'b'].map((letter) => ({
    type: 'AWS::EC2::Subnet',
    id: `subnet-${letter}`,
    properties: { VpcId: 'vpc-1', CidrBlock: letter === 'a' ? '10.0.0.0/24' : '10.0.1.0/24' },
    attributes: { AvailabilityZone: `eu-west-1${letter}` },
  })),
];

export interface Databases extends TestCloud {
  readonly rds: RDS.RDSClient;
  readonly kms: KMS.KMSClient;
  readonly theirs: { readonly rds: RDS.RDSClient; readonly kms: KMS.KMSClient };
}

/** A cloud with a network of two zones in our account, and clients of ours and of somebody else's. */
export function databases(): Databases {
  const cloud = testCloud({ planted: NETWORK });
  const clients = (account: string) => ({
    rds: new RDS.RDSClient(cloud.as(account)),
    kms: new KMS.KMSClient(cloud.as(account)),
  });
  return { ...cloud, ...clients(OURS), theirs: clients(THEIRS) };
}

export async function instanceOf(rds: RDS.RDSClient, DBInstanceIdentifier = 'shop'): Promise<RDS.DBInstance> {
  const { DBInstances = [] } = await rds.send(new RDS.DescribeDBInstancesCommand({ DBInstanceIdentifier }));
  return DBInstances[0] ?? {};
}

export async function snapshotOf(rds: RDS.RDSClient, DBSnapshotIdentifier: string): Promise<RDS.DBSnapshot> {
  const { DBSnapshots = [] } = await rds.send(new RDS.DescribeDBSnapshotsCommand({ DBSnapshotIdentifier }));
  return DBSnapshots[0] ?? {};
}

/** An available instance. */
export async function standing(
  { rds, pass }: Databases,
  more: Partial<RDS.CreateDBInstanceMessage> = {},
): Promise<void> {
  await rds.send(new RDS.CreateDBInstanceCommand({ ...INSTANCE, ...more }));
  pass(LONG_MS);
}
