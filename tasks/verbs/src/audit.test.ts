import { readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createAccountBucket, createCallCounter, type JournalStore } from '@roundtrip/aws';
import { checkChain } from '@roundtrip/engine';
import type { SampleShape } from '@roundtrip/sample-project';
import { runFiles } from './journal-file.ts';
import { eventsOf } from './test-journal.ts';
import { closeAfter, openRecorder } from './test-endpoint.ts';
import { openTestProject, type Ended, type Running, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';
import { until } from './test-until.ts';

/** Holds a run, which has its lease by then, for as long as there is a file of that name. */
const HOLD = `
  const { existsSync } = await import('node:fs');
  while (existsSync(context.root + '/hold')) await new Promise((done) => setTimeout(done, 50));`;

const SHAPE: SampleShape = {
  layers: { one: [], two: ['one'] },
  stacks: [stack('one', ''), stack('two', '', { hasSetting: true })],
  hooks: { two: { 'before-up': HOLD } },
};
const ACCOUNT = '333333333333';
const UP = ['up', '--env', 'demo'];
const PLACE = `s3://roundtrip-${ACCOUNT}-eu-west-1/journals/demo`;

let project: TestProject;
let journals: JournalStore;
test.before(async () => {
  project = await openTestProject(SHAPE);
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'local' };
  const settings = { region: 'eu-west-1', endpoint: project.endpoint, credentials };
  journals = await createAccountBucket(settings, ACCOUNT, createCallCounter()).journals();
});
test.after(() => project.close());

function lastRun(): string {
  return eventsOf(project.lastJournal('demo'), 'run-started')[0]?.run ?? '';
}

function journalText(run: string): string {
  return readFileSync(join(project.root, runFiles('demo', run).journal), 'utf8');
}

function change(run: string, by: (text: string) => string): void {
  project.write(runFiles('demo', run).journal, by(journalText(run)));
}

async function heldUp(): Promise<Running> {
  project.write('hold', '');
  const before = project.journals('demo').length;
  const running = project.start('run', UP);
  await until(() => eventsOf(project.journals('demo')[before] ?? [], 'hook-started').length > 0);
  return running;
}

function letGo(): void {
  rmSync(join(project.root, 'hold'), { force: true });
}

const audit = (): Promise<Ended> => project.verb('audit', ['--env', 'demo']);

/** What the last column but one of the table says of each run, and how much each has written. */
function records({ stdout }: Ended): string[] {
  return stdout
    .trimEnd()
    .split('\n')
    .slice(2)
    .map((line) => {
      const [, , result, writes, , , record] = line.trim().split(/ {2,}/);
      return `${result} ${writes}: ${record}`;
    });
}

test('the journal of a run that changed something is copied as it is, and says who it was', async () => {
  const up = await project.verb('run', UP);
  assert.is(up.code, 0);
  const run = lastRun();
  const copy = await journals.read('demo', run);
  assert.is(copy, journalText(run));
  assert.equal(checkChain(copy ?? ''), { chain: 'whole', isCut: false });
  assert.match(up.stdout, `\n  copy           ${PLACE}/${run}.jsonl\n`);
  const made = eventsOf(project.lastJournal('demo'), 'write').map(
    ({ operation, stack: name }) => `${operation} ${name}`,
  );
  assert.equal(made, ['CreateStack roundtrip-bucket', 'CreateStack demo-one', 'CreateStack demo-two']);
  const started = eventsOf(project.lastJournal('demo'), 'run-started')[0]!;
  assert.equal([started.who, started.host], [`arn:aws:iam::${ACCOUNT}:root`, hostname()]);
});

test('a run that changed nothing has nothing to copy, and asks for nothing', async () => {
  const up = await project.verb('run', UP);
  assert.is(up.code, 0);
  assert.not.match(up.stdout, '\n  copy ');
  assert.equal(eventsOf(project.lastJournal('demo'), 'run-finished')[0]?.calls, {
    GetCallerIdentity: 1,
    DescribeStacks: 1,
  });
  assert.equal((await journals.list('demo', 9)).length, 1);
});

test('the journal of a run that was killed is copied by the next one, as it was left', async () => {
  await project.verb('run', ['down', '--env', 'demo']);
  const first = await heldUp();
  const killed = lastRun();
  first.child.kill('SIGKILL');
  await first.ended;
  letGo();
  change(killed, (text) => text.slice(0, -30));
  assert.is(await journals.read('demo', killed), undefined);
  const up = await project.verb('run', UP);
  assert.is(up.code, 0);
  assert.match(up.stdout, `\n  copy           ${PLACE}/${lastRun()}.jsonl, and of 1 earlier run\n`);
  assert.is(await journals.read('demo', killed), journalText(killed));
});

