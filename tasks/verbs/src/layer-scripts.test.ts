import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventsOf, layerOutcomes, writes } from './test-journal.ts';
import { openTestProject, type TestProject } from './test-project.ts';
import { stack } from './test-shape.ts';

const SHAPE = {
  layers: { one: [], two: ['one'], three: ['two'] },
  stacks: [stack('one', ''), stack('two', ''), stack('three', '')],
};

let project: TestProject;
test.before(async () => {
  project = await openTestProject(SHAPE);
});
test.after(() => project.close());

/** Runs `up` with another script for one layer. */
async function upWithScript(layer: string, change: (script: string) => string): Promise<string[]> {
  const file = `packages/${layer}/package.json`;
  const before = project.read(file);
  const manifest = JSON.parse(before) as { scripts: { up: string } };
  project.write(
    file,
    JSON.stringify({ ...manifest, scripts: { ...manifest.scripts, up: change(manifest.scripts.up) } }),
  );
  const ended = await project.verb('run', ['up', '--env', 'demo']);
  project.write(file, before);
  assert.is(ended.code, 1);
  return eventsOf(project.lastJournal('demo'), 'notice').map((event) => event.text);
}

const turboLog = () => `.roundtrip/runs/demo/${eventsOf(project.lastJournal('demo'), 'run-started')[0]?.run}.turbo.log`;

test('a script that is for another environment is refused before it does anything', async () => {
  assert.equal(await upWithScript('one', (script) => `${script} --env other`), [
    'packages/one/package.json: script up says --env other, the run is for demo',
    `turbo ended with exit code 2; what it printed is in ${turboLog()}`,
  ]);
  assert.equal(await project.stacks('333333333333'), []);
});

test('a script of another task is refused too', async () => {
  assert.equal(await upWithScript('one', (script) => script.replace(/up$/, 'down')), [
    'packages/one: script down was started by a run of up',
    `turbo ended with exit code 2; what it printed is in ${turboLog()}`,
  ]);
  assert.equal(await project.stacks('333333333333'), []);
});

test('behind a script that does nothing no layer is started, although turbo takes it for done', async () => {
  assert.equal(await upWithScript('two', () => 'true'), [
    'layer three was started before layer two was done',
    `turbo ended with exit code 2; what it printed is in ${turboLog()}`,
  ]);
  const journal = project.lastJournal('demo');
  assert.equal(writes(journal), ['CreateStack demo-one']);
  assert.equal(layerOutcomes(journal), { one: 'done', two: 'not-started', three: 'not-started' });
});

test.run();
