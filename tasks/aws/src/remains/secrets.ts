import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ifThere } from '../if-there.ts';
import type { CallCounter } from '../call-counter.ts';
import { clientOf } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import type { Scope, Sighting } from './sighting.ts';

const SECRET = /^arn:[^:]+:secretsmanager:/;

/**
 * The secrets that carry the environment's tag. One that is scheduled for deletion keeps its name until then.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html
 */
export async function findSecrets(
  settings: ClientSettings,
  counter: CallCounter,
  { taggedAs, environment }: Scope,
): Promise<readonly Sighting[]> {
  const arns = [...taggedAs].flatMap(([arn, tagged]) => (tagged === environment && SECRET.test(arn) ? [arn] : []));
  if (arns.length === 0) return [];
  const client = clientOf(SecretsManagerClient, 'secretsmanager', settings, counter);
  const looked = await Promise.all(
    arns.map(async (arn): Promise<Sighting[]> => {
      const secret = await ifThere(() => client.send(new DescribeSecretCommand({ SecretId: arn })));
      if (secret === undefined) return [];
      const { DeletedDate: date } = secret;
      const going = date === undefined ? {} : { going: `scheduled for deletion, ${date.toISOString().slice(0, 10)}` };
      return [{ arn, type: 'AWS::SecretsManager::Secret', id: arn, names: [], ...going }];
    }),
  );
  return looked.flat();
}