test('a copy that cannot be made fails no run, and the next run makes it', async () => {
  await project.verb('run', ['down', '--env', 'demo']);
  const first = await heldUp();
  await project.faults([{ fault: 'denied', service: 's3', operation: 'PutObject' }]);
  letGo();
  const { code, stdout } = await first.ended;
  await project.faults([]);
  assert.is(code, 0);
  const refused = `User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: s3:PutObject on resource: * with an explicit deny in a service control policy (AccessDenied)`;
  assert.match(stdout, `\n  copy           not all is copied: ${refused}; the next run goes on with it\n`);
  const run = lastRun();
  assert.is(await journals.read('demo', run), undefined);
  const again = await project.verb('run', UP);
  assert.match(again.stdout, '\n  copy           of 1 earlier run\n');
  assert.is(await journals.read('demo', run), journalText(run));
});

test('audit lists the runs and what their records are worth', async () => {
  const seen = await audit();
  assert.is(seen.stderr, '');
  assert.is(seen.code, 0);
  assert.equal(records(seen), [
    'done 3: whole, copied',
    'done 0: whole, changed nothing',
    'done 2: whole, copied',
    'unfinished 1: cut off, copied',
    'done 1: whole, copied',
    'done 2: whole, copied',
    'done 2: whole, copied',
    'done 0: whole, changed nothing',
  ]);
  const [head, titles] = seen.stdout.split('\n');
  assert.is(head, `demo: the latest 8 runs in .roundtrip/runs/demo and ${PLACE}`);
  assert.match(titles!, /^ {2}STARTED +VERB +RESULT +WRITES +DELETED +LEFT +RECORD +BY$/);
  const two = await project.verb('audit', ['--env', 'demo', '--runs', '2']);
  assert.equal(records(two), ['done 2: whole, copied', 'done 0: whole, changed nothing']);
});

test('a line that was changed is named, and where the journal still stands as it was written', async () => {
  const run = (await journals.list('demo', 9))[0]!;
  const file = runFiles('demo', run).journal;
  const before = journalText(run);
  change(run, (text) => text.replace('"operation":"CreateStack"', '"operation":"DeleteStack"'));
  const seen = await audit();
  change(run, () => before);
  const line = before.split('\n').findIndex((text) => text.includes('"operation":"CreateStack"')) + 1;
  assert.is(seen.code, 1);
  assert.equal(seen.stderr.split('\n'), [
    `${file}:${line}: this line does not follow from the one before it`,
    '  why: a line was changed, taken out or put in after it was written',
    `  next: compare it with its copy: aws s3 cp ${PLACE}/${run}.jsonl -`,
    '',
  ]);
  assert.is(records(seen)[0], 'done 3: CHANGED');
});

test('a line that was changed in a journal without a copy, or in a copy alone, is named with where else to look', async () => {
  const run = eventsOf(project.journals('demo')[1]!, 'run-started')[0]!;
  const file = runFiles('demo', run.run).journal;
  const before = journalText(run.run);
  change(run.run, (text) => text.replace('"exitCode":0', '"exitCode":1'));
  const seen = await audit();
  change(run.run, () => before);
  const since = new Date(run.at).toISOString();
  assert.is(seen.code, 1);
  assert.equal(seen.stderr.split('\n'), [
    `${file}:${before.split('\n').length - 1}: this line does not follow from the one before it`,
    '  why: a line was changed, taken out or put in after it was written',
    `  next: it has no copy, so believe only the lines before; AWS's own record says what was done: aws cloudtrail lookup-events --start-time ${since}`,
    '',
  ]);
  const first = (await journals.list('demo', 9))[0]!;
  const kept = journalText(first);
  await journals.put('demo', first, kept.replace('"exitCode":0', '"exitCode":1'), true);
  rmSync(join(project.root, runFiles('demo', first).journal));
  const alone = await audit();
  await journals.put('demo', first, kept, true);
  project.write(runFiles('demo', first).journal, kept);
  const there = `compare it with the journal on ${hostname()}, ${runFiles('demo', first).journal}`;
  assert.is(alone.stderr.split('\n')[2], `  next: ${there}`);
});

test('a journal whose end was cut off differs from its copy, and so does a copy that was written anew', async () => {
  const run = (await journals.list('demo', 9))[0]!;
  const file = runFiles('demo', run).journal;
  const before = journalText(run);
  const lines = before.trimEnd().split('\n');
  change(run, () => `${lines.slice(0, -2).join('\n')}\n`);
  const cut = await audit();
  change(run, () => before);
  assert.is(cut.code, 1);
  assert.equal(cut.stderr.split('\n'), [
    `${file}:${lines.length - 1}: from this line on the journal and its copy differ`,
    '  why: each of them by itself is whole: lines were cut off the end of one, or it was written anew',
    `  next: compare it with its copy: aws s3 cp ${PLACE}/${run}.jsonl -`,
    '',
  ]);
  await journals.put('demo', run, before.replace('"exitCode":0', '"exitCode":1'), true);
  const changed = await audit();
  await journals.put('demo', run, before, true);
  assert.equal(changed.stderr.split('\n'), [
    `${PLACE}/${run}.jsonl:${lines.length}: this line does not follow from the one before it`,
    '  why: a line was changed, taken out or put in after it was written',
    `  next: compare it with ${file}`,
    '',
  ]);
});

