import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readLayerPackages } from '@roundtrip/environment';
import { ProblemError } from '@roundtrip/problem';
import { mermaid } from './mermaid.ts';
import { onlyLayers } from './only-layers.ts';

/**
 * `make graph`: the layer graph twice, as a page that opens in a browser without network (`.roundtrip/graph.html`,
 * drawn by nx) and as Mermaid text (`.roundtrip/graph.mmd` and standard output).
 */
function main(root: string): void {
  const layers = readLayerPackages(root);
  const text = mermaid(layers);
  mkdirSync(join(root, '.roundtrip'), { recursive: true });
  writeFileSync(join(root, '.roundtrip/graph.mmd'), text);
  drawPage(root);
  const data = join(root, '.roundtrip/static/environment.js');
  writeFileSync(data, onlyLayers(readFileSync(data, 'utf8'), new Set(layers.map(({ packageName }) => packageName))));
  process.stdout.write(text);
  process.stderr.write('\nwritten: .roundtrip/graph.html (open it in a browser), .roundtrip/graph.mmd\n');
}

function drawPage(root: string): void {
  const nx = createRequire(import.meta.url).resolve('nx/bin/nx.js');
  const flags = ['graph', '--file=.roundtrip/graph.html', '--open=false'];
  const env = { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' };
  const result = spawnSync(process.execPath, [nx, ...flags], { cwd: root, env, encoding: 'utf8', timeout: 120_000 });
  if (result.status === 0) return;
  throw new ProblemError(
    {
      code: 'graph-failed',
      what: 'nx could not draw the layer graph',
      why: `${result.error?.message ?? ''}${result.stdout}${result.stderr}`.trim().replaceAll('\n', '\n       '),
      next: 'type: npx nx graph --verbose (the Mermaid text is in .roundtrip/graph.mmd)',
    },
    1,
  );
}

try {
  main(process.cwd());
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
