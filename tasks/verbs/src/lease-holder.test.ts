import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { LeaseHolder } from '@roundtrip/engine';
import { hasEnded, leaseHolder, seemsEnded, type ProcessPlace } from './lease-holder.ts';

const BOOT_ID = '/proc/sys/kernel/random/boot_id';
/** As every Linux machine names its first table of processes. */
const HERE: ProcessPlace = { host: 'build', boot: 'boot-1', pidSpace: 'pid:[4026531836]' };

/** The number of a process that has ended. */
const ENDED = spawnSync(process.execPath, ['--version']).pid;

function holder(place: ProcessPlace, pid = ENDED): LeaseHolder {
  return { run: 'a', environment: 'demo', verb: 'make up ENV=demo', who: 'arn:me', pid, ...place };
}

function without(key: 'boot' | 'pidSpace'): ProcessPlace {
  return Object.fromEntries(Object.entries(HERE).filter(([name]) => name !== key)) as unknown as ProcessPlace;
}

test('a process of this table of processes has ended when nobody has its number', () => {
  assert.is(hasEnded(holder(HERE), HERE), true);
  assert.is(hasEnded(holder(HERE, process.pid), HERE), false);
});

test('nobody knows whether a process has ended that ran elsewhere, whatever the machine is called', () => {
  for (const elsewhere of [{ host: 'far' }, { boot: 'boot-2' }, { pidSpace: 'pid:[4026532201]' }])
    assert.is(hasEnded(holder({ ...HERE, ...elsewhere }), HERE), false, JSON.stringify(elsewhere));
});

test('a place that one side cannot name is none of ours, nor one that neither can', () => {
  for (const key of ['boot', 'pidSpace'] as const) {
    const unnamed = without(key);
    assert.is(hasEnded(holder(unnamed), HERE), false, `the holder has no ${key}`);
    assert.is(hasEnded(holder(HERE), unnamed), false, `this process has no ${key}`);
    assert.is(hasEnded(holder(unnamed), unnamed), false, `neither has a ${key}`);
  }
});

test('on its own disk a machine goes by its name, also after it was started anew', () => {
  for (const place of [HERE, without('boot'), { ...HERE, boot: 'boot-2' }])
    assert.is(seemsEnded(holder(place), HERE), true);
  assert.is(seemsEnded(holder({ host: 'mac' }), { host: 'mac' }), true);
  assert.is(seemsEnded(holder({ ...HERE, host: 'far' }), HERE), false);
  assert.is(seemsEnded(holder(HERE, process.pid), HERE), false);
});

test('a holder says where it runs', () => {
  const identity = { account: '333333333333', arn: 'arn:me' };
  const own = leaseHolder({ run: 'a', environment: 'demo', make: 'make up ENV=demo', identity, startedAt: 1 });
  assert.equal([own.host, own.pid], [hostname(), process.pid]);
  assert.is(own.boot, existsSync(BOOT_ID) ? readFileSync(BOOT_ID, 'utf8').trim() : undefined);
  assert.is(hasEnded(own), false);
  assert.is(hasEnded({ ...own, pid: ENDED }), own.boot !== undefined && own.pidSpace !== undefined);
});

test.run();