test('a run that goes on and copies its journal while it is looked at is not taken for one that was changed', async () => {
  const run = (await journals.list('demo', 9))[0]!;
  const whole = journalText(run);
  const begun = `${whole.trimEnd().split('\n').slice(0, -2).join('\n')}\n`;
  change(run, () => begun);
  await journals.put('demo', run, begun, true);
  const recorder = await openRecorder(project.endpoint, async (operation) => {
    if (!operation.startsWith('GET /') || !operation.includes(`/${run}.jsonl`)) return undefined;
    change(run, () => whole);
    await journals.put('demo', run, whole, true);
    return undefined;
  });
  let seen: Ended | undefined;
  const env = { LOCAL_CLOUD_PORT: String(recorder.port) };
  const look = project.verb('audit', ['--env', 'demo'], env).then((ended) => void (seen = ended));
  await closeAfter(recorder, look);
  assert.equal([seen?.code, seen?.stderr], [0, '']);
  assert.is(records(seen!)[0], 'done 3: whole, copied');
});

test('of a run on another machine the copy alone is read', async () => {
  const run = lastRun();
  rmSync(join(project.root, '.roundtrip/runs'), { recursive: true, force: true });
  const seen = await audit();
  assert.is(seen.code, 0);
  assert.equal(records(seen).slice(-1), ['done 2: whole, the copy alone']);
  assert.is(seen.stdout.includes(run), false, 'a run that changed nothing is not among them');
});

test('on a machine without journals expected times are learned from the copies, or it says why not', async () => {
  const forget = (): void => rmSync(join(project.root, '.roundtrip/runs'), { recursive: true, force: true });
  const expected = (): (number | undefined)[] =>
    eventsOf(project.lastJournal('demo'), 'step-planned').map(({ expectedMs }) => expectedMs);
  forget();
  assert.is((await project.verb('run', ['down', '--env', 'demo'])).code, 0);
  assert.is(expected().length, 2);
  assert.ok(expected().every((ms) => ms !== undefined && ms > 0));
  assert.is((await project.verb('run', UP)).code, 0);
  forget();
  const rate = { fault: 'throttle', service: 's3', times: 1 };
  await project.faults([
    { ...rate, operation: 'ListObjectsV2' },
    { ...rate, operation: 'GetObject' },
  ]);
  const throttled = await project.verb('run', ['down', '--env', 'demo']);
  await project.faults([]);
  assert.not.match(throttled.stdout, 'no expected times');
  assert.ok(
    expected().every((ms) => ms !== undefined && ms > 0),
    'a throttle loses nothing',
  );
  forget();
  await project.faults([{ fault: 'denied', service: 's3', operation: 'ListObjectsV2' }]);
  const up = await project.verb('run', UP);
  await project.faults([]);
  assert.is(up.code, 0);
  assert.equal(expected(), [undefined, undefined]);
  const why = `User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: s3:ListObjectsV2 on resource: * with an explicit deny in a service control policy (AccessDenied)`;
  assert.match(up.stdout, `no expected times: the journals of earlier runs cannot be read: ${why}\n`);
});

test('audit needs an environment, a number of runs, and leave to read the copies', async () => {
  const none = await project.verb('audit', []);
  assert.is(none.code, 2);
  assert.is(none.stderr, 'make audit needs the name of an environment\n  next: type: make audit ENV=stage\n');
  const few = await project.verb('audit', ['--env', 'demo', '--runs', 'many']);
  assert.is(few.code, 2);
  assert.is(
    few.stderr,
    'RUNS is "many", which is no number of runs\n  next: RUNS=100, or leave it out for the latest 20\n',
  );
  await project.faults([{ fault: 'denied', service: 's3' }]);
  const denied = await audit();
  await project.faults([]);
  assert.is(denied.code, 3);
  assert.equal(denied.stderr.split('\n'), [
    `The copies in ${PLACE} cannot be read: User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: s3:ListObjectsV2 on resource: * with an explicit deny in a service control policy (AccessDenied)`,
    '  why: a journal alone does not show that nothing was cut off its end',
    '  next: let the caller list and read that bucket (s3:ListBucket, s3:GetObject)',
    '',
  ]);
});

test.run();
