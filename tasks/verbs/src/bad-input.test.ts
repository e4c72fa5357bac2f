import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { closeAfter, openStranger } from './test-endpoint.ts';
import { ENV_FILE, openTestProject, outputOf, runFilesOf, type Ended, type TestProject } from './test-project.ts';
import { DIAMOND } from './test-shape.ts';

let project: TestProject;
test.before(async () => {
  project = await openTestProject(DIAMOND);
});
test.after(() => project.close());

/** Asserts the whole of stderr, the exit code, and that neither the account nor the journals have anything new. */
async function assertRefused(run: Promise<Ended>, code: number, lines: readonly string[]): Promise<void> {
  const ended = await run;
  assert.is(ended.stderr, `${lines.join('\n')}\n`);
  assert.is(ended.stdout, '');
  assert.is(ended.code, code);
  assert.equal(await project.stacks('333333333333'), []);
  for (const environment of ['demo', 'bad']) assert.equal(runFilesOf(project.root, environment), []);
}

/** Runs `up` on an env file that differs from a good one. */
function upWith(change: (text: string) => string): Promise<Ended> {
  project.write('envs/bad.yaml', change(ENV_FILE));
  return project.verb('run', ['up', '--env', 'bad']);
}

/** Runs `up` on the project with one of its files changed, and changes it back. */
async function upWithFile(path: string, from: string, to: string, args = ['up', '--env', 'demo']): Promise<Ended> {
  const before = project.read(path);
  assert.ok(before.includes(from), `${path} has ${from}`);
  project.write(path, before.replace(from, to));
  try {
    return await project.verb('run', args);
  } finally {
    project.write(path, before);
  }
}

test('unknown environment', async () => {
  await assertRefused(project.verb('run', ['up', '--env', 'demmo']), 2, [
    'there is no environment "demmo"',
    '  why: the environments are demo',
    '  next: did you mean "demo"? If not, write envs/demmo.yaml to make a new one',
  ]);
});

test('an env file that is not YAML', async () => {
  const broken = upWith((text) => text.replace('region:', 'region'));
  await assertRefused(broken, 2, [
    'envs/bad.yaml:3:1: this is not YAML',
    '  why: Implicit keys need to be on a single line',
    '  next: correct it; nothing else in the file was checked',
  ]);
});

test('every problem of an env file at once, each with its place', async () => {
  const wrong = upWith((text) =>
    `${text}netwrok: {}\n`.replace("'333333333333'", '').replace('eu-west-1', 'eu-wets-1'),
  );
  await assertRefused(wrong, 2, [
    'envs/bad.yaml:2:10: account is empty',
    '  why: without an account nothing tells a run for staging from a run for production',
    "  next: write the twelve digits of the account in quotes: account: '123456789012'",
    'envs/bad.yaml:3:9: region is "eu-wets-1", which AWS does not have',
    '  next: did you mean eu-west-1?',
    'envs/bad.yaml:6:1: unknown key "netwrok"',
    '  next: did you mean "network"?',
  ]);
});

test('parameter that the template does not have', async () => {
  await assertRefused(upWithFile('packages/data/dist/layer.js', 'Setting: config', 'Seting: config'), 2, [
    'packages/data/templates/data.json:7:3: stack "demo-data" is given parameter "Seting", which this template does not have',
    '  next: did you mean "Setting"? correct packages/data/layer.ts',
    'packages/data/templates/data.json:8:5: stack "demo-data" is not given parameter "Setting", which has no default',
    '  next: give it in packages/data/layer.ts, or write a Default here',
  ]);
});

test('template that does not parse is told once, although other layers read it too', async () => {
  await assertRefused(upWithFile('packages/data/templates/data.json', '"Outputs":', '"Outputs"'), 2, [
    'packages/data/templates/data.json:133:13: Template format error: JSON not well-formed. (line 133, column 13)',
    '  why: Missing , or : between flow map items',
  ]);
});

test('reference to an output of a layer that is not a dependency', async () => {
  const changed = upWithFile('packages/data/dist/layer.js', '"layer":"network"', '"layer":"cluster"');
  await assertRefused(changed, 2, [
    'packages/data/layer.ts: stack "demo-data" reads output "Id" of layer "cluster", but packages/data/package.json does not depend on @sample/cluster',
    '  why: without the dependency nothing says that "cluster" is built first',
    '  next: add "@sample/cluster": "*" to the dependencies in packages/data/package.json, then type: npm install && make sync',
  ]);
});

test('layers that depend on each other in a ring', async () => {
  const ring = upWithFile(
    'packages/network/package.json',
    '"dependencies": {',
    '"dependencies": { "@sample/data": "*"',
  );
  await assertRefused(ring, 2, [
    'layers depend on each other in a ring: network → data → network',
    '  why: none of them can be built first',
    '  next: take one of these dependencies out of packages/network/package.json or packages/data/package.json',
  ]);
});

