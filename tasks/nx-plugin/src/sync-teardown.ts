import { formatFiles } from '@nx/devkit';
import type { Tree } from '@nx/devkit';
import { formatPlace } from '@roundtrip/problem';
import { teardownChanges } from './teardown-changes.ts';
import type { TeardownChange } from './teardown-changes.ts';

/**
 * nx's sync generator for the teardown edges: `nx sync` writes them, `nx sync:check` fails while they are stale.
 * Touches only files that are out of step, so a second run changes nothing.
 */
export async function syncTeardown(tree: Tree): Promise<{ outOfSyncMessage: string; outOfSyncDetails: string[] } | void> {
  const changes = writeTeardown(tree);
  if (changes.length === 0) return;
  await formatFiles(tree);
  return {
    outOfSyncMessage: 'The teardown edges are not those of the layer graph; type: make sync',
    outOfSyncDetails: changes.map(({ place, what }) => `${formatPlace(place)}: ${what}`),
  };
}

/** The same for generators that change the layer graph themselves; formatting is left to them. */
export function writeTeardown(tree: Tree): TeardownChange[] {
  const folders = tree.exists('packages') ? tree.children('packages') : [];
  const changes = teardownChanges(folders, (path) => tree.read(path, 'utf8') ?? undefined);
  for (const { file, text } of changes) tree.write(file, text);
  return changes;
}

