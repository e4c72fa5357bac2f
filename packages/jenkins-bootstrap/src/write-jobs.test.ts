import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const SCRIPT = fileURLToPath(new URL('write-jobs.js', import.meta.url));
const STAGE = `schedule:
  timezone: Europe/Berlin
  destroy: { day: friday, time: '19:00' }
  rebuild: { day: monday, time: '06:00' }
`;

let root: string;

test.before.each(() => {
  root = mkdtempSync(join(tmpdir(), 'roundtrip-jobs-'));
  mkdirSync(join(root, 'envs'));
  writeFileSync(join(root, 'envs/stage.yaml'), STAGE);
});
test.after.each(() => rmSync(root, { recursive: true }));

function run(...options: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, '--root', root, ...options], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('writes both files, and has nothing to do the second time', () => {
  assert.equal(run(), {
    status: 0,
    stdout: 'wrote packages/jenkins-bootstrap/jcasc/jobs.yaml\nwrote .github/workflows/schedule.yml\n',
    stderr: '',
  });
  assert.equal(run(), { status: 0, stdout: '', stderr: '' });
  assert.equal(run('--check'), { status: 0, stdout: '', stderr: '' });
});

test('--check writes nothing, exits 1 and says what to type', () => {
  const { status, stderr } = run('--check');
  assert.is(status, 1);
  assert.match(stderr, 'packages/jenkins-bootstrap/jcasc/jobs.yaml: this file is missing');
  assert.match(stderr, 'next: make sync');
  assert.not(existsSync(join(root, 'packages')));
});

test('takes its files away when no environment has a schedule any more', () => {
  run();
  writeFileSync(join(root, 'envs/stage.yaml'), 'cloud: local\n');
  assert.is(
    run().stdout,
    'removed packages/jenkins-bootstrap/jcasc/jobs.yaml\nremoved .github/workflows/schedule.yml\n',
  );
  assert.is(run('--check').status, 0);
});

test('a bad schedule is bad input', () => {
  writeFileSync(join(root, 'envs/stage.yaml'), STAGE.replace('friday', 'freitag'));
  const { status, stderr } = run('--check');
  assert.is(status, 2);
  assert.match(stderr, 'envs/stage.yaml:3:19: schedule.destroy.day is "freitag"');
});

test.run();
