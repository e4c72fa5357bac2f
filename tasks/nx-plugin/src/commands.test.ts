import * as assert from 'uvu/assert';
import { suite } from 'uvu';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryProject } from './temporary-project.ts';
import type { TemporaryProject } from './temporary-project.ts';

/** nx and turbo as they are, on a small project: what the generators write has to mean to turbo what it means to us. */
const test = suite<{ project: TemporaryProject }>('nx and turbo');

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const TURBO = join(dirname(createRequire(join(ROOT, 'package.json')).resolve('turbo/package.json')), 'bin/turbo');

test.before((context) => {
  context.project = temporaryProject({
    network: [],
    cluster: ['network'],
    data: ['network'],
    services: ['cluster', 'data', 'network'],
    destroy: ['cluster', 'data', 'network', 'services'],
  });
  const { root } = context.project;
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  for (const file of ['nx.json', 'turbo.json']) cpSync(join(ROOT, file), join(root, file));
  writeFileSync(join(root, '.gitignore'), 'node_modules\norder\n');
});
test.after((context) => context.project.remove());

test('sync:check fails while edges are missing, and sync writes them', ({ project }) => {
  const stale = nx(project.root, 'sync:check');
  assert.is(stale.status, 1);
  assert.match(stale.output, 'The teardown edges are not those of the layer graph; type: make sync');
  assert.match(stale.output, 'packages/network/turbo.json: this file is missing');
  assert.is(nx(project.root, 'sync').status, 0);
});

test('turbo builds along the dependencies and takes down against them, destroy last both ways', ({ project }) => {
  assert.equal(order(project.root, 'stage'), ['network', 'cluster', 'data', 'services', 'destroy']);
  assert.equal(order(project.root, 'destroy-stage'), ['services', 'cluster', 'data', 'network', 'destroy']);
  // Once more: a second teardown must not be answered from turbo's cache.
  assert.equal(order(project.root, 'destroy-stage', '--filter=@roundtrip/services'), ['services']);
});

function nx(root: string, command: string): { status: number | null; output: string } {
  const bin = createRequire(import.meta.url).resolve('nx/bin/nx.js');
  const result = spawnSync(process.execPath, [bin, command], { cwd: root, encoding: 'utf8', timeout: 60_000 });
  return { status: result.status, output: result.stdout + result.stderr };
}

/** The layers in the order in which turbo ran them; the pair in the middle may come either way round. */
function order(root: string, task: string, ...more: string[]): string[] {
  writeFileSync(join(root, 'order'), '');
  const flags = ['run', task, '--concurrency=1', '--continue=dependencies-successful', ...more];
  const result = spawnSync(process.execPath, [TURBO, ...flags], { cwd: root, encoding: 'utf8', timeout: 60_000 });
  assert.is(result.status, 0, result.stdout + result.stderr);
  const names = readFileSync(join(root, 'order'), 'utf8').trim().split('\n');
  const pair = [names.indexOf('cluster'), names.indexOf('data')].sort();
  if (pair[0] !== -1 && pair[1] === (pair[0] ?? 0) + 1) names.splice(pair[0] ?? 0, 2, 'cluster', 'data');
  return names;
}

test.run();
