import type { Service } from '../../world.ts';
import * as deletion from './deletion.ts';
import { getRandomPassword } from './get-random-password.ts';
import * as policies from './resource-policy.ts';
import * as reads from './reads.ts';
import * as tags from './tags.ts';
import * as values from './values.ts';
import * as writes from './writes.ts';

/** Secrets and their versions; see SPEC.md beside this file. */
export const secretsmanager: Service = {
  client: 'client-secrets-manager',
  operations: {
    CreateSecret: writes.createSecret,
    UpdateSecret: writes.updateSecret,
    PutSecretValue: writes.putSecretValue,
    UpdateSecretVersionStage: writes.updateSecretVersionStage,
    GetSecretValue: values.getSecretValue,
    BatchGetSecretValue: values.batchGetSecretValue,
    DescribeSecret: reads.describeSecret,
    ListSecrets: reads.listSecrets,
    ListSecretVersionIds: reads.listSecretVersionIds,
    DeleteSecret: deletion.deleteSecret,
    RestoreSecret: deletion.restoreSecret,
    GetRandomPassword: getRandomPassword,
    GetResourcePolicy: policies.getResourcePolicy,
    PutResourcePolicy: policies.putResourcePolicy,
    DeleteResourcePolicy: policies.deleteResourcePolicy,
    TagResource: tags.tagResource,
    UntagResource: tags.untagResource,
  },
  handlers: { [deletion.FINISH_DELETE]: deletion.finishDelete },
};
