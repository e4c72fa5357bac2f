import { formatFiles } from '@nx/devkit';
import type { Tree } from '@nx/devkit';
import { readLayerPackages } from '@roundtrip/environment';
import type { LayerPackage } from '@roundtrip/environment';
import { formatPlace } from '@roundtrip/problem';
import { teardownChanges } from './teardown-changes.ts';
import type { TeardownChange } from './teardown-changes.ts';

/** What nx prints of a sync generator that found something stale. */
export interface OutOfSync {
  readonly outOfSyncMessage: string;
  readonly outOfSyncDetails: string[];
}

/**
 * nx's sync generator for the teardown edges: `nx sync` writes them, `nx sync:check` fails while they are stale.
 * Touches only files that are out of step, so a second run changes nothing.
 */
export async function syncTeardown(tree: Tree): Promise<OutOfSync | undefined> {
  const changes = writeTeardown(tree, readLayerPackages(tree.root));
  if (changes.length === 0) return undefined;
  await formatFiles(tree);
  return {
    outOfSyncMessage: 'The teardown edges are not those of the layer graph; type: make sync',
    outOfSyncDetails: changes.map(({ place, what }) => `${formatPlace(place)}: ${what}`),
  };
}

/** The same for a generator that changes the layer graph itself and formats what it has written. */
export function writeTeardown(tree: Tree, layers: readonly LayerPackage[]): TeardownChange[] {
  const changes = teardownChanges(layers, (path) => tree.read(path, 'utf8') ?? undefined);
  for (const { file, text } of changes) tree.write(file, text);
  return changes;
}
