import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { projectRoot } from './project-root.ts';

const BIN = join(projectRoot({}), 'tasks/verbs/bin');

/** What a script sees when turbo's `npm run up` meets `bin/npm` first: its words, and whether the real npm ran it. */
function start(
  scripts: Record<string, string>,
  env: NodeJS.ProcessEnv = { ROUNDTRIP_CONDUCTOR: '/tmp/x.sock' },
): string {
  const folder = mkdtempSync(join(tmpdir(), 'roundtrip-npm-'));
  try {
    const manifest = { name: 'layer', version: '0.0.0', type: 'module', scripts };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
    writeFileSync(
      join(folder, 'say.js'),
      "console.log(process.argv.slice(2).join(' '), process.env.npm_lifecycle_event === undefined ? 'directly' : 'by npm');\n",
    );
    const path = [BIN, process.env['PATH']].join(delimiter);
    const options = { cwd: folder, env: { ...process.env, ...env, PATH: path }, encoding: 'utf8' as const };
    return execFileSync(join(BIN, 'npm'), ['run', 'up'], options).trim().split('\n').at(-1) ?? '';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('starts a plain node script directly, with its own words', () => {
  assert.is(start({ stage: 'node say.js wrong', up: 'node say.js up --env stage' }), 'up --env stage directly');
});

test('leaves everything else to npm', () => {
  assert.is(start({ up: 'node say.js a && true' }), 'a by npm', 'a shell command');
  assert.is(start({ preup: 'true', up: 'node say.js a' }), 'a by npm', 'a script with another before it');
  assert.is(start({ up: 'node say.js "a b"' }), 'a b by npm', 'quotes');
});

test('does nothing outside of a run', () => {
  assert.is(start({ up: 'node say.js a' }, { ROUNDTRIP_CONDUCTOR: '' }), 'a by npm');
});

test.run();
