import { DELETE_KEY } from '../../catalog/kms.ts';
import { ServiceError } from '../../world.ts';
import type { Service } from '../../world.ts';
import * as aliases from './aliases.ts';
import * as cryptography from './cryptography.ts';
import * as grants from './grants.ts';
import * as states from './key-states.ts';
import * as keys from './keys.ts';
import { kmsLimit } from './limits.ts';
import * as policies from './policies.ts';
import * as rotation from './rotation.ts';
import * as tags from './tags.ts';

/** Keys, what leads to them and who may use them; see SPEC.md beside this file. */
export const kms: Service = {
  client: 'client-kms',
  operations: {
    CreateKey: keys.createKey,
    DescribeKey: keys.describeKey,
    ListKeys: keys.listKeys,
    UpdateKeyDescription: keys.updateKeyDescription,
    EnableKey: states.enableKey,
    DisableKey: states.disableKey,
    ScheduleKeyDeletion: states.scheduleDeletion,
    CancelKeyDeletion: states.cancelDeletion,
    EnableKeyRotation: rotation.enableRotation,
    DisableKeyRotation: rotation.disableRotation,
    GetKeyRotationStatus: rotation.getRotationStatus,
    CreateAlias: aliases.createAlias,
    UpdateAlias: aliases.updateAlias,
    DeleteAlias: aliases.deleteAlias,
    ListAliases: aliases.listAliases,
    GetKeyPolicy: policies.getKeyPolicy,
    PutKeyPolicy: policies.putKeyPolicy,
    ListKeyPolicies: policies.listKeyPolicies,
    CreateGrant: grants.createGrant,
    ListGrants: grants.listGrants,
    ListRetirableGrants: grants.listRetirableGrants,
    RevokeGrant: grants.revokeGrant,
    RetireGrant: grants.retireGrant,
    TagResource: tags.tagResource,
    UntagResource: tags.untagResource,
    ListResourceTags: tags.listResourceTags,
    Encrypt: cryptography.encrypt,
    Decrypt: cryptography.decrypt,
    ReEncrypt: cryptography.reEncrypt,
    GenerateDataKey: cryptography.generateDataKey,
    GenerateDataKeyWithoutPlaintext: cryptography.generateDataKeyWithoutPlaintext,
    GenerateRandom: cryptography.generateRandom,
  },
  handlers: { [DELETE_KEY]: states.finishDeletion },
  limitOf: kmsLimit,
  throttled: new ServiceError('ThrottlingException', 'Rate exceeded'),
};
