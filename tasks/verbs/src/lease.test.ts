import { rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createAccountBucket, createCallCounter } from '@roundtrip/aws';
import type { JournalEvent, LeaseDocument, LeaseStore } from '@roundtrip/engine';
import { ProblemError } from '@roundtrip/problem';
import type { SampleShape } from '@roundtrip/sample-project';
import { eventsOf, layerOutcomes, outcomes, writes } from './test-journal.ts';
import { openTestProject, type Running, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';
import { unlockEnvironment } from './unlock-environment.ts';

/** Holds a run between its two stacks for as long as there is a file of that name. */
const HOLD = `
  const { existsSync } = await import('node:fs');
  while (existsSync(context.root + '/hold')) await new Promise((done) => setTimeout(done, 50));`;

const SHAPE: SampleShape = {
  layers: { one: [], two: ['one'] },
  stacks: [stack('one', ''), stack('two', '')],
  hooks: { two: { 'before-up': HOLD } },
};
const ACCOUNT = '333333333333';
const WHO = `arn:aws:iam::${ACCOUNT}:root`;
const PLACE = `s3://roundtrip-${ACCOUNT}-eu-west-1/leases/demo.json`;
const UP = ['up', '--env', 'demo'];

let project: TestProject;
let store: LeaseStore;
test.before(async () => {
  project = await openTestProject(SHAPE);
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'local' };
  const settings = { region: 'eu-west-1', endpoint: project.endpoint, credentials };
  ({ store } = await createAccountBucket(settings, ACCOUNT, createCallCounter()).lease('demo'));
});
test.after(() => project.close());

/** A run of `up` that has its lease and is held before its second stack. */
async function heldUp(): Promise<Running & { readonly run: string; journal(): JournalEvent[] }> {
  project.write('hold', '');
  const index = project.journals('demo').length;
  const running = project.start('run', UP);
  const journal = (): JournalEvent[] => project.journals('demo')[index] ?? [];
  await until(() => eventsOf(journal(), 'hook-started').length > 0);
  return { ...running, run: runOf(journal()), journal };
}

function letGo(): void {
  rmSync(join(project.root, 'hold'), { force: true });
}

function runOf(journal: readonly JournalEvent[]): string {
  return eventsOf(journal, 'run-started')[0]?.run ?? '';
}

function leases(journal: readonly JournalEvent[]): string[] {
  return eventsOf(journal, 'lease').map(({ what }) => what);
}

async function down(): Promise<void> {
  assert.is((await project.verb('run', ['down', '--env', 'demo'])).code, 0);
}

/** Puts a lease of some other machine into the bucket, whatever is there. */
async function forge(more: Partial<LeaseDocument> = {}): Promise<void> {
  const others = { run: 'other', environment: 'demo', verb: 'make up ENV=demo', who: 'arn:other', host: 'far', pid: 7 };
  const document = { ...others, expiresMs: 60_000 * 600, beat: 0, ...more };
  const version = (await store.read())?.version;
  assert.ok(await store.write(document, version));
}

const AGE = /since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, last heartbeat [\d.]+ s ago/;

test('a second run waits, says for whom, and then finds nothing to do', async () => {
  const first = await heldUp();
  const second = project.start('run', UP);
  await until(() => leases(project.lastJournal('demo')).includes('waiting'));
  letGo();
  const [one, two] = await Promise.all([first.ended, second.ended]);
  assert.equal([one.code, one.stderr, two.code, two.stderr], [0, '', 0, '']);
  assert.equal(leases(first.journal()), ['taken', 'released']);
  const journal = project.lastJournal('demo');
  assert.equal(leases(journal), ['waiting', 'taken', 'released']);
  assert.equal(writes(journal), []);
  assert.equal(outcomes(journal), { 'demo-one': 'unchanged', 'demo-two': 'unchanged' });
  const { detail } = eventsOf(journal, 'lease')[0]!;
  const holder = `run ${first.run} (make up ENV=demo) of ${WHO} on ${hostname()}, process ${first.child.pid}`;
  assert.is(detail.replace(AGE, 'AGE'), `${holder}, AGE: for up to 10:00 min; LEASE=refuse does not wait`);
  assert.match(two.stdout, `! lease: waiting for ${detail}\n`);
  assert.match(two.stdout, `✓ lease: taken, ${PLACE}\n`);
  assert.match(two.stdout, `✓ lease: given back, ${PLACE}\n`);
});

