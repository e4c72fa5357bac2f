import type { Realm, World } from '../world.ts';
import { findRecord, putRecord } from './stored-record.ts';

export const KEY_ALIAS = 'AWS::KMS::Alias';

/** Services whose key AWS makes when it is first used, and what the key protects. */
const PROTECTS: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDB data',
  ebs: 'EBS volumes',
  ecr: 'ECR data',
  elasticfilesystem: 'EFS filesystems',
  lambda: 'Lambda functions',
  rds: 'RDS database volumes',
  s3: 'S3 objects',
  secretsmanager: 'Secrets Manager data',
  sns: 'SNS data',
  sqs: 'SQS messages',
  ssm: 'SSM parameters',
};

/** In: `alias/aws/rds`. Out: the id of the key behind it, made if need be; undefined for every other alias. */
export function managedKey(world: World, realm: Realm, alias: string): string | undefined {
  const service = /^alias\/aws\/([a-z0-9]+)$/.exec(alias)?.[1] ?? '';
  const protects = PROTECTS[service];
  if (protects === undefined) return undefined;
  const known = findRecord(world, realm, KEY_ALIAS, alias)?.properties['TargetKeyId'];
  return known === undefined ? makeManagedKey(world, realm, { alias, service, protects }) : String(known);
}

function makeManagedKey(
  world: World,
  realm: Realm,
  { alias, service, protects }: { alias: string; service: string; protects: string },
): string {
  const id = world.uuid();
  const arn = `arn:aws:kms:${realm.region}:${realm.account}:key/${id}`;
  const record = { tags: {}, createdAt: world.now };
  putRecord(world, realm, {
    ...record,
    type: 'AWS::KMS::Key',
    ...{ id, arn, ref: id, attributes: { KeyId: id, Arn: arn } },
    properties: {
      Description: `Default key that protects my ${protects} when no other key is defined`,
      EnableKeyRotation: true,
      KeyPolicy: policyFor(service, realm),
    },
  });
  putRecord(world, realm, {
    ...record,
    type: KEY_ALIAS,
    ...{ id: alias, arn: `arn:aws:kms:${realm.region}:${realm.account}:${alias}`, ref: alias, attributes: {} },
    properties: { AliasName: alias, TargetKeyId: id },
  });
  world.table<{ readonly manager: 'AWS' }>('kms.key', realm).put(id, { manager: 'AWS' });
  return id;
}

/** Nobody but that service for callers of this account. */
function policyFor(service: string, { account, region }: Realm): object {
  return {
    Version: '2012-10-17',
    Id: `auto-${service}-1`,
    Statement: [
      {
        Sid: `Allow access through ${service} for all principals in the account`,
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:CreateGrant',
          'kms:DescribeKey',
        ],
        Resource: '*',
        Condition: {
          StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': `${service}.${region}.amazonaws.com` },
        },
      },
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
        Resource: '*',
      },
    ],
  };
}
