/**
 * Puts each verb, layer and hook into few files: loading some 300 modules one by one costs over half a second, which
 * every command would pay. `make` runs this when anything compiled is newer than the last bundle. What is in dist/
 * works just as well by itself, and is used wherever the bundle is older (docs/decisions/0006).
 */
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { BUNDLE_FOLDER } from './built-module.ts';
import { projectRoot } from './project-root.ts';

const VERBS = ['run', 'plan', 'status', 'sweep', 'audit', 'unlock', 'cloud', 'layer'];

/** These find files beside themselves, or are loaded so seldom that their size would only slow the bundle down. */
const EXTERNAL = ['@roundtrip/local-cloud', '@roundtrip/local-cloud/*', '@roundtrip/spec', '@aws-cdk/*', 'zx', 'zx/*'];

const KEPT_MS = 24 * 3_600_000;

const root = projectRoot({});
const folder = join(root, BUNDLE_FOLDER);
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: [...VERBS.map((verb) => `tasks/verbs/dist/${verb}.js`), ...layerModules()],
  outbase: root,
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // The packages' ES modules, of which only what is used is taken.
  conditions: ['module'],
  mainFields: ['module', 'main'],
  external: EXTERNAL,
  chunkNames: 'chunks/[name]-[hash]',
  sourcemap: 'linked',
  sourcesContent: false,
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
  metafile: true,
  // Some dependencies are CommonJS and ask for Node's own modules with require.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
});
writeFileSync(join(folder, 'stamp'), '');
forgetOld(new Set(Object.keys(metafile.outputs).map((path) => join(root, path))));

/** A run that is under way may still load chunks of the bundle that it was started from, so they stay for a day. */
function forgetOld(current: ReadonlySet<string>): void {
  const chunks = join(folder, 'chunks');
  for (const name of readdirSync(chunks)) {
    const path = join(chunks, name);
    if (!current.has(path) && Date.now() - statSync(path).mtimeMs > KEPT_MS) rmSync(path, { force: true });
  }
}

/** Every layer's definition and hooks, as compiled. */
function layerModules(): string[] {
  return readdirSync(join(root, 'packages')).flatMap((name) => {
    const dist = `packages/${name}/dist`;
    const hooks = existsSync(join(root, dist, 'hooks')) ? readdirSync(join(root, dist, 'hooks')) : [];
    const modules = [`${dist}/layer.js`, ...hooks.filter(isModule).map((hook) => `${dist}/hooks/${hook}`)];
    return modules.filter((path) => existsSync(join(root, path)));
  });
}

function isModule(name: string): boolean {
  return name.endsWith('.js') && !name.endsWith('.test.js');
}
