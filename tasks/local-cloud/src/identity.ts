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

/** As this cloud's STS makes them; AWS's own have letters that these never have. */
const HANDED_OUT = /^ASIA[0-9A-F]{16}$/;

/**
 * Twelve digits are an account's own key; a key that STS handed out is its role's; any other key is the account of
 * zeroes.
 *
 * @param expired makes what a session that is over is answered with
 * @throws ServiceError
 */
export function identityOf(world: World, accessKeyId: string, expired: () => ServiceError = expiredToken): Identity {
  const session = sessions(world).get(accessKeyId);
  if (session !== undefined && session.expiresAt > world.now) return session;
  // Sessions that are over are forgotten one day; whoever still holds their key is no other account for that.
  if (session !== undefined || HANDED_OUT.test(accessKeyId)) throw expired();
  return rootOf(/^\d{12}$/.test(accessKeyId) ? accessKeyId : DEFAULT_ACCOUNT);
}

function expiredToken(): ServiceError {
  return new ServiceError('ExpiredToken', 'The security token included in the request is expired', 403);
}

function rootOf(account: string): Identity {
  return { account, arn: `arn:aws:iam::${account}:root`, userId: account };
}
