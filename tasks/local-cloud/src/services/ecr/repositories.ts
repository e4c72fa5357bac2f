import type * as ECR from '@aws-sdk/client-ecr';
import { REPOSITORY, dropImages, notEmpty } from '../../catalog/ecr.ts';
import { createRecord, deleteRecord, serviceError } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { findRecord, setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagMap } from '../tag-list.ts';
import { ecrPage } from './ecr-page.ts';
import { repositoryArn, repositoryOf, repositoryUri } from './repository.ts';

export function createRepository(
  world: World,
  input: ECR.CreateRepositoryRequest,
  call: Call,
): ECR.CreateRepositoryResponse {
  const { repositoryName = '', imageTagMutability, imageScanningConfiguration, encryptionConfiguration } = input;
  if (findRecord(world, call.realm, REPOSITORY, repositoryName) !== undefined) {
    const text = `The repository with name '${repositoryName}' already exists in the registry with id '${call.realm.account}'`;
    throw new ServiceError('RepositoryAlreadyExistsException', text);
  }
  const { encryptionType, kmsKey } = encryptionConfiguration ?? {};
  const record = createRecord(world, call.realm, {
    type: REPOSITORY,
    properties: {
      RepositoryName: repositoryName,
      ImageTagMutability: imageTagMutability ?? 'MUTABLE',
      ImageScanningConfiguration: { ScanOnPush: imageScanningConfiguration?.scanOnPush ?? false },
      EncryptionConfiguration: {
        EncryptionType: encryptionType ?? 'AES256',
        ...(kmsKey === undefined ? {} : { KmsKey: kmsKey }),
      },
    },
    tags: tagMap(input.tags),
  });
  return { repository: repositoryView(record, call.realm) };
}

export function describeRepositories(
  world: World,
  input: ECR.DescribeRepositoriesRequest,
  call: Call,
): ECR.DescribeRepositoriesResponse {
  const { registryId } = input;
  const asked = input.repositoryNames?.map(
    (repositoryName) => repositoryOf(world, call, { registryId, repositoryName }, 'DescribeRepositories').record,
  );
  const all = asked ?? [...resourcesOf(world, call.realm, REPOSITORY)];
  const realm = { ...call.realm, account: registryId ?? call.realm.account };
  const { items, ...rest } = ecrPage(all, input);
  return { repositories: items.map((record) => repositoryView(record, realm)), ...rest };
}

export function deleteRepository(
  world: World,
  input: ECR.DeleteRepositoryRequest,
  call: Call,
): ECR.DeleteRepositoryResponse {
  const { record, realm } = repositoryOf(world, call, input, 'DeleteRepository');
  const refused = input.force === true ? undefined : notEmpty(world, realm, record.id);
  if (refused !== undefined) throw serviceError(refused);
  dropImages(world, realm, record);
  deleteRecord({ world, realm, type: REPOSITORY, id: record.id });
  return { repository: repositoryView(record, realm) };
}

export function putImageTagMutability(
  world: World,
  input: ECR.PutImageTagMutabilityRequest,
  call: Call,
): ECR.PutImageTagMutabilityResponse {
  const { record, realm } = repositoryOf(world, call, input, 'PutImageTagMutability');
  setProperties(world, realm, record, { ImageTagMutability: input.imageTagMutability });
  const { registryId, repositoryName, imageTagMutability } = { ...input, registryId: realm.account };
  return { registryId, repositoryName, imageTagMutability };
}

export function putImageScanningConfiguration(
  world: World,
  input: ECR.PutImageScanningConfigurationRequest,
  call: Call,
): ECR.PutImageScanningConfigurationResponse {
  const { record, realm } = repositoryOf(world, call, input, 'PutImageScanningConfiguration');
  const scanOnPush = input.imageScanningConfiguration?.scanOnPush ?? false;
  setProperties(world, realm, record, { ImageScanningConfiguration: { ScanOnPush: scanOnPush } });
  return { registryId: realm.account, repositoryName: record.id, imageScanningConfiguration: { scanOnPush } };
}

function repositoryView(record: Resource, realm: Realm): ECR.Repository {
  const { ImageTagMutability, ImageScanningConfiguration, EncryptionConfiguration } = record.properties;
  const { ScanOnPush } = (ImageScanningConfiguration ?? {}) as { ScanOnPush?: unknown };
  const { EncryptionType, KmsKey } = (EncryptionConfiguration ?? {}) as { EncryptionType?: string; KmsKey?: string };
  return {
    repositoryArn: record.arn ?? repositoryArn(realm, record.id),
    registryId: realm.account,
    repositoryName: record.id,
    repositoryUri: repositoryUri(realm, record.id),
    createdAt: new Date(record.createdAt),
    imageTagMutability: String(ImageTagMutability ?? 'MUTABLE') as ECR.ImageTagMutability,
    imageScanningConfiguration: { scanOnPush: String(ScanOnPush) === 'true' },
    encryptionConfiguration: {
      encryptionType: (EncryptionType ?? 'AES256') as ECR.EncryptionType,
      ...(KmsKey === undefined ? {} : { kmsKey: KmsKey }),
    },
  };
}
