import { statSync } from 'node:fs';
import { join } from 'node:path';

/** Where bundles are, relative to the project's root; the paths below it are those of the compiled files. */
export const BUNDLE_FOLDER = 'tasks/verbs/bundle';

/**
 * The file to load for a compiled module of a layer: its bundle, unless the compiled file is newer or has none.
 * @param path relative to the project's root: `packages/network/dist/layer.js`
 */
export function builtModule(root: string, path: string): string {
  const compiled = join(root, path);
  const bundled = join(root, BUNDLE_FOLDER, path);
  const bundledMs = modifiedMs(bundled);
  return bundledMs !== undefined && bundledMs >= (modifiedMs(compiled) ?? 0) ? bundled : compiled;
}

function modifiedMs(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
