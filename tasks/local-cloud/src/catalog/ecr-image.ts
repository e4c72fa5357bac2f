import type { Realm, World } from '../world.ts';

/** An image in a repository: its manifest is all that is kept of it. */
export interface ImageRecord {
  readonly repository: string;
  readonly digest: string;
  readonly tags: readonly string[];
  readonly manifest: string;
  readonly mediaType: string;
  readonly pushedAt: number;
}

export const imageTable = (world: World, realm: Realm) => world.table<ImageRecord>('ecr.image', realm);

export function imageKey(repository: string, digest: string): string {
  return `${repository}|${digest}`;
}

/** In order of their first push. */
export function* imagesOf(world: World, realm: Realm, repository: string): Iterable<ImageRecord> {
  for (const image of imageTable(world, realm).values()) if (image.repository === repository) yield image;
}

export function hasImages(world: World, realm: Realm, repository: string): boolean {
  for (const _image of imagesOf(world, realm, repository)) return true;
  return false;
}
