import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TAG, type ObservedStack } from '@roundtrip/engine';
import { hookKey, openHookState } from './hook-state.ts';

let root: string;
test.before.each(() => {
  root = mkdtempSync(join(tmpdir(), 'roundtrip-hooks-'));
});
test.after.each(() => rmSync(root, { recursive: true }));

test('a success is remembered for one layer of one environment and one state of the stacks', () => {
  openHookState(root, 'stage').record('network', 'key');
  const state = openHookState(root, 'stage');
  assert.is(state.succeeded('network', 'key'), true);
  assert.is(state.succeeded('network', 'other key'), false);
  assert.is(state.succeeded('cluster', 'key'), false);
  assert.is(openHookState(root, 'prod').succeeded('network', 'key'), false);
});

test('a memory that cannot be read only makes hooks run once more', () => {
  openHookState(root, 'stage').record('network', 'key');
  writeFileSync(join(root, '.roundtrip/hooks/stage.json'), '{ "network": "k');
  assert.is(openHookState(root, 'stage').succeeded('network', 'key'), false);
  writeFileSync(join(root, '.roundtrip/hooks/stage.json'), 'null');
  assert.is(openHookState(root, 'stage').succeeded('network', 'key'), false);
});

test('what another machine remembers is learned, but for what was recorded here since', () => {
  const state = openHookState(root, 'stage');
  state.record('network', 'new');
  assert.equal(state.news(), { network: 'new' });
  state.learn({ network: 'old', cluster: 'key' });
  assert.is(state.succeeded('network', 'new'), true);
  assert.is(state.succeeded('cluster', 'key'), true);
  assert.equal(state.news(), { network: 'new' }, 'what was learned is no news to others');
  assert.is(openHookState(root, 'stage').succeeded('cluster', 'key'), true);
});

test('what a killed run has recorded outlives what it could not share, here and for others', () => {
  openHookState(root, 'stage').record('services', 'week 2');
  const next = openHookState(root, 'stage');
  assert.equal(next.news(), {}, 'nobody has asked what others know');
  next.learn({ services: 'week 1', data: 'week 1' });
  assert.is(next.succeeded('services', 'week 2'), true);
  assert.is(next.succeeded('data', 'week 2'), false);
  assert.equal(next.news(), { services: 'week 2' });
  const later = openHookState(root, 'stage');
  assert.is(later.succeeded('services', 'week 2'), true, 'on disk too');
  later.learn({ services: 'week 2' });
  assert.equal(later.news(), {});
});

test('a key of stacks that have changed since is no news to anybody', () => {
  openHookState(root, 'stage').record('services', 'week 1');
  const next = openHookState(root, 'stage');
  assert.is(next.succeeded('services', 'week 3'), false);
  next.learn({ services: 'week 2' });
  assert.is(next.succeeded('services', 'week 3'), false);
  assert.equal(next.news(), {});
});

test('the key changes with each stack that was rebuilt or updated, and with nothing else', () => {
  const [api, web] = [stack('api', 'id-1', 'one'), stack('web', 'id-2', 'two')];
  const key = hookKey([api, web]);
  assert.is(hookKey([web, { ...api, status: 'UPDATE_COMPLETE' }]), key);
  assert.is.not(hookKey([api, stack('web', 'id-3', 'two')]), key);
  assert.is.not(hookKey([api, stack('web', 'id-2', 'three')]), key);
  assert.is.not(hookKey([api]), key);
});

function stack(name: string, id: string, fingerprint: string): ObservedStack {
  return {
    name,
    id,
    status: 'CREATE_COMPLETE',
    parameters: {},
    outputs: {},
    tags: { [TAG.fingerprint]: fingerprint },
    terminationProtection: false,
    createdAt: 0,
  };
}

test.run();
