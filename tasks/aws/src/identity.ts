import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { CallCounter } from './call-counter.ts';
import { clientConfig, type ClientSettings, type Credentials } from './client-settings.ts';
import { toCloudError } from './cloud-error.ts';

export interface Identity {
  /** Twelve digits. */
  readonly account: string;
  readonly arn: string;
}

/**
 * Whose credentials these are. The one question that AWS answers whatever the caller's rights.
 * @throws CloudError of kind `credentials` or `network`.
 */
export async function whoAmI(settings: ClientSettings, counter: CallCounter): Promise<Identity> {
  try {
    const client = counter.watch(new STSClient(clientConfig(settings)));
    const answer = await client.send(new GetCallerIdentityCommand({}));
    return { account: answer.Account ?? '', arn: answer.Arn ?? '' };
  } catch (error) {
    throw toCloudError(error);
  }
}

/** The keys that a client with these settings would sign with now: for hooks, which run in a process of their own. */
export async function currentCredentials(settings: ClientSettings): Promise<Credentials> {
  try {
    return await new STSClient(clientConfig(settings)).config.credentials();
  } catch (error) {
    throw toCloudError(error);
  }
}

/** How long before their end assumed credentials are renewed: a long run must not outlive them. */
const RENEW_MS = 5 * 60_000;

/**
 * The same settings with the credentials of a role, assumed now and again before they expire.
 * @param session shows in the account's CloudTrail; at most 64 characters.
 */
export function asRole(settings: ClientSettings, role: string, session: string, counter: CallCounter): ClientSettings {
  const client = counter.watch(new STSClient(clientConfig(settings)));
  let current: Promise<Credentials> | undefined;
  let renewAt = 0;
  const assume = async (): Promise<Credentials> => {
    const answer = await client.send(new AssumeRoleCommand({ RoleArn: role, RoleSessionName: session.slice(0, 64) }));
    const got = answer.Credentials;
    const expiration = got?.Expiration ?? new Date(Date.now() + 3_600_000);
    renewAt = expiration.getTime() - RENEW_MS;
    return {
      accessKeyId: got?.AccessKeyId ?? '',
      secretAccessKey: got?.SecretAccessKey ?? '',
      ...(got?.SessionToken === undefined ? {} : { sessionToken: got.SessionToken }),
      expiration,
    };
  };
  const credentials = async (): Promise<Credentials> => {
    if (current === undefined || Date.now() > renewAt) {
      renewAt = Number.POSITIVE_INFINITY;
      current = assume().catch((error: unknown) => {
        current = undefined;
        throw toCloudError(error);
      });
    }
    return await current;
  };
  return { ...settings, credentials };
}
