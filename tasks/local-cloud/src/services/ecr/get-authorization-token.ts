import type * as ECR from '@aws-sdk/client-ecr';
import type { Call, World } from '../../world.ts';

const VALID_MS = 12 * 3_600_000;

/** What `docker login` wants to have; nothing listens behind the registry's address. */
export function getAuthorizationToken(
  world: World,
  input: ECR.GetAuthorizationTokenRequest,
  { realm }: Call,
): ECR.GetAuthorizationTokenResponse {
  const registries = input.registryIds ?? [realm.account];
  return {
    authorizationData: registries.map((registry) => ({
      authorizationToken: Buffer.from(`AWS:${world.hex(64)}`).toString('base64'),
      expiresAt: new Date(world.now + VALID_MS),
      proxyEndpoint: `https://${registry}.dkr.ecr.${realm.region}.amazonaws.com`,
    })),
  };
}