test('with nothing to change nobody asks for the lease', async () => {
  await forge();
  const run = await project.verb('run', UP);
  assert.is(run.code, 0);
  assert.equal(leases(project.lastJournal('demo')), []);
  assert.equal(eventsOf(project.lastJournal('demo'), 'run-finished')[0]?.calls, {
    GetCallerIdentity: 1,
    DescribeStacks: 1,
  });
  await forge({ released: true });
  await down();
});

test('LEASE=refuse does not wait, and says who has the lease', async () => {
  const first = await heldUp();
  const second = await project.verb('run', UP, { LEASE: 'refuse' });
  assert.is(second.code, 3);
  const holder = `run ${first.run} (make up ENV=demo) of ${WHO} on ${hostname()}, process ${first.child.pid}`;
  assert.equal(second.stderr.replace(AGE, 'AGE').split('\n'), [
    `Refused: ${holder}, has the lease of demo AGE`,
    "  why: two runs at once would undo each other's work, and LEASE=refuse says not to wait",
    '  next: when it is done, type: make up ENV=demo; if that run is dead, type: make unlock ENV=demo',
    '',
  ]);
  assert.match(second.stdout, /\nup demo refused by a guard after /);
  const journal = project.lastJournal('demo');
  assert.equal(writes(journal), []);
  assert.is(eventsOf(journal, 'run-finished')[0]?.exitCode, 3);
  letGo();
  assert.is((await first.ended).code, 0);
  await down();
});

test('another word for LEASE is refused before anything is asked', async () => {
  const run = await project.verb('run', UP, { LEASE: 'maybe' });
  assert.is(run.code, 2);
  assert.is(
    run.stderr,
    'LEASE is "maybe", which means nothing\n' +
      '  why: LEASE=wait waits up to 10 minutes for another run of the environment, as without it; LEASE=refuse does not wait\n' +
      '  next: LEASE=refuse, or leave it out\n',
  );
});

test('the lease of a run that was killed is taken over at once', async () => {
  const first = await heldUp();
  first.child.kill('SIGKILL');
  await first.ended;
  letGo();
  const second = await project.verb('run', UP, { LEASE: 'refuse' });
  assert.is(second.code, 0);
  const journal = project.lastJournal('demo');
  assert.equal(leases(journal), ['taken-over', 'released']);
  const holder = `run ${first.run} (make up ENV=demo) of ${WHO} on ${hostname()}, process ${first.child.pid}`;
  assert.is(eventsOf(journal, 'lease')[0]?.detail, `from ${holder}: that process has ended`);
  assert.equal(writes(journal), ['CreateStack demo-two']);
  await down();
});

test('a run that is interrupted gives its lease back, and one that waits for it leaves', async () => {
  const first = await heldUp();
  const second = project.start('run', UP);
  await until(() => leases(project.lastJournal('demo')).includes('waiting'));
  second.child.kill('SIGTERM');
  assert.is((await second.ended).code, 143);
  assert.equal(leases(project.lastJournal('demo')), ['waiting']);
  first.child.kill('SIGINT');
  assert.is((await first.ended).code, 130);
  assert.equal(leases(first.journal()), ['taken', 'released']);
  letGo();
  await down();
});

test('a run whose lease is taken away stops writing and says who has it', async () => {
  const run = await heldUp();
  await forge();
  // Noticed with the next heartbeat, within a quarter of a minute.
  const ended = await run.ended;
  letGo();
  assert.is(ended.code, 1);
  const lost = 'run other (make up ENV=demo) of arn:other on far, process 7, has it now: this run writes nothing more';
  assert.match(ended.stdout, `✗ lease: lost: ${lost}\n`);
  assert.match(ended.stdout, `\n\n✗ the lease was lost\n  reason  ${lost}\n  next    type: make up ENV=demo\n`);
  assert.equal(leases(run.journal()), ['taken', 'lost']);
  assert.equal(writes(run.journal()), ['CreateStack demo-one']);
  assert.equal(layerOutcomes(run.journal()), { one: 'done', two: 'interrupted' });
  assert.is((await store.read())?.document?.run, 'other', 'the lease of somebody else is not given back');
});

