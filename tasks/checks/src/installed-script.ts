import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A script inside an installed package: run by node itself, it needs neither a global tool nor a PATH. */
export function installedScript(root: string, name: string, path: string): string {
  return join(dirname(createRequire(join(root, 'package.json')).resolve(`${name}/package.json`)), path);
}
