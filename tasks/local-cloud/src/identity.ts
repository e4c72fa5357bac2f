import { ServiceError } from './world.ts';
import type { Realm, World } from './world.ts';

/** Who is calling, as IAM would say. */
export interface Identity {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
}

/** Temporary credentials that STS handed out. */
export interface Session extends Identity {
  readonly accessKeyId: string;
  readonly expiresAt: number;
  readonly issuedAt: number;
}

/** Access keys are unique over all accounts, so sessions are kept in one place. */
const SESSIONS: Realm = { account: '000000000000', region: 'global' };

export const DEFAULT_ACCOUNT = '000000000000';

export const sessions = (world: World) => world.table<Session>('sts-session', SESSIONS);

/**
 * Twelve digits are an account's own key; a key that STS handed out is its role's; any other key is the account of
 * zeroes.
 *
 * @throws ServiceError ExpiredToken for a session that is over
 */
export function identityOf(world: World, accessKeyId: string): Identity {
  const session = sessions(world).get(accessKeyId);
  if (session === undefined) return rootOf(/^\d{12}$/.test(accessKeyId) ? accessKeyId : DEFAULT_ACCOUNT);
  if (session.expiresAt > world.now) return session;
  throw new ServiceError('ExpiredToken', 'The security token included in the request is expired', 403);
}

function rootOf(account: string): Identity {
  return { account, arn: `arn:aws:iam::${account}:root`, userId: account };
}