test('a file that is no lease is refused, and unlock frees it', async () => {
  await forge({ run: 1 as never });
  const run = await project.verb('run', UP);
  assert.is(run.code, 3);
  assert.is(
    run.stderr,
    `Refused: ${PLACE} is no lease that this tool has written\n` +
      '  why: nobody can say whether another run is changing demo\n' +
      '  next: when nobody is, type: make unlock ENV=demo\n',
  );
  const unlock = await project.verb('unlock', ['--env', 'demo'], { CONFIRM: 'demo' });
  assert.equal(unlock, {
    code: 0,
    stdout: `${PLACE} is no lease that this tool has written\ndemo is unlocked: the next run takes the lease\n`,
    stderr: '',
  });
  assert.is((await project.verb('run', UP)).code, 0);
  const idle = await project.verb('unlock', ['--env', 'demo']);
  assert.equal(idle, { code: 0, stdout: 'nobody has the lease of demo\n', stderr: '' });
});

test('unlock wants the name of the environment', async () => {
  await forge({ since: Date.now() });
  const before = await store.read();
  const head = 'run other (make up ENV=demo) of arn:other on far, process 7, has the lease of demo AGE';
  const state = 'if that run is alive, it stops writing within 30 s; unlocking waits for that';
  const nobody = await project.verb('unlock', ['--env', 'demo']);
  assert.equal(
    { ...nobody, stdout: nobody.stdout.replace(AGE, 'AGE') },
    {
      code: 3,
      stdout: `${head}\n${state}\n`,
      stderr:
        'Refused: nobody is there to be asked whether to unlock it\n' +
        '  why: there is no terminal, and CONFIRM does not name the environment demo\n' +
        '  next: make unlock ENV=demo CONFIRM=demo\n',
    },
  );
  const other = await project.verb('unlock', ['--env', 'demo'], { CONFIRM: 'prod' });
  assert.is(other.code, 3);
  assert.is(
    other.stderr,
    'Refused: CONFIRM is "prod", the environment is demo\n  next: make unlock ENV=demo CONFIRM=demo\n',
  );
  const none = await project.verb('unlock', []);
  assert.is(none.code, 2);
  assert.is(none.stderr, 'make unlock needs the name of an environment\n  next: type: make unlock ENV=stage\n');
  assert.equal(await store.read(), before);
});

/** Unlocks on a terminal that is a test, where time passes at once. */
async function onTerminal(typed: string, atPrompt = async () => {}) {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  let shown = '';
  stdout.on('data', (chunk: Buffer) => {
    const asksNow = !shown.includes('type demo: ');
    shown += chunk.toString();
    if (asksNow && shown.includes('type demo: ')) void atPrompt().then(() => stdin.write(typed));
  });
  const slept: number[] = [];
  const clock = { now: () => Date.now(), sleep: async (ms: number) => void slept.push(ms) };
  const code = await unlockEnvironment({
    ...{ root: project.root, environment: 'demo', env: project.env, clock, random: 'abcd' },
    stdin: Object.assign(stdin, { isTTY: true }),
    stdout: Object.assign(stdout, { isTTY: true }),
  });
  return { code, shown, slept };
}

test('on a terminal the name is typed; a run that may be alive is given time to stop', async () => {
  const declined = await onTerminal('yes\n');
  assert.is(declined.code, 3);
  assert.ok(declined.shown.endsWith('Nothing was changed: "yes" is not demo\n'), declined.shown);
  const done = await onTerminal('demo\n');
  assert.is(done.code, 0);
  assert.ok(done.shown.endsWith('demo is unlocked: the next run takes the lease\n'), done.shown);
  assert.ok(done.slept.length === 1 && done.slept[0]! > 15_000 && done.slept[0]! <= 30_000, String(done.slept));
  assert.is((await store.read())?.document?.released, true);
});

test('a heartbeat while the person is asked says that the run is alive', async () => {
  await forge();
  try {
    await onTerminal('demo\n', () => forge({ beat: 1 }));
    assert.unreachable('a lease that has changed is not taken away');
  } catch (error) {
    assert.instance(error, ProblemError);
    assert.is(
      (error as ProblemError).message,
      'Refused: the lease of demo changed while you were asked\n' +
        '  why: run other is alive: it has just sent a heartbeat\n' +
        '  next: look again: make unlock ENV=demo',
    );
  }
  assert.is((await store.read())?.document?.beat, 1);
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, 'what is waited for happens within 20 s');
    await delay(20);
  }
}

test.run();
