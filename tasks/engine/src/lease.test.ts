import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  LeaseHeld,
  LeaseLost,
  takeLease,
  type Lease,
  type LeaseDocument,
  type LeaseOptions,
  type LeaseStore,
  type StoredLease,
} from './lease.ts';
import { CloudError, type Clock } from './ports.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Short ones: a heartbeat each quarter of a minute. */
const TIMES = { beatMs: 15_000, freshMs: 30_000, expiresMs: MINUTE_MS };

/** So long hangs a call that is late: until after the lease has expired. */
const LATE_MS = 70_000;

type Fate = 'lost' | 'late' | 'unreachable' | 'conflict';

/** One file on a server with a clock of its own; what it makes of the next writes can be told. */
class TestStore implements LeaseStore {
  /** Every write that was done, as `run beat` or `run released`. */
  readonly log: string[] = [];
  /** For the next writes: done without a reply, noticed at once or late; never arrived; or refused for no reason. */
  fates: Fate[] = [];
  stored: StoredLease | undefined;
  /** How often it was asked for the time. */
  asked = 0;
  readonly #clock: Clock;
  readonly #now: () => number;

  constructor(clock: Clock, now: () => number) {
    this.#clock = clock;
    this.#now = now;
  }

  /** Since the last write, by the server's clock. */
  get ageMs(): number {
    return this.#now() - (this.stored?.writtenAt ?? 0);
  }

  async read(): Promise<StoredLease | undefined> {
    return this.stored;
  }

  async serverNow(): Promise<number> {
    this.asked += 1;
    return this.#now();
  }

  async write(document: LeaseDocument, version?: string): Promise<string | undefined> {
    const fate = this.fates.shift();
    if (fate === 'unreachable') throw new CloudError('network', 'ECONNREFUSED', 'refused');
    if (fate === 'conflict' || this.stored?.version !== version) return undefined;
    this.put(document);
    if (fate === 'late') await this.#clock.sleep(LATE_MS);
    if (fate === 'lost' || fate === 'late') throw new CloudError('network', 'ECONNRESET', 'socket hang up');
    return this.stored?.version;
  }