test('services that depend on each other in a ring', async () => {
  const api = '"template":"templates/api.json","dependsOn":[';
  await assertRefused(upWithFile('packages/services/dist/layer.js', `${api}]`, `${api}"worker"]`), 2, [
    'packages/services/layer.ts: stacks depend on each other in a ring: api → worker → api',
    '  why: none of them can be built first',
    '  next: take out one of these dependencies, or one of the outputs read',
  ]);
});

test('a teardown edge that was deleted, and a superfluous one', async () => {
  const down = ['down', '--env', 'demo'];
  const why = '  why: the layers would be taken away in another order than the reverse of the one they were built in';
  await assertRefused(upWithFile('packages/network/turbo.json', '"@sample/cluster#down",', '', down), 3, [
    "packages/network/turbo.json: Refused: turbo's graph lacks the edge @sample/network#down -> @sample/cluster#down",
    why,
    '  next: type: make sync',
  ]);
  const [from, to] = ['"@sample/services#down"', '"@sample/services#down", "@sample/data#down"'];
  await assertRefused(upWithFile('packages/cluster/turbo.json', from, to, down), 3, [
    "packages/cluster/turbo.json: Refused: turbo's graph has the edge @sample/cluster#down -> @sample/data#down, the layer graph has not",
    why,
    '  next: type: make sync',
  ]);
});

test('a task that turbo may cache, and a package without the script', async () => {
  const cached = upWithFile('packages/data/turbo.json', '"down": {', '"down": { "cache": true,', [
    'down',
    '--env',
    'demo',
  ]);
  await assertRefused(cached, 3, [
    'packages/data/turbo.json: Refused: turbo would cache @sample/data#down',
    '  why: a cached task does nothing the second time and reports success',
    '  next: write "cache": false for "down" in turbo.json, and no other value in packages/data/turbo.json',
  ]);
  await assertRefused(upWithFile('packages/data/package.json', '"up":', '"upp":'), 3, [
    'packages/data/package.json: turbo knows no task up in @sample/data',
    '  next: add the script "up" to packages/data/package.json',
  ]);
});

test('a verb that turbo does not know', async () => {
  project.write('envs/stage.yaml', ENV_FILE);
  await assertRefused(project.verb('run', ['stage']), 3, [
    'turbo cannot read its graph: x Missing tasks in project',
    '  `->   x Could not find task `stage` in project',
    '  next: correct turbo.json, or type: make sync',
  ]);
});

test('port taken by something that is no local cloud', async () => {
  const stranger = await openStranger();
  const run = project.verb('run', ['up', '--env', 'demo'], { LOCAL_CLOUD_PORT: String(stranger.port) });
  await closeAfter(
    stranger,
    assertRefused(run, 2, [
      `port ${stranger.port} is taken by something that is not the local cloud`,
      '  why: with "cloud: local" an environment is built in the local cloud, which listens there',
      '  next: LOCAL_CLOUD_PORT=4566 make stage',
    ]),
  );
});

test('down of a protected environment', async () => {
  project.write('envs/bad.yaml', ENV_FILE.replace('protect: false', 'protect: true'));
  await assertRefused(project.verb('run', ['down', '--env', 'bad']), 3, [
    'Refused: environment bad is protected',
    '  why: envs/bad.yaml says protect: true, so nothing of it is ever deleted by this tool',
    '  next: if it really has to go, set protect: false in envs/bad.yaml, type: make up ENV=bad, and then: make down ENV=bad',
  ]);
});

test('destroy-prod exists only to refuse', async () => {
  await assertRefused(project.verb('run', ['destroy-prod']), 3, [
    'Refused: make destroy-prod exists only to refuse',
    '  why: production is never destroyed by one command',
    '  next: to take staging away, type: make destroy-stage',
  ]);
});

test('up without an environment, as make up without ENV gives it', async () => {
  const lines = ['make up needs the name of an environment', '  next: type: make up ENV=stage'];
  await assertRefused(project.verb('run', ['up', '--env', '']), 2, lines);
  await assertRefused(project.verb('plan', ['up']), 2, lines);
});

test('unknown option, argument or action', async () => {
  const next = '  next: type: make, which prints every target';
  await assertRefused(project.verb('run', ['up', '--emv', 'demo']), 2, ["Unknown option '--emv'", next]);
  await assertRefused(project.verb('status', ['demo']), 2, ["Unexpected argument 'demo'", next]);
  await assertRefused(project.verb('plan', ['--env']), 2, ["Option '--env <value>' argument missing", next]);
  await assertRefused(project.verb('cloud', ['stat']), 2, [
    'cloud knows start, stop and reset, not stat',
    '  next: type: make cloud-start, make cloud-stop or make cloud-reset',
  ]);
});

test('the script of one layer, started by hand', async () => {
  const layer = spawn('npm', ['run', '--silent', 'up'], { cwd: join(project.root, 'packages/data'), env: project.env });
  await assertRefused(outputOf(layer), 2, [
    '"npm run up" in packages/data is one layer of a run and does nothing by itself',
    '  why: guards, order and journal belong to the whole environment',
    '  next: type: make up ENV=<environment>',
  ]);
});

test.run();
