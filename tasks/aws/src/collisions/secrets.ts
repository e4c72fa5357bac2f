import {
  DeleteSecretCommand,
  DescribeSecretCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { CloudError, TAG } from '@roundtrip/engine';
import { ifThere } from '../if-there.ts';
import type { StackFacts } from '../blockers/stack-facts.ts';
import type { CallCounter } from '../call-counter.ts';
import { sleepOf, type ClientSettings } from '../client-settings.ts';
import { pacedClient } from '../readiness/paced-client.ts';
import { ownerOf, ownerText, type NameKind } from './name-kind.ts';

/** A name is let go of in the background after a delete without recovery: looked at so often, so far apart. */
const LOOKS_MAX = 30;
const LOOK_MS = 2_000;

/** A secret that was deleted keeps its name for 7 to 30 days. Only one with the environment's tag is cut short. */
export function createSecrets(settings: ClientSettings, counter: CallCounter, facts: StackFacts): NameKind {
  const secrets = pacedClient(SecretsManagerClient, 'secretsmanager', settings, counter);
  const read = async (SecretId: string) => await ifThere(() => secrets.send(new DescribeSecretCommand({ SecretId })));
  return {
    property: 'Name',
    async bearer({ environment, stack, name }) {
      const secret = await read(name);
      if (secret === undefined) return undefined;
      const tag = secret.Tags?.find(({ Key }) => Key === TAG.environment)?.Value;
      const owner = await ownerOf(facts, secret.ARN ?? name, tag);
      if (owner !== 'nobody' && 'stack' in owner && owner.stack === stack) return undefined;
      const isOurs = owner !== 'nobody' && 'environment' in owner && owner.environment === environment;
      const isGoing = secret.DeletedDate !== undefined;
      if (isOurs && isGoing) {
        return { what: `secret ${name}, which was scheduled for deletion`, remedy: { clear: 'DeleteSecret' } };
      }
      const state = isGoing ? 'is scheduled for deletion, and ' : '';
      const place = `--secret-id ${name} --region ${settings.region}`;
      const restore = isGoing ? `aws secretsmanager restore-secret ${place} && ` : '';
      const next = `if it may go for good, type: ${restore}aws secretsmanager delete-secret ${place} --force-delete-without-recovery`;
      return { what: `secret ${name} ${state}${ownerText(owner)}`, remedy: { next } };
    },
    async clear(SecretId) {
      await ifThere(() => secrets.send(new RestoreSecretCommand({ SecretId })));
      await ifThere(() => secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true })));
      for (let look = 0; look < LOOKS_MAX; look += 1) {
        if ((await read(SecretId)) === undefined) return;
        await sleepOf(settings)(LOOK_MS);
      }
      throw new CloudError('unknown', 'NameKept', `secret ${SecretId} was deleted, and its name is not free yet`);
    },
  };
}
