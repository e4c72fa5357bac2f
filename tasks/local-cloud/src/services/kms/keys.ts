import type * as KMS from '@aws-sdk/client-kms';
import { KEY, foundKey, keyArn, keyStates } from '../../catalog/kms-key.ts';
import type { FoundKey } from '../../catalog/kms-key.ts';
import { createRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import type { Call, World } from '../../world.ts';
import { checkedPolicy } from './policies.ts';
import { checkedTags, tagMap } from './tags.ts';
import { kmsPage } from './kms-page.ts';
import { ownKey, permittedKey } from './usable-key.ts';

const PAGE_SIZE = 100;

export function createKey(world: World, input: KMS.CreateKeyRequest, call: Call): KMS.CreateKeyResponse {
  const { Description, KeyUsage, KeySpec = input.CustomerMasterKeySpec, Origin, MultiRegion, Policy } = input;
  const given = { Description, KeyUsage, KeySpec, Origin, MultiRegion };
  if (Policy !== undefined) checkedPolicy(Policy, call.realm, input.BypassPolicyLockoutSafetyCheck);
  const record = createRecord(world, call.realm, {
    type: KEY,
    properties: {
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
      ...(Policy === undefined ? {} : { KeyPolicy: JSON.parse(Policy) as object }),
    },
    tags: tagMap(checkedTags(input.Tags)),
  });
  return { KeyMetadata: metadataOf(world, foundKey(world, call.realm, record)) };
}

export function describeKey(world: World, input: KMS.DescribeKeyRequest, call: Call): KMS.DescribeKeyResponse {
  return { KeyMetadata: metadataOf(world, permittedKey(world, call, input.KeyId, 'DescribeKey')) };
}

export function listKeys(world: World, input: KMS.ListKeysRequest, call: Call): KMS.ListKeysResponse {
  const keys = [...resourcesOf(world, call.realm, KEY)].map(({ id, arn }) => ({
    KeyId: id,
    KeyArn: arn ?? keyArn(call.realm, id),
  }));
  const { items, ...rest } = kmsPage(keys, input, PAGE_SIZE);
  return { Keys: [...items], ...rest };
}

export function updateKeyDescription(world: World, input: KMS.UpdateKeyDescriptionRequest, call: Call): object {
  const key = ownKey(world, call, input.KeyId, 'UpdateKeyDescription');
  setProperties(world, key.realm, key.record, { Description: input.Description });
  return {};
}

function metadataOf(world: World, key: FoundKey): KMS.KeyMetadata {
  const { record, realm, arn, state, isManaged } = key;
  const { Description, KeyUsage, KeySpec, Origin, MultiRegion } = record.properties;
  const usage = String(KeyUsage ?? 'ENCRYPT_DECRYPT');
  const spec = String(KeySpec ?? 'SYMMETRIC_DEFAULT');
  const deletionAt = keyStates(world, realm).get(record.id)?.deletionAt;
  return {
    AWSAccountId: realm.account,
    KeyId: record.id,
    Arn: arn,
    CreationDate: new Date(record.createdAt),
    Enabled: state === 'Enabled',
    Description: String(Description ?? ''),
    KeyUsage: usage as KMS.KeyUsageType,
    KeyState: state,
    Origin: String(Origin ?? 'AWS_KMS') as KMS.OriginType,
    KeyManager: isManaged ? 'AWS' : 'CUSTOMER',
    CustomerMasterKeySpec: spec as KMS.CustomerMasterKeySpec,
    KeySpec: spec as KMS.KeySpec,
    MultiRegion: String(MultiRegion) === 'true',
    ...algorithms(usage, spec),
    ...(deletionAt === undefined ? {} : { DeletionDate: new Date(deletionAt) }),
  };
}

function algorithms(usage: string, spec: string): Partial<KMS.KeyMetadata> {
  if (usage !== 'ENCRYPT_DECRYPT') return {};
  return {
    EncryptionAlgorithms:
      spec === 'SYMMETRIC_DEFAULT' ? ['SYMMETRIC_DEFAULT'] : ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
  };
}
