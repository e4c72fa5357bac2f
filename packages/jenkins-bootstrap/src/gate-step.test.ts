import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { githubSchedule } from './github-schedule.ts';
import { jobsOf } from './jobs.ts';

const schedule = {
  timezone: 'Europe/Berlin',
  destroy: { day: 'friday', time: '19:00' },
  rebuild: { day: 'monday', time: '06:00' },
} as const;

interface Workflow {
  readonly jobs: Record<string, { steps: { run?: string }[] }>;
}

/** Runs the first step of `destroy-stage` with a `date` that says a written offset. */
function gate(cron: string, offset: string): string {
  const { jobs } = parse(githubSchedule(jobsOf([{ name: 'stage', schedule }]))) as Workflow;
  const folder = mkdtempSync(join(tmpdir(), 'roundtrip-gate-'));
  try {
    writeFileSync(join(folder, 'date'), `#!/bin/sh\necho '${offset}'\n`, { mode: 0o755 });
    const output = join(folder, 'output');
    const env = { PATH: `${folder}:/usr/bin:/bin`, SCHEDULE: cron, GITHUB_OUTPUT: output, SHLVL: '1' };
    execFileSync(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', jobs['destroy-stage']?.steps[0]?.run ?? 'false'],
      { env, stdio: 'ignore' },
    );
    return readFileSync(output, 'utf8').trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('in summer the summer entry goes through and the winter entry does not', () => {
  assert.is(gate('0 17 * * 5', '+0200'), 'due=true');
  assert.is(gate('0 18 * * 5', '+0200'), 'due=false');
});

test('in winter it is the other way round', () => {
  assert.is(gate('0 17 * * 5', '+0100'), 'due=false');
  assert.is(gate('0 18 * * 5', '+0100'), 'due=true');
});

test('whoever starts it by hand is let through', () => {
  assert.is(gate('', '+0100'), 'due=true');
});

test.run();