  /** The version is a digest, as S3's: what is written twice has the same one. */
  put(document: LeaseDocument | undefined): void {
    this.stored = { document, version: JSON.stringify(document ?? 'garbage'), writtenAt: this.#now() };
    this.log.push(`${document?.run} ${document?.released === true ? 'released' : document?.beat}`);
  }
}

interface World {
  readonly clock: VirtualClock;
  readonly store: TestStore;
  readonly stop: AbortController;
  options(run: string, more?: Partial<LeaseOptions>): LeaseOptions;
}

/** The server's clock is an hour ahead, so that nothing works by comparing it with the run's. */
function createWorld(serverNow: (now: number) => number = (now) => now + HOUR_MS): World {
  const clock = createVirtualClock(1_000_000);
  const store = new TestStore(clock, () => serverNow(clock.now()));
  const stop = new AbortController();
  const options: World['options'] = (run, more = {}) => ({
    ...{ store, clock, times: TIMES, waitMs: 10 * MINUTE_MS, signal: stop.signal },
    holder: { run, environment: 'stage', verb: 'make stage', who: 'arn:me', host: 'here', pid: 1 },
    ...more,
  });
  return { clock, store, stop, options };
}

/** A clock that somebody sets while time goes on. */
function settable(clock: Clock): Clock & { jump(ms: number): void } {
  let offsetMs = 0;
  return {
    now: () => clock.now() + offsetMs,
    sleep: (ms, signal) => clock.sleep(ms, signal),
    jump: (ms) => (offsetMs += ms),
  };
}

/** A run that stops without a word: its lease stays as it is. */
function leave(store: TestStore, run: string, more: Partial<LeaseDocument> = {}): void {
  const holder = { run, environment: 'stage', verb: 'make stage', who: 'arn:it', host: 'there', pid: 2 };
  store.put({ ...holder, expiresMs: MINUTE_MS, beat: 3, ...more });
}

async function rejection(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  return undefined;
}

test('a free lease is taken at once, kept by heartbeats and given back', async () => {
  const { clock, store, options } = createWorld();
  await clock.drive(
    (async () => {
      const lease = await takeLease(options('a'));
      assert.is(clock.now(), 1_000_000);
      await clock.sleep(50_000);
      await lease.ensure();
      assert.is(await lease.release(), true);
      await clock.sleep(HOUR_MS);
    })(),
  );
  assert.equal(store.log, ['a 0', 'a 1', 'a 2', 'a 3', 'a released']);
});

test('a second run waits until the first gives it back, and hears once of whom', async () => {
  const { clock, store, options } = createWorld();
  const waits: string[] = [];
  const times: number[] = [];
  const first = async (): Promise<void> => {
    const lease = await takeLease(options('a'));
    await clock.sleep(2 * MINUTE_MS);
    await lease.release();
    times.push(clock.now());
  };
  const second = async (): Promise<void> => {
    await clock.sleep(20_000);
    const onWait = (held: LeaseDocument, ageMs: number) => waits.push(`${held.run} ${ageMs}`);
    const lease = await takeLease(options('b', { onWait, onTakeOver: () => assert.unreachable('it was given back') }));
    times.push(clock.now());
    await lease.release();
  };
  await clock.drive(Promise.all([first(), second()]));
  assert.equal(waits, ['a 5000']);
  assert.ok(times[1]! - times[0]! <= 20_000, 'it looks every twenty seconds at the least');
  assert.equal(store.log.slice(-3), ['a released', 'b 0', 'b released']);
});

test('a lease is taken over when its heartbeat is too old by the clock of the server', async () => {
  const { clock, store, options } = createWorld();
  leave(store, 'dead');
  const taken: string[] = [];
  const onTakeOver = (from: LeaseDocument, ageMs: number) => taken.push(`${from.run} ${ageMs}`);
  const lease = await clock.drive(takeLease(options('b', { onTakeOver })));
  assert.equal(taken, ['dead 60625'], 'within a second of its end');
  await lease.release();
});

test('the server is asked for its time once while a run waits, and again before a lease is taken for over', async () => {
  const { clock, store, options } = createWorld();
  leave(store, 'dead', { expiresMs: 4 * MINUTE_MS });
  const lease = await clock.drive(takeLease(options('b')));
  assert.is(store.asked, 2);
  await lease.release();
});

test('where the server is quicker, times are those of the run', async () => {
  const { clock, store, options } = createWorld((now) => now * 600);
  leave(store, 'dead', { expiresMs: MINUTE_MS * 600 });
  const ages: number[] = [];
  const onTakeOver = (_: LeaseDocument, ageMs: number) => ages.push(ageMs);
  const lease = await clock.drive(takeLease(options('b', { onTakeOver, serverSpeed: 600 })));
  assert.equal(ages, [60_625]);
  assert.is(store.stored?.document?.expiresMs, MINUTE_MS * 600);
  await lease.release();
});

test('nobody waits for a process that has ended', async () => {
  const { clock, store, options } = createWorld();
  leave(store, 'dead');
  const lease = await clock.drive(takeLease(options('b', { waitMs: 0, hasEnded: ({ pid }) => pid === 2 })));
  assert.is(clock.now(), 1_000_000);
  await lease.release();
});

test('whoever may not wait, or has waited long enough, hears who has it', async () => {
  const { clock, store, options } = createWorld();
  const holder = await takeLease(options('a'));
  for (const [waitMs, atLeastMs] of [
    [0, 0],
    [3 * MINUTE_MS, 3 * MINUTE_MS],
  ] as const) {
    const beganAt = clock.now();
    const error = await clock.drive(rejection(takeLease(options('b', { waitMs }))));
    assert.instance(error, LeaseHeld);
    assert.is((error as LeaseHeld).holder?.run, 'a');
    assert.ok((error as LeaseHeld).ageMs < 20_000, 'its heartbeat is fresh');
    assert.ok(clock.now() - beganAt >= atLeastMs && clock.now() - beganAt <= atLeastMs + 10_000);
  }
  await holder.release();
  assert.ok(!store.log.some((line) => line.startsWith('b')));
});

test('garbage is neither taken over nor waited for, however old', async () => {
  const { clock, store, options } = createWorld();
  store.put(undefined);
  await clock.drive(clock.sleep(HOUR_MS));
  const error = await clock.drive(rejection(takeLease(options('b'))));
  assert.instance(error, LeaseHeld);
  assert.is((error as LeaseHeld).holder, undefined);
});

test('of two that want it at once exactly one gets it, also when it expires before both', async () => {
  for (const dead of [false, true]) {
    const { clock, store, options } = createWorld();
    if (dead) leave(store, 'dead');
    const take = (run: string): Promise<unknown> =>
      rejection(takeLease(options(run, { waitMs: dead ? MINUTE_MS + 20_000 : 0 })));
    const ends = await clock.drive(Promise.all(['a', 'b', 'c'].map(take)));
    assert.is(ends.filter((end) => end === undefined).length, 1);
    assert.is(ends.filter((end) => end instanceof LeaseHeld).length, 2);
    assert.is(store.log.filter((line) => line.endsWith(' 0')).length, 1);
  }
});

test('a take whose reply was lost is known by its run, and not waited for', async () => {
  const { clock, store, options } = createWorld();
  store.fates = ['lost'];
  const lease = await clock.drive(takeLease(options('a', { waitMs: 0 })));
  assert.equal(store.log, ['a 0']);
  await clock.drive(lease.ensure());
  await lease.release();
});

test('a heartbeat whose reply was lost is not taken for a stranger, nor is the last one when the lease is given back', async () => {
  const { clock, store, options } = createWorld();
  const lease = await takeLease(options('a'));
  store.fates = ['lost'];
  await clock.drive(clock.sleep(40_000));
  assert.is(lease.lost.aborted, false);
  assert.equal(store.log, ['a 0', 'a 1', 'a 2']);
  store.fates = ['lost'];
  await clock.drive(
    (async () => {
      await clock.sleep(5_600);
      assert.is(store.log.at(-1), 'a 3');
      assert.is(await lease.release(), true);
    })(),
  );
  assert.is(store.log.at(-1), 'a released');
});

test('a take that is found late counts from when it was sent: whoever has taken it over meanwhile is found out', async () => {
  for (const isTaken of [false, true]) {
    const { clock, store, options } = createWorld();
    store.fates = ['late'];
    const lease = await clock.drive(takeLease(options('a')));
    assert.equal(store.log, ['a 0']);
    if (isTaken) await takeLease(options('b', { waitMs: 0 }));
    const error = await clock.drive(rejection(lease.ensure()));
    if (isTaken) assert.is((error as LeaseLost).holder?.run, 'b');
    assert.equal([error instanceof LeaseLost, store.log], [isTaken, ['a 0', isTaken ? 'b 0' : 'a 1']]);
  }
});

test('a heartbeat that is found late counts from when it was sent, also for a write that waits for it', async () => {
  const { clock, store, options } = createWorld();
  const lease = await takeLease(options('a'));
  store.fates = ['late'];
  await clock.drive(clock.sleep(50_000));
  assert.equal(store.log, ['a 0', 'a 1']);
  await clock.drive(lease.ensure());
  assert.equal(store.log, ['a 0', 'a 1', 'a 2']);
  assert.ok(store.ageMs < TIMES.freshMs);
  await lease.release();
});

test('a heartbeat that finds only an earlier one of its run is written all the same', async () => {
  const lost: readonly Fate[] = ['lost', ...Array.from({ length: 12 }, () => 'unreachable' as const)];
  for (const [fates, sleepMs] of [
    [lost, 175_000],
    [['conflict'], 20_000],
  ] as const) {
    const { clock, store, options } = createWorld();
    const lease = await takeLease(options('a'));
    store.fates = [...fates];
    await clock.drive(clock.sleep(sleepMs));
    assert.equal(store.fates, []);
    await clock.drive(lease.ensure());
    assert.ok(store.ageMs < TIMES.freshMs, `${store.log.join()}: ${store.ageMs} ms old`);
    await lease.release();
  }
});

test('heartbeats that are old whenever they are answered let no write pass', async () => {
  const { clock, store, options } = createWorld();
  const lease = await takeLease(options('a'));
  store.fates = Array.from({ length: 100 }, () => 'late');
  await clock.drive(clock.sleep(31_000));
  const error = await clock.drive(rejection(lease.ensure()));
  assert.is((error as CloudError).code, 'SlowHeartbeat');
  store.fates = [];
  await clock.drive(lease.ensure());
  await lease.release();
});

test('no two writes of a lease have the same version', async () => {
  const { clock, store, options } = createWorld();
  const versions = new Set<string>();
  const lease = await takeLease(options('a'));
  for (let turn = 0; turn < 5; turn += 1) {
    versions.add(store.stored!.version);
    await clock.drive(clock.sleep(15_000));
  }
  assert.is(versions.size, 5);
  await lease.release();
});

test('a run whose lease somebody else has stops writing, and does not give it back', async () => {
  const { clock, store, options } = createWorld();
  const lease = await takeLease(options('a'));
  leave(store, 'b');
  await clock.drive(clock.sleep(20_000));
  await assertLost(lease, 'b');
  assert.is(await lease.release(), false);
  assert.is(store.stored?.document?.run, 'b');
});

test('a lease that was deleted, or turned into garbage, is lost', async () => {
  for (const spoil of [(store: TestStore) => (store.stored = undefined), (store: TestStore) => store.put(undefined)]) {
    const { clock, store, options } = createWorld();
    const lease = await takeLease(options('a'));
    spoil(store);
    await clock.drive(clock.sleep(20_000));
    await assertLost(lease, undefined);
  }
});

async function assertLost(lease: Lease, run: string | undefined): Promise<void> {
  assert.is(lease.lost.aborted, true);
  const error = await rejection(lease.ensure());
  assert.instance(error, LeaseLost);
  assert.is((error as LeaseLost).holder?.run, run);
}

test('a machine that slept asks before its next write, and so does one whose clock went back', async () => {
  for (const jumpMs of [HOUR_MS, -HOUR_MS]) {
    const { clock, store, options } = createWorld();
    const own = settable(clock);
    const lease = await takeLease(options('a', { clock: own }));
    own.jump(jumpMs);
    await clock.drive(lease.ensure());
    assert.equal(store.log, ['a 0', 'a 1'], 'still its own: one heartbeat');
    own.jump(jumpMs);
    leave(store, 'b');
    const error = await clock.drive(rejection(lease.ensure()));
    assert.instance(error, LeaseLost);
  }
});

test('clocks of runs have no say in when a lease expires', async () => {
  const { clock, store, options } = createWorld();
  leave(store, 'a');
  const own = settable(clock);
  own.jump(24 * HOUR_MS);
  assert.instance(await clock.drive(rejection(takeLease(options('b', { clock: own, waitMs: 0 })))), LeaseHeld);
});

test('while the server cannot be reached no write passes once the last heartbeat is half as old as the lease may be', async () => {
  const { clock, store, options } = createWorld();
  const lease = await takeLease(options('a'));
  store.fates = Array.from({ length: 100 }, () => 'unreachable');
  await clock.drive(clock.sleep(29_000));
  await lease.ensure();
  await clock.drive(clock.sleep(2_000));
  const error = await clock.drive(rejection(lease.ensure()));
  assert.instance(error, CloudError);
  assert.is(lease.lost.aborted, false, 'nobody else has it as far as anybody knows');
  store.fates = [];
  await clock.drive(lease.ensure());
  await lease.release();
});

test('an interrupted wait ends with the reason of the signal', async () => {
  const { clock, store, stop, options } = createWorld();
  leave(store, 'a');
  const waiting = rejection(takeLease(options('b', { onWait: () => stop.abort(new Error('interrupted by SIGINT')) })));
  assert.is(((await clock.drive(waiting)) as Error).message, 'interrupted by SIGINT');
});

test.run();
