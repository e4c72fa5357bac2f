import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import { setProperties } from './stored-record.ts';

export const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

/** One value of a secret, with the labels that point to it. */
export interface SecretVersion {
  readonly id: string;
  readonly text?: string;
  /** In base64. */
  readonly binary?: string;
  readonly stages: readonly string[];
  readonly createdAt: number;
  readonly lastReadAt?: number;
}

const table = (world: World, realm: Realm) => world.table<readonly SecretVersion[]>('secretsmanager.version', realm);

/** Newest last. A secret that nobody has written to since it was made has the value that it was made with. */
export function versionsOf(world: World, realm: Realm, secret: Resource): readonly SecretVersion[] {
  const kept = table(world, realm).get(secret.id);
  if (kept !== undefined) return kept;
  const text = secret.properties['SecretString'];
  if (text === undefined) return [];
  return [{ id: firstVersionId(secret), text: String(text), stages: [CURRENT], createdAt: secret.createdAt }];
}

export function putVersions(world: World, realm: Realm, secret: Resource, versions: readonly SecretVersion[]): void {
  table(world, realm).put(secret.id, versions);
}

export function forgetVersions(world: World, realm: Realm, secret: Resource): void {
  table(world, realm).delete(secret.id);
}

/**
 * Adds a value. Its labels leave the versions that had them; the one that was current becomes the previous one, and
 * versions without a label are let go.
 */
export function addVersion(
  world: World,
  realm: Realm,
  secret: Resource,
  version: Omit<SecretVersion, 'createdAt'>,
  before: readonly SecretVersion[] = versionsOf(world, realm, secret),
): void {
  putVersions(world, realm, secret, withLabels([...before, { ...version, stages: [], createdAt: world.now }], version));
  // Dynamic references and CloudFormation see the current value as the secret's property.
  if (version.stages.includes(CURRENT)) setProperties(world, realm, secret, { SecretString: version.text });
}

/** Moves labels to a version. */
export function withLabels(
  versions: readonly SecretVersion[],
  { id, stages }: Pick<SecretVersion, 'id' | 'stages'>,
): SecretVersion[] {
  const wasCurrent = stages.includes(CURRENT) ? versions.find((each) => each.stages.includes(CURRENT))?.id : undefined;
  const movesCurrent = wasCurrent !== undefined && wasCurrent !== id;
  return versions
    .map((each) => {
      if (each.id === id) return { ...each, stages: [...new Set([...each.stages, ...stages])] };
      const kept = each.stages.filter((stage) => !stages.includes(stage) && !(movesCurrent && stage === PREVIOUS));
      return { ...each, stages: each.id === wasCurrent && movesCurrent ? [...kept, PREVIOUS] : kept };
    })
    .filter(({ stages: left }) => left.length > 0);
}

/** The same for the same secret. */
function firstVersionId(secret: Resource): string {
  const digits = Buffer.from(secret.id).toString('hex').slice(-32).padStart(32, '0');
  return [8, 12, 16, 20, 32].map((end, index) => digits.slice([0, 8, 12, 16, 20][index], end)).join('-');
}
