import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createAccountBucket, createCallCounter, type HookStore } from '@roundtrip/aws';
import { LeaseLost } from '@roundtrip/engine';
import type { SampleShape } from '@roundtrip/sample-project';
import { shareHooks } from './hook-memory.ts';
import { openHookState } from './hook-state.ts';
import type { RunState } from './run-state.ts';
import { eventsOf } from './test-journal.ts';
import { ENV_FILE, openTestProject, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';
import { until } from './test-until.ts';

/** Holds a run for as long as there is a file of that name. */
const HOLD = `
  const { existsSync } = await import('node:fs');
  while (existsSync(context.root + '/hold')) await new Promise((done) => setTimeout(done, 50));`;

/** As services and destroy are: the second layer has no stacks and looks after the first one's. */
const SHAPE: SampleShape = {
  layers: { services: [], look: ['services'] },
  stacks: [stack('services', '', { hasSetting: true })],
  hooks: { services: { 'after-up': "context.log('up');" }, look: { 'after-up': HOLD } },
};
const ACCOUNT = '333333333333';
const UP = ['up', '--env', 'demo'];

let project: TestProject;
let shared: HookStore;
test.before(async () => {
  project = await openTestProject(SHAPE);
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'local' };
  const settings = { region: 'eu-west-1', endpoint: project.endpoint, credentials };
  shared = await createAccountBucket(settings, ACCOUNT, createCallCounter()).hooks('demo');
});
test.after(() => project.close());

const hooks = (): string[] =>
  eventsOf(project.lastJournal('demo'), 'hook-finished').map(({ layer, outcome }) => `${layer} ${outcome}`);

test('what succeeded before a run was killed does not run again, here or on another machine', async () => {
  assert.is((await project.verb('run', UP)).code, 0);
  assert.equal(hooks(), ['services done', 'look done']);
  const before = await shared.read();
  project.write('envs/demo.yaml', `${ENV_FILE}services:\n  setting: second\n`);
  project.write('hold', '');
  const running = project.start('run', UP);
  await until(() => eventsOf(project.journals('demo')[1] ?? [], 'hook-started').some(({ layer }) => layer === 'look'));
  running.child.kill('SIGKILL');
  await running.ended;
  rmSync(join(project.root, 'hold'));
  assert.equal(await shared.read(), before, 'it could not share what it knew');
  assert.is((await project.verb('run', UP)).code, 0);
  assert.equal(hooks(), ['look done']);
  rmSync(join(project.root, '.roundtrip/hooks'), { recursive: true });
  assert.is((await project.verb('run', UP)).code, 0);
  assert.equal(hooks(), []);
});

test('a run that has lost its lease shares nothing', async () => {
  const root = mkdtempSync(join(tmpdir(), 'roundtrip-hooks-'));
  const added: unknown[] = [];
  const state = (ensure: () => Promise<void>): RunState => {
    const hookState = openHookState(root, 'demo');
    hookState.record('services', 'key');
    const bucket = { hooks: () => Promise.resolve({ add: (news: unknown) => Promise.resolve(void added.push(news)) }) };
    const context = { lease: { ensure }, signal: new AbortController().signal };
    return { hookState, open: { bucket }, command: { environment: 'demo' }, context } as unknown as RunState;
  };
  await shareHooks(state(() => Promise.reject(new LeaseLost(undefined))));
  assert.equal(added, []);
  await shareHooks(state(() => Promise.resolve()));
  assert.equal(added, [{ services: 'key' }]);
  rmSync(root, { recursive: true });
});

test.run();
