import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { SampleShape } from '@roundtrip/sample-project';
import { commandOf } from './command.ts';
import { checkChain } from '@roundtrip/engine';
import { runFiles } from './journal-file.ts';
import { runEnvironment } from './run-environment.ts';
import { eventsOf, layerOutcomes, outcomes, writes } from './test-journal.ts';
import { ENV_FILE, openTestProject, type Ended, type Running, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';
import { until } from './test-until.ts';

/** Holds a run between its two stacks for as long as there is a file of that name. */
const HOLD = `
  const { existsSync } = await import('node:fs');
  while (existsSync(context.root + '/hold')) await new Promise((done) => setTimeout(done, 50));`;

const SHAPE: SampleShape = {
  layers: { one: [], two: ['one'], three: ['two'] },
  stacks: [stack('one', ''), stack('two', ''), stack('three', '')],
  hooks: { two: { 'before-up': HOLD } },
};
const ACCOUNT = '333333333333';
const UP = ['up', '--env', 'demo'];
const EXPIRED = 'The security token included in the request is expired';

let project: TestProject;
test.before(async () => {
  project = await openTestProject(SHAPE);
});
test.after(() => project.close());
test.after.each(async () => {
  await project.faults([]);
  rmSync(join(project.root, 'hold'), { force: true });
  project.write('envs/demo.yaml', ENV_FILE);
  assert.is((await project.verb('run', ['down', '--env', 'demo'])).code, 0);
});

/** A run that has made its first stack and is held before its second. */
async function held(): Promise<Running> {
  project.write('hold', '');
  const before = project.journals('demo').length;
  const running = project.start('run', UP);
  await until(() => eventsOf(project.journals('demo')[before] ?? [], 'hook-started').length > 0);
  return running;
}

/** Lets a held run go on while these faults are on. */
async function endUnder({ ended }: Running, faults: readonly object[]): Promise<Ended> {
  await project.faults(faults);
  rmSync(join(project.root, 'hold'));
  const end = await ended;
  await project.faults([]);
  return end;
}

/** What the summary says of why the run stopped: the last paragraph. */
function reasonOf({ stdout }: Ended): string[] {
  return stdout.trimEnd().split('\n\n').at(-1)!.split('\n');
}

async function assertGoesOn(): Promise<void> {
  const up = await project.verb('run', UP);
  assert.is(up.code, 0);
  const journal = project.lastJournal('demo');
  assert.equal(outcomes(journal), { 'demo-one': 'unchanged', 'demo-two': 'created', 'demo-three': 'created' });
  assert.equal(writes(journal), ['CreateStack demo-three', 'CreateStack demo-two']);
}

test('credentials of a role that expire in the middle of a run are renewed, and the run goes on', async () => {
  project.write('envs/demo.yaml', `${ENV_FILE}role: arn:aws:iam::${ACCOUNT}:role/deploy\n`);
  const run = await endUnder(await held(), [{ fault: 'expired-credentials', accessKeyId: 'ASIA*' }]);
  assert.is(run.code, 0);
  const journal = project.lastJournal('demo');
  assert.equal(eventsOf(journal, 'stopped'), []);
  assert.equal(outcomes(journal), { 'demo-one': 'created', 'demo-two': 'created', 'demo-three': 'created' });
  const calls = eventsOf(journal, 'run-finished')[0]?.calls ?? {};
  assert.ok((calls['AssumeRole'] ?? 0) >= 2, JSON.stringify(calls));
});

test('credentials that nobody can renew stop the run, and with new ones the same command goes on', async () => {
  const run = await endUnder(await held(), [{ fault: 'expired-credentials' }]);
  assert.is(run.code, 1);
  assert.is(run.stderr, '');
  assert.equal(reasonOf(run), [
    '✗ AWS no longer takes these credentials, and asking for new ones has not helped',
    `  reason  ${EXPIRED} (ExpiredToken)`,
    '  next    sign in again (for instance: aws sso login), then type: make up ENV=demo',
  ]);
  const journal = project.lastJournal('demo');
  assert.equal(layerOutcomes(journal), { one: 'done', two: 'interrupted', three: 'not-started' });
  assert.equal(eventsOf(journal, 'failure'), []);
  assert.equal(eventsOf(journal, 'stopped').length, 1);
  await assertGoesOn();
});

test('an account that a policy denies in the middle of a run stops it, and later the same command goes on', async () => {
  const run = await endUnder(await held(), [{ fault: 'denied', account: ACCOUNT, service: 'cloudformation' }]);
  assert.is(run.code, 1);
  const who = `User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: cloudformation:CreateStack`;
  assert.equal(reasonOf(run), [
    '✗ AWS no longer lets this run work in the account',
    `  reason  ${who} on resource: * with an explicit deny in a service control policy (AccessDenied)`,
    '  next    ask whoever looks after the account and its policies, then type: make up ENV=demo',
  ]);
  const journal = project.lastJournal('demo');
  assert.equal(layerOutcomes(journal), { one: 'done', two: 'interrupted', three: 'not-started' });
  assert.equal(writes(journal), ['CreateStack demo-one', 'CreateStack demo-two']);
  await assertGoesOn();
});

test('an account that may no longer be looked at stops the run, and not each stack by itself', async () => {
  const denied = { fault: 'denied', operation: 'DescribeStacks', text: 'not authorized to perform: DescribeStacks' };
  const run = await endUnder(await held(), [denied]);
  assert.is(run.code, 1);
  assert.equal(reasonOf(run), [
    '✗ AWS no longer lets this run work in the account',
    '  reason  not authorized to perform: DescribeStacks (AccessDenied)',
    '  next    ask whoever looks after the account and its policies, then type: make up ENV=demo',
  ]);
  assert.equal(eventsOf(project.lastJournal('demo'), 'failure'), []);
  const up = await project.verb('run', UP);
  assert.is(up.code, 0);
  assert.equal(writes(project.lastJournal('demo')), ['CreateStack demo-three'], 'the second had been accepted');
});

/** Runs `up` in this process, where the disk that its journal is on has room for so many lines. */
async function upWithRoomFor(lines: number): Promise<Ended> {
  const stdout = new PassThrough();
  let printed = '';
  stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  let left = lines;
  const before = { ...process.env };
  Object.assign(process.env, project.env);
  try {
    const code = await runEnvironment({
      ...{ root: project.root, command: commandOf('up', 'demo'), env: project.env, random: 'abcd' },
      stdout: stdout as unknown as NodeJS.WriteStream,
      append(path, text) {
        if (left <= 0) throw new RangeError('ENOSPC: no space left on device, write');
        left -= 1;
        // The last line that finds room finds half of it.
        appendFileSync(path, left === 0 ? text.slice(0, 20) : text);
        if (left === 0) throw new RangeError('ENOSPC: no space left on device, write');
      },
    });
    return { code, stdout: printed, stderr: '' };
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

function lastFile(): string {
  return runFiles('demo', eventsOf(project.lastJournal('demo'), 'run-started')[0]!.run).journal;
}

test('a disk that is full stops the run before its next write, and with room again the same command goes on', async () => {
  const whole = await project.verb('run', UP);
  assert.is(whole.code, 0);
  const lines = project.lastJournal('demo');
  await project.verb('run', ['down', '--env', 'demo']);
  const second = lines.findIndex((event) => event.type === 'step-started' && event.stack === 'demo-two');
  const run = await upWithRoomFor(second + 1);
  assert.is(run.code, 1);
  const file = lastFile();
  assert.equal(reasonOf(run), [
    `✗ ${file} takes no more, and what is not in the journal is not done`,
    '  reason  ENOSPC: no space left on device, write',
    '  next    make room there, then type: make up ENV=demo',
  ]);
  assert.equal(checkChain(project.read(file)), { chain: 'whole', isCut: true });
  const written = writes(project.lastJournal('demo')).filter((write) => write.startsWith('CreateStack'));
  const made = (await project.stacks(ACCOUNT)).map((one) => `CreateStack ${one.StackName}`);
  assert.equal(made.sort(), written, 'nothing is in the account that the journal does not have');
  const up = await project.verb('run', UP);
  assert.is(up.code, 0);
});

test('a disk without room for the first line: nothing is written anywhere, not even the lease', async () => {
  const run = await upWithRoomFor(0);
  assert.is(run.code, 1);
  assert.match(run.stdout, '\n✗ .roundtrip/runs/demo/');
  assert.equal(await project.stacks(ACCOUNT), []);
  assert.not.match(run.stdout, 'lease: taken');
});

test('a journal that was cut off in the middle of a line holds up no later verb', async () => {
  assert.is((await project.verb('run', UP)).code, 0);
  const file = lastFile();
  project.write(file, project.read(file).slice(0, -40));
  const again = await project.verb('run', UP);
  assert.is(again.code, 0);
  assert.is(again.stderr, '');
  project.write(lastFile(), project.read(lastFile()).slice(0, 120));
  const status = await project.verb('status', []);
  assert.is(status.code, 0);
  assert.match(status.stdout, /last run {2}none\n/);
});

test.run();
