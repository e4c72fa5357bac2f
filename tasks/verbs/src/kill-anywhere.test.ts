import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createAccountBucket, createCallCounter } from '@roundtrip/aws';
import { checkChain } from '@roundtrip/engine';
import type { SampleShape } from '@roundtrip/sample-project';
import { latestJournals } from './journal-file.ts';
import { eventsOf } from './test-journal.ts';
import { openTestProject, runFilesOf, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';
import { until } from './test-until.ts';

const SHAPE: SampleShape = {
  layers: { one: [], two: ['one'] },
  stacks: [
    stack('one', '', { createSeconds: 120 }),
    stack('two', 'api', { createSeconds: 120 }),
    stack('two', 'web', { dependsOn: ['api'] }),
  ],
  hooks: { two: { 'after-up': "context.log('up');" } },
};
const ACCOUNT = '333333333333';
/** Lines that a run's journal has when it is killed: before its lease, under it, in a stack, between two, in a hook, at its end. */
const LINES = [1, 8, 11, 14, 18, 24, 30];

let project: TestProject;
test.before(async () => {
  project = await openTestProject(SHAPE);
});
test.after(() => project.close());

/** Starts a run and kills it once its journal has so many lines. @returns false where it had ended by itself before */
async function killAt(task: string, lines: number): Promise<boolean> {
  const before = journals().length;
  const { child, ended } = project.start('run', [task, '--env', 'demo']);
  let isOver = false;
  void ended.then(() => (isOver = true));
  await until(() => isOver || lengthOf(journals()[before]) >= lines);
  child.kill('SIGKILL');
  return (await ended).code === null;
}

function journals(): string[] {
  return latestJournals(project.root, 'demo', 100);
}

function lengthOf(path: string | undefined): number {
  return path === undefined ? 0 : readFileSync(path, 'utf8').split('\n').length - 1;
}

async function statuses(): Promise<Record<string, string | undefined>> {
  const stacks = await project.stacks(ACCOUNT);
  return Object.fromEntries(stacks.map((one) => [one.StackName, one.StackStatus]));
}

/** Kills a run at each of the places, then lets one end. */
async function killedAndEnded(task: string): Promise<void> {
  let killed = 0;
  for (const lines of LINES) if (await killAt(task, lines)) killed += 1;
  assert.ok(killed >= 4, `${killed} runs were killed`);
  const last = await project.verb('run', [task, '--env', 'demo']);
  assert.is(last.stderr, '');
  assert.is(last.code, 0);
}

test('wherever runs are killed, the next one goes on, and at last everything stands', async () => {
  await killedAndEnded('up');
  const complete = 'CREATE_COMPLETE';
  assert.equal(await statuses(), { 'demo-one': complete, 'demo-two-api': complete, 'demo-two-web': complete });
  const ends = project.journals('demo').map((events) => eventsOf(events, 'hook-finished'));
  assert.is(ends.flat().filter(({ outcome }) => outcome === 'done').length, 1, 'the hook has succeeded once');
});

test('and on the way down nothing is left', async () => {
  await killedAndEnded('down');
  assert.equal(await statuses(), {});
});

test('each of these journals is whole up to where its run was killed, and all that changed something are copied', async () => {
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'local' };
  const settings = { region: 'eu-west-1', endpoint: project.endpoint, credentials };
  const copies = await createAccountBucket(settings, ACCOUNT, createCallCounter()).journals();
  const copied = new Set(await copies.list('demo', 100));
  for (const name of runFilesOf(project.root, 'demo').filter((file) => file.endsWith('.jsonl'))) {
    const text = readFileSync(join(project.root, '.roundtrip/runs/demo', name), 'utf8');
    assert.is(checkChain(text).chain, 'whole', name);
    const run = name.replace('.jsonl', '');
    if (!text.includes('"type":"write"')) continue;
    assert.ok(copied.has(run), `${run} is copied`);
    assert.is(await copies.read('demo', run), text);
  }
});

test.run();
