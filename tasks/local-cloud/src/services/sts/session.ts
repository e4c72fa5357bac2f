import { sessions } from '../../identity.ts';
import type { Session } from '../../identity.ts';
import { ServiceError } from '../../world.ts';
import type { World } from '../../world.ts';

export const SECONDS = { min: 900, maxRole: 43_200, maxUser: 129_600, role: 3_600, user: 43_200 };

/** @throws ServiceError ValidationError where a session may not be that short or long */
export function sessionSeconds(seconds: number, max: number): number {
  if (seconds >= SECONDS.min && seconds <= max) return seconds;
  const [bound, limit] = seconds < SECONDS.min ? ['greater', SECONDS.min] : ['less', max];
  throw new ServiceError(
    'ValidationError',
    `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: ` +
      `Member must have value ${bound} than or equal to ${limit}`,
  );
}

export function startSession(
  world: World,
  seconds: number,
  identity: Omit<Session, 'accessKeyId' | 'expiresAt' | 'issuedAt'>,
): Session {
  const accessKeyId = `ASIA${world.hex(16).toUpperCase()}`;
  for (const old of sessions(world).values()) {
    if (old.expiresAt <= world.now) sessions(world).delete(old.accessKeyId);
  }
  const session: Session = { ...identity, accessKeyId, issuedAt: world.now, expiresAt: world.now + seconds * 1000 };
  sessions(world).put(accessKeyId, session);
  return session;
}

export function credentialsOf(world: World, session: Session) {
  return {
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: world.hex(40),
    SessionToken: world.hex(128),
    Expiration: new Date(session.expiresAt),
  };
}
