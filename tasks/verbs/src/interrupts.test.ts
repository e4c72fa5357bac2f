import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { JournalEvent } from '@roundtrip/engine';
import type { SampleShape } from '@roundtrip/sample-project';
import { eventsOf, layerOutcomes, outcomes, writes } from './test-journal.ts';
import { openTestProject, type Ended, type Running, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';

/** A second and a half at the test's speed: long enough to be interrupted in the middle. */
const SLOW = { createSeconds: 900 };

/** Ignores every signal that it can ignore, as a tool in a hook may. */
const STUBBORN = `
  const { existsSync } = await import('node:fs');
  if (existsSync(context.root + '/stubborn')) await context.$\`trap '' INT TERM HUP; echo holding on; sleep 30 & wait; sleep 30\`;`;

const SHAPE: SampleShape = {
  layers: { one: [], two: ['one'], three: ['two'], four: ['three'] },
  stacks: [stack('one', '', SLOW), stack('two', '', SLOW), stack('three', '', SLOW), stack('four', '')],
  hooks: { four: { 'before-up': STUBBORN } },
};

let project: TestProject;
test.before(async () => {
  project = await openTestProject(SHAPE);
});
test.after(() => project.close());

/** Starts `up` and waits until its journal has an event that `reached` accepts. */
async function upUntil(reached: (event: JournalEvent) => boolean): Promise<Running> {
  const before = project.journals('demo').length;
  const running = project.start('run', ['up', '--env', 'demo']);
  await until(() => project.journals('demo').slice(before).flat().some(reached));
  return running;
}

/** Sends a signal to the run alone and gives how it ended. That it leaves in time is signals.test.ts's. */
async function interrupt({ child, ended }: Running, signal: NodeJS.Signals): Promise<Ended> {
  child.kill(signal);
  return await ended;
}

const creating = (name: string) => (event: JournalEvent) => event.type === 'state' && event.stack === `demo-${name}`;
const created = () => project.journals('demo').flatMap(writes).sort();

test('Ctrl-C in the middle of a stack ends the run soon, in good order and with nothing left behind', async () => {
  const run = await upUntil(creating('one'));
  const ended = await interrupt(run, 'SIGINT');
  assert.is(ended.code, 130);
  assert.is(ended.stderr, '');
  assert.match(ended.stdout, /\n\S+ ! interrupted by SIGINT: nothing new is started\n/);
  assert.match(ended.stdout, /\nup demo interrupted by SIGINT after [\d.]+ s\n/);
  assert.ok(
    ended.stdout.endsWith(
      '\n\n✗ interrupted by SIGINT\n  reason  what AWS has accepted goes on there\n  next    type: make up ENV=demo\n',
    ),
    ended.stdout,
  );
  const journal = project.lastJournal('demo');
  assert.equal(eventsOf(journal, 'interrupted').length, 1);
  assert.equal(layerOutcomes(journal), {
    one: 'interrupted',
    two: 'not-started',
    three: 'not-started',
    four: 'not-started',
  });
  assert.is(eventsOf(journal, 'run-finished')[0]?.exitCode, 130);
  assert.equal(eventsOf(journal, 'failure'), []);
  assert.equal(processes(), []);
});

test('the next run picks up what goes on in the account; SIGTERM, as CI sends it, is exit code 143', async () => {
  const run = await upUntil(creating('two'));
  const ended = await interrupt(run, 'SIGTERM');
  assert.is(ended.code, 143);
  assert.is(ended.stderr, '', 'it was not left with something still open');
  assert.equal(eventsOf(project.lastJournal('demo'), 'interrupted')[0]?.signal, 'SIGTERM');
  assert.equal(created(), ['CreateStack demo-one', 'CreateStack demo-two']);
  assert.equal(processes(), []);
});

test('a run that is killed outright leaves nobody who goes on without it', async () => {
  const run = await upUntil(creating('three'));
  await interrupt(run, 'SIGKILL');
  await until(() => processes().length === 0);
  const journal = project.lastJournal('demo');
  assert.is(
    journal.some((event) => event.type === 'run-finished' || event.type === 'interrupted'),
    false,
  );
});

test('a hook that ignores every signal is ended with all that it started', async () => {
  project.write('stubborn', '');
  const run = await upUntil((event) => event.type === 'hook-output');
  const ended = await interrupt(run, 'SIGINT');
  assert.is(ended.code, 130);
  assert.equal(processes(), []);
});

test('a second Ctrl-C leaves at once and says what that means', async () => {
  const run = await upUntil((event) => event.type === 'hook-output');
  run.child.kill('SIGINT');
  await until(() => eventsOf(project.lastJournal('demo'), 'interrupted').length === 1);
  const ended = await interrupt(run, 'SIGINT');
  assert.is(ended.code, 130);
  assert.is(
    ended.stderr,
    '\nInterrupted again: left at once. What AWS has accepted goes on there.\n  next: type: make up ENV=demo\n',
  );
  assert.equal(eventsOf(project.lastJournal('demo'), 'run-finished'), [], 'nothing more was waited for');
  await until(() => processes().length === 0);
});

test('after all of that the same command finishes the work, and nothing was created twice', async () => {
  rmSync(join(project.root, 'stubborn'));
  const up = await project.verb('run', ['up', '--env', 'demo']);
  assert.is(up.code, 0);
  assert.equal(outcomes(project.lastJournal('demo')), {
    'demo-one': 'unchanged',
    'demo-two': 'unchanged',
    'demo-three': 'unchanged',
    'demo-four': 'created',
  });
  assert.equal(created(), ['one', 'two', 'three', 'four'].map((name) => `CreateStack demo-${name}`).sort());
  assert.equal(
    (await project.stacks('333333333333')).map((one) => one.StackStatus),
    Array(4).fill('CREATE_COMPLETE'),
  );
});

/** Processes that know this project; its local cloud does not, because it is started with an empty environment. */
function processes(): string[] {
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .flatMap((pid) => {
      try {
        const mine = readFileSync(join('/proc', pid, 'environ'), 'utf8').includes(`ROUNDTRIP_ROOT=${project.root}`);
        return mine ? [readFileSync(join('/proc', pid, 'cmdline'), 'utf8').replaceAll('\0', ' ')] : [];
      } catch {
        return [];
      }
    });
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, 'what is waited for happens within 20 s');
    await delay(20);
  }
}

test.run();
