import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Fault } from '@roundtrip/local-cloud';
import { ProblemError } from '@roundtrip/problem';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { check } from './check.ts';
import { generate } from './generate.ts';
import { playScenario, playSeed } from './play-seed.ts';
import { rehearse } from './rehearse.ts';
import { weeksOf } from './scenario.ts';
import type { Content, Scenario } from './scenario.ts';
import { readSettings } from './settings.ts';
import { tell } from './tell.ts';

/** Small ones, so that they take seconds. */
const SEEDS = ['test-1', 'test-2', 'test-3', 'test-4', 'test-5', 'test-6'];
const FAILURES = fileURLToPath(new URL('../failures/', import.meta.url));

const smallest: Scenario = {
  seed: 'smallest',
  layers: [{ name: 'one', dependsOn: [] }],
  stacks: [{ layer: 'one', name: '', dependsOn: [], content: 'plain', createSeconds: 5, deleteSeconds: 5 }],
  limits: 'on',
  mode: 'standard',
  acts: [],
};

test('a fixed set of seeds holds what is promised', async () => {
  for (const seed of SEEDS) assert.equal((await playSeed(seed)).violations, [], `make rehearse SEED=${seed}`);
});

test('the same seed goes the same way twice', async () => {
  const [first, second] = [await rehearse(generate('test-7')), await rehearse(generate('test-7'))];
  assert.equal(tell(second), tell(first));
  assert.ok(first.calls.length > 100);
});

test('scenarios that once failed hold now', async () => {
  const files = existsSync(FAILURES) ? readdirSync(FAILURES) : [];
  for (const file of files) {
    const { scenario } = JSON.parse(readFileSync(`${FAILURES}${file}`, 'utf8')) as { readonly scenario: Scenario };
    assert.equal((await playScenario(scenario)).violations, [], file);
  }
});

test('a process that dies at every one of its calls is followed by one that finishes', async () => {
  for (const diesAtCall of [2, 5, 8, 11, 14]) {
    const act = { verb: 'up' as const, changes: [], diesAtCalls: [diesAtCall], faults: [], restHours: 1 };
    const observation = await rehearse({ ...smallest, acts: [act] });
    assert.equal(check(observation), [], `${diesAtCall}`);
    assert.equal(
      observation.runs.slice(0, 2).map(({ outcome }) => outcome.kind),
      ['died', 'done'],
    );
  }
});

test('environments are between the bounds, and differ', () => {
  const scenarios = Array.from({ length: 200 }, (_, index) => generate(`bounds-${index}`));
  for (const { layers, stacks } of scenarios) {
    assert.ok(layers.length >= 1 && layers.length <= 8);
    assert.ok(stacks.length >= 1 && stacks.length <= 60 + 14);
  }
  assert.ok(new Set(scenarios.map(({ stacks }) => stacks.length)).size > 20);
  assert.ok(scenarios.every((scenario) => weeksOf(scenario) >= 2));
});

test('every fault that is drawn can strike', async () => {
  const contents: readonly Content[] = ['plain', 'bucket', 'log-group', 'network', 'machine', 'untagged'];
  const stacks = contents.map((content) => ({ ...smallest.stacks[0]!, name: content, content }));
  const drawn = new Map<string, Fault>();
  for (const { faults } of Array.from({ length: 200 }, (_, index) => generate(`faults-${index}`)).flatMap(
    ({ acts }) => acts,
  )) {
    for (const { fault, service, operation, resourceType, logicalId, accessKeyId, text } of faults) {
      // Without what makes it rare.
      const target = { service, operation, resourceType, logicalId, accessKeyId, text };
      const given = Object.fromEntries(Object.entries(target).filter(([, value]) => value !== undefined));
      const seconds = fault === 'slow' || fault === 'stale' ? { seconds: 5 } : {};
      drawn.set(JSON.stringify({ fault, ...target, text: undefined }), { fault, ...given, ...seconds, times: 1 });
    }
  }
  assert.ok(drawn.size > 15, `${drawn.size}`);
  for (const [name, fault] of drawn) {
    const act = { diesAtCalls: [], faults: [fault], restHours: 1 };
    const acts = [
      { ...act, verb: 'up' as const, changes: [] },
      { ...act, verb: 'up' as const, changes: [0] },
      { ...act, verb: 'down' as const, changes: [] },
    ];
    const { violations, faults } = await playScenario({ ...smallest, stacks, acts });
    assert.equal(violations, [], name);
    assert.ok((faults[fault.fault] ?? 0) >= 1, `${name} never struck`);
  }
});

test('numbers that are none are refused', () => {
  for (const name of ['SEEDS', 'MINUTES']) {
    try {
      readSettings({ [name]: 'many' }, 'base');
      assert.unreachable();
    } catch (error) {
      assert.instance(error, ProblemError);
      assert.is(
        (error as ProblemError).problems[0]?.what,
        `${name} is "many", which is no whole number from 1 to 9999999`,
      );
    }
  }
  assert.equal(readSettings({ SEEDS: '7' }, 'base'), { count: 7, base: 'base' });
  assert.equal(readSettings({}, 'base'), { count: 200, base: 'base' });
});

test.run();
