import { DescribeKeyCommand, KMSClient, type KeyMetadata } from '@aws-sdk/client-kms';
import type { CallCounter } from '../call-counter.ts';
import { ifThere } from '../if-there.ts';
import { clientOf } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import type { Scope, Sighting } from './sighting.ts';

const KEY = /^arn:[^:]+:kms:[^:]*:[^:]*:key\/(.+)$/;

/**
 * The keys that carry the environment's tag. Whoever deletes a key only begins seven to thirty days of waiting; until
 * then it is listed, and can be had back.
 * https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
 */
export async function findKeys(
  settings: ClientSettings,
  counter: CallCounter,
  { taggedAs, environment }: Scope,
): Promise<readonly Sighting[]> {
  const arns = [...taggedAs].flatMap(([arn, tagged]) => (tagged === environment && KEY.test(arn) ? [arn] : []));
  if (arns.length === 0) return [];
  const client = clientOf(KMSClient, 'kms', settings, counter);
  const looked = await Promise.all(
    arns.map(async (arn) => {
      const answer = await ifThere(() => client.send(new DescribeKeyCommand({ KeyId: arn })));
      return answer?.KeyMetadata === undefined ? [] : [sightingOf(arn, answer.KeyMetadata)];
    }),
  );
  return looked.flat();
}

function sightingOf(arn: string, { KeyState, DeletionDate, AWSAccountId }: KeyMetadata): Sighting {
  const isGoing = KeyState === 'PendingDeletion' && DeletionDate !== undefined;
  return {
    ...{ arn, type: 'AWS::KMS::Key', id: KEY.exec(arn)?.[1] ?? arn, names: [] },
    ...(AWSAccountId === undefined ? {} : { owner: AWSAccountId }),
    ...(isGoing ? { going: pending(DeletionDate), charge: { row: 'key-pending-deletion', quantity: 1 } } : {}),
  };
}

function pending(date: Date): string {
  return `pending deletion, AWS deletes it on ${date.toISOString().slice(0, 10)}`;
}
