import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Realm, World } from '../../world.ts';

export const SECRET = 'AWS::SecretsManager::Secret';

/** By name, by ARN, or by ARN without its six random characters. @throws ServiceError ResourceNotFoundException */
export function secretOf(world: World, realm: Realm, asked: string | undefined): Resource {
  const secret = findSecret(world, realm, asked ?? '');
  if (secret !== undefined) return secret;
  throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}

/** @throws ServiceError InvalidRequestException where it is scheduled for deletion */
export function livingSecret(world: World, realm: Realm, asked: string | undefined): Resource {
  const secret = secretOf(world, realm, asked);
  if (!isDeleted(secret)) return secret;
  throw invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
}

export function findSecret(world: World, realm: Realm, asked: string): Resource | undefined {
  for (const secret of resourcesOf(world, realm, SECRET)) {
    const arn = secret.arn ?? '';
    if (nameOf(secret) === asked || arn === asked || arn.slice(0, -7) === asked) return secret;
  }
  return undefined;
}

export function isDeleted({ properties }: Resource): boolean {
  return properties['DeletedDate'] !== undefined;
}

export function nameOf(secret: Resource): string {
  return String(secret.properties['Name'] ?? secret.id);
}

export function invalidRequest(text: string): ServiceError {
  return new ServiceError('InvalidRequestException', text);
}

export function invalidParameter(text: string): ServiceError {
  return new ServiceError('InvalidParameterException', text);
}

/** What the API calls tags and what answers name a secret by. */
export function identityOf(secret: Resource) {
  return { ARN: secret.arn, Name: nameOf(secret) };
}
