import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLayerPackages } from '@roundtrip/environment';
import { teardownChanges } from '@roundtrip/nx-plugin';
import type { Problem } from '@roundtrip/problem';

/** Teardown edges that are not those of the layer graph; the same pure function as the generator's, without nx around it. */
export function edges(root: string): Problem[] {
  const read = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined);
  return teardownChanges(readLayerPackages(root), read).map(({ place, what }) => ({
    code: 'stale-edges',
    place,
    what,
    why: 'turbo would take layers down in an order that the dependencies in package.json do not allow',
    next: 'type: make sync',
  }));
}
