import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { GetCallerIdentityCommandOutput } from '@aws-sdk/client-sts';
import type { CallCounter } from './call-counter.ts';
import { directSend } from './client-of.ts';
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
    const answer: GetCallerIdentityCommandOutput = await callerIdentity(settings, counter);
    return { account: answer.Account ?? '', arn: answer.Arn ?? '' };
  } catch (error) {
    throw toCloudError(error);
  }
}

async function callerIdentity(settings: ClientSettings, counter: CallCounter): Promise<GetCallerIdentityCommandOutput> {
  const { invoke } = settings;
  if (invoke === undefined) {
    const client = counter.watch(new STSClient(clientConfig(settings)));
    return await client.send(new GetCallerIdentityCommand({}));
  }
  const answer = await directSend(invoke, 'sts', counter)(new GetCallerIdentityCommand({}));
  return answer as GetCallerIdentityCommandOutput;
}

/** The keys that a client with these settings would sign with now: for hooks, which run in a process of their own. */
export async function currentCredentials(settings: ClientSettings): Promise<Credentials> {
  try {
    return await new STSClient(clientConfig(settings)).config.credentials();
  } catch (error) {
    throw toCloudError(error);
  }
}

/** How long assumed credentials live, and how long before their end they are renewed: a long run must not outlive them. */
const LIFE_SECONDS = 3_600;
const RENEW_SECONDS = 5 * 60;
/** Every client of a run hears at once that the credentials have expired: one of them asks for new ones for all. */
const AGAIN_MS = 1_000;

export interface RoleOptions {
  /** Shows in the account's CloudTrail; at most 64 characters. */
  readonly session: string;
  readonly counter: CallCounter;
  /** Seconds that the cloud takes for one: 1 on AWS, more on a simulator, where credentials end that much sooner. */
  readonly speed: number;
  /** Milliseconds since the epoch by this machine's clock; for tests. */
  readonly now?: () => number;
}

/** The same settings with the credentials of a role, assumed when they are first needed and again before they expire. */
export function asRole(settings: ClientSettings, role: string, options: RoleOptions): ClientSettings {
  const clock = options.now ?? Date.now;
  const client = options.counter.watch(new STSClient(clientConfig(settings)));
  const input = { RoleArn: role, RoleSessionName: options.session.slice(0, 64), DurationSeconds: LIFE_SECONDS };
  let current: Promise<Credentials> | undefined;
  let renewAt = 0;
  let assumedAt = 0;
  const realMs = (seconds: number): number => (seconds * 1_000) / options.speed;
  const assume = async (askedAt: number): Promise<Credentials> => {
    const got = (await client.send(new AssumeRoleCommand(input))).Credentials;
    return {
      accessKeyId: got?.AccessKeyId ?? '',
      secretAccessKey: got?.SecretAccessKey ?? '',
      ...(got?.SessionToken === undefined ? {} : { sessionToken: got.SessionToken }),
      // Without an end the SDK would keep them for ever and never ask here again.
      expiration: new Date(askedAt + realMs(LIFE_SECONDS)),
    };
  };
  // By this machine's own clock from the moment of asking: the clock of a simulator may be days ahead of it.
  const credentials = async ({ forceRefresh }: { forceRefresh?: boolean } = {}): Promise<Credentials> => {
    const now = clock();
    if (forceRefresh === true && now > assumedAt + AGAIN_MS) current = undefined;
    if (current === undefined || now > renewAt) {
      assumedAt = now;
      renewAt = now + realMs(LIFE_SECONDS - RENEW_SECONDS);
      current = assume(now).catch((error: unknown) => {
        current = undefined;
        throw toCloudError(error);
      });
    }
    return await current;
  };
  return { ...settings, credentials };
}
