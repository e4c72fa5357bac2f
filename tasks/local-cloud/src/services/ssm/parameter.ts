import type * as SSM from '@aws-sdk/client-ssm';
import type { ParameterVersion } from '../../catalog/parameter-versions.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Realm, World } from '../../world.ts';

export const PARAMETER = 'AWS::SSM::Parameter';

/** @throws ServiceError ParameterNotFound */
export function parameterOf(world: World, realm: Realm, nameOrArn: string | undefined): Resource {
  const record = findParameter(world, realm, nameOrArn ?? '');
  if (record === undefined) throw notFound(nameOrArn);
  return record;
}

/** By name or ARN. */
export function findParameter(world: World, realm: Realm, nameOrArn: string): Resource | undefined {
  if (!nameOrArn.startsWith('arn:')) return findRecord(world, realm, PARAMETER, nameOrArn);
  const name = nameOrArn.replace(/^.*:parameter\//, '');
  return findRecord(world, realm, PARAMETER, `/${name}`) ?? findRecord(world, realm, PARAMETER, name);
}

export function notFound(name: string | undefined): ServiceError {
  return new ServiceError('ParameterNotFound', `Parameter ${name ?? ''} not found.`);
}

export function validation(text: string): ServiceError {
  return new ServiceError('ValidationException', text);
}

export const invalidToken = (): ServiceError =>
  new ServiceError('InvalidNextToken', 'The specified token is not valid.');

export function arnOf({ region, account }: Realm, name: string): string {
  return `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`;
}

/** What KMS would give is not to be read by anybody; neither is this. */
export function shownValue({ type, value }: ParameterVersion, isDecrypted: boolean): string {
  const isHidden = type === 'SecureString' && !isDecrypted;
  return isHidden ? Buffer.from(`encrypted:${value}`).toString('base64') : value;
}

/** What a description and a history of a parameter say alike. */
export function metadataOf(name: string, version: ParameterVersion) {
  return {
    Name: name,
    Type: version.type as SSM.ParameterType,
    Version: version.version,
    LastModifiedDate: new Date(version.at),
    DataType: version.dataType ?? 'text',
    Tier: (version.tier ?? 'Standard') as SSM.ParameterTier,
    Policies: [],
    ...(version.user === undefined ? {} : { LastModifiedUser: version.user }),
    ...(version.description === undefined ? {} : { Description: version.description }),
    ...(version.allowedPattern === undefined ? {} : { AllowedPattern: version.allowedPattern }),
    ...(version.type === 'SecureString' ? { KeyId: version.keyId ?? 'alias/aws/ssm' } : {}),
  };
}
