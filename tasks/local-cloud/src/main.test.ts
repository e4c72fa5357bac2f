import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const MAIN = fileURLToPath(new URL('main.js', import.meta.url));
const test = suite<{ root: string }>('main');

test.before.each((context) => {
  context.root = mkdtempSync(join(tmpdir(), 'cloud-main-'));
});
test.after.each(({ root }) => rmSync(root, { recursive: true, force: true }));

/** Starts the daemon with settings that keep it from starting. Out: what it says. */
function complaint(root: string, settings: Readonly<Record<string, string>>): string {
  const { status, stderr } = spawnSync(process.execPath, [MAIN, '--root', root, '--data', join(root, 'data')], {
    env: { PATH: process.env['PATH'], ...settings },
    encoding: 'utf8',
    timeout: 20_000,
  });
  assert.is(status, 2);
  return stderr.trimEnd();
}

test('a file of faults that is not there is named', ({ root }) => {
  assert.is(
    complaint(root, { LOCAL_CLOUD_FAULTS: 'none.yaml' }),
    'LOCAL_CLOUD_FAULTS names none.yaml, which cannot be read\n' +
      '  why: it is a YAML or JSON file with the faults that are switched on at the start\n' +
      '  next: name a file that is there, or leave LOCAL_CLOUD_FAULTS empty',
  );
});

test('every mistake in a file of faults is named with its place, and nothing is started', ({ root }) => {
  writeFileSync(
    join(root, 'faults.yaml'),
    'faults:\n  - { fault: throttle, chance: 2 }\n  - { fault: slow, secs: 1 }\n',
  );
  assert.is(
    complaint(root, { LOCAL_CLOUD_FAULTS: 'faults.yaml' }),
    'faults.yaml:2:32: faults[0].chance is 2, more than 1\n' +
      '  next: write 1 or less\n' +
      'faults.yaml:3:20: unknown key "secs" in faults[1]\n' +
      '  next: the keys here are fault, service, operation, account, region, accessKeyId, stack, resourceType, logicalId, ' +
      'afterSeconds, forSeconds, everySeconds, chance, times, seconds, code, status and text',
  );
  writeFileSync(join(root, 'faults.json'), '{ "faults": [{ "fault": "slow" ] }');
  assert.is(
    complaint(root, { LOCAL_CLOUD_FAULTS: 'faults.json' }),
    'faults.json:1:32: this is not YAML\n' +
      '  why: Flow map in block collection must be sufficiently indented and end with a }\n' +
      '  next: correct it; nothing else in the file was checked',
  );
});

test('limits are on or off', ({ root }) => {
  assert.is(
    complaint(root, { LOCAL_CLOUD_LIMITS: 'none' }),
    'LOCAL_CLOUD_LIMITS is "none", which is neither on nor off\n' +
      "  why: it says whether the local cloud keeps to AWS's rate limits; on unless said\n" +
      '  next: LOCAL_CLOUD_LIMITS=off make stage',
  );
});

test.run();
