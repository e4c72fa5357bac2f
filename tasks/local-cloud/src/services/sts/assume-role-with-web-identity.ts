import type * as STS from '@aws-sdk/client-sts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { ServiceError } from '../../world.ts';
import type { World } from '../../world.ts';
import { assumed, namedRole } from './assumed-role.ts';
import { isTrusted } from './trust.ts';

interface Claims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  readonly exp?: number;
}

/** For pipelines that bring a token of their own; nobody signs such a request. */
export function assumeRoleWithWebIdentity(
  world: World,
  input: STS.AssumeRoleWithWebIdentityRequest,
): STS.AssumeRoleWithWebIdentityResponse {
  const role = namedRole(world, input);
  const claims = claimsOf(input.WebIdentityToken ?? '');
  if (claims.exp !== undefined && claims.exp * 1000 <= world.now) {
    throw new ServiceError(
      'ExpiredTokenException',
      'Token expired: current date/time must be before the expiration date/time',
    );
  }
  const provider = claims.iss.replace(/^https:\/\//, '');
  const arn = `arn:aws:iam::${role.realm.account}:oidc-provider/${provider}`;
  if (!hasProvider(world, role.realm.account, provider)) {
    const text = `No OpenIDConnect provider found in your account for ${claims.iss}`;
    throw new ServiceError('InvalidIdentityTokenException', text);
  }
  const isAllowed =
    role.record !== undefined &&
    isTrusted(role.record.properties['AssumeRolePolicyDocument'], {
      action: 'sts:AssumeRoleWithWebIdentity',
      kind: 'Federated',
      principals: [arn],
      context: { [`${provider}:sub`]: claims.sub, [`${provider}:aud`]: claims.aud },
    });
  if (!isAllowed) {
    throw new ServiceError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 403);
  }
  return {
    ...assumed(world, role, input),
    SubjectFromWebIdentityToken: claims.sub,
    Audience: claims.aud,
    Provider: arn,
  };
}

function hasProvider(world: World, account: string, provider: string): boolean {
  const realm = { account, region: 'global' };
  for (const { properties } of resourcesOf(world, realm, 'AWS::IAM::OIDCProvider')) {
    if (String(properties['Url'] ?? '').replace(/^https:\/\/|\/$/g, '') === provider) return true;
  }
  return false;
}

/** The token's signature is not checked, like no other here. */
function claimsOf(token: string): Claims {
  try {
    const [, body = ''] = token.split('.');
    const { iss, sub, aud, exp } = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Record<
      string,
      unknown
    >;
    if (typeof iss === 'string' && typeof sub === 'string') {
      const audience = String(Array.isArray(aud) ? aud[0] : aud);
      return { iss, sub, aud: audience, ...(typeof exp === 'number' ? { exp } : {}) };
    }
  } catch {
    // Said below.
  }
  throw new ServiceError(
    'InvalidIdentityTokenException',
    'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
  );
}
