import { strict as assert } from 'node:assert';
import type { Due, Realm, Table, World } from '../world.ts';
import { DueQueue } from './due-queue.ts';
import type { Change, Log, LogEntry } from './log.ts';
import { PendingChanges } from './pending-changes.ts';
import { Random, seedState } from './random.ts';
import { RecordTable } from './record-table.ts';

/** Something due, as it is kept. */
export interface DueRecord extends Due {
  readonly id: string;
  readonly at: number;
  readonly sequence: number;
}

interface RealmTable {
  readonly realm: Realm;
  readonly table: RecordTable<unknown>;
}

const DUE_TABLE = '$due';
const SNAPSHOT_RECORDS_PER_LINE = 200;

/**
 * Everything the cloud knows: records, two seeded generators, the queue of what is due. Changes are made in
 * transactions; one that throws leaves no trace, those that returned are in the log after `flush`, as one line.
 */
export class Store {
  readonly #log: Log;
  readonly #tables = new Map<string, Map<string, RealmTable>>();
  readonly #touched = new Map<RecordTable<never>, readonly [table: string, realm: Realm]>();
  readonly #queue = new DueQueue<DueRecord>();
  readonly #pending = new PendingChanges();
  /** Texts of realms: made once for every object that names one. */
  readonly #realmKeys = new WeakMap<Realm, string>();
  readonly #random: Random;
  readonly #requests: Random;
  readonly #seed: string;
  readonly #world: { -readonly [Key in keyof World]: World[Key] };
  #transactions = 0;
  #sequence = 0;

  constructor(options: { readonly log: Log; readonly seed: string }) {
    this.#log = options.log;
    this.#seed = options.seed;
    this.#random = new Random(seedState(options.seed));
    this.#requests = new Random(seedState(`${options.seed}/requests`));
    this.#world = this.#makeWorld();
    for (const entry of options.log.read()) this.#replay(entry);
    for (const { table } of this.#tables.get(DUE_TABLE)?.values() ?? []) {
      for (const due of table.values()) this.#queue.push(due as DueRecord);
    }
  }

  /** The latest time that a transaction ran at; time never goes back behind it. */
  get now(): number {
    return this.#world.now;
  }

  nextRequestId(): string {
    return this.#requests.uuid();
  }

  /** The first thing in the queue that was not cancelled. */
  nextDue(): DueRecord | undefined {
    for (let due = this.#queue.peek(); due !== undefined; due = this.#queue.peek()) {
      if (this.#dueTable(due.realm).get(due.id) !== undefined) return due;
      this.#queue.pop();
    }
    return undefined;
  }

  /** Runs `work` at cloud time `now`: all of its changes or none. They are on disk after the next `flush`. */
  transact<T>(now: number, work: (world: World) => T): T {
    const before = { random: this.#random.state, sequence: this.#sequence };
    this.#world.now = Math.max(now, this.#world.now);
    try {
      const result = work(this.#world);
      this.#commit();
      return result;
    } catch (error) {
      for (const table of this.#touched.keys()) table.rollback();
      this.#touched.clear();
      this.#random.state = before.random;
      this.#sequence = before.sequence;
      throw error;
    }
  }

  /** Takes a due thing off the queue; to be called inside the transaction that handles it. */
  take(due: DueRecord): void {
    this.#dueTable(due.realm).delete(due.id);
  }

  flush(): void {
    if (!this.#pending.isEmpty) {
      this.#transactions += 1;
      this.#log.append(this.#entry(this.#pending.take()));
    }
    this.#log.flush();
    if (this.#log.isLarge) this.#log.compact(this.#snapshot());
  }

  /** Forgets everything, and begins again with the seed. */
  reset(): void {
    this.#tables.clear();
    this.#queue.clear();
    this.#random.state = seedState(this.#seed);
    this.#requests.state = seedState(`${this.#seed}/requests`);
    this.#sequence = 0;
    this.#pending.take();
    this.#log.compact([]);
  }

  /** Writes a snapshot, so that the next start is quick. */
  close(): void {
    this.flush();
    this.#log.compact(this.#snapshot());
    this.#log.close();
  }

  #makeWorld(): World {
    return {
      now: 0,
      table: <T>(name: string, realm: Realm) => {
        assert(!name.startsWith('$'), `table ${name} is the store's own`);
        return this.#table(name, realm) as unknown as Table<T>;
      },
      realms: (name) => this.#realms(name),
      random: () => this.#random.next(),
      hex: (digits) => this.#random.hex(digits),
      uuid: () => this.#random.uuid(),
      later: (afterMs, due) => this.#later(afterMs, due),
      cancel: (id) => this.#cancel(id),
    };
  }

  #table(name: string, realm: Realm): RecordTable<unknown> {
    let realms = this.#tables.get(name);
    if (realms === undefined) this.#tables.set(name, (realms = new Map()));
    const key = this.#realmKey(realm);
    const known = realms.get(key);
    if (known !== undefined) return known.table;
    const table = new RecordTable<unknown>((self) => this.#touched.set(self, [name, realm]));
    realms.set(key, { realm: { account: realm.account, region: realm.region }, table });
    return table;
  }

  #realmKey(realm: Realm): string {
    let key = this.#realmKeys.get(realm);
    if (key === undefined) this.#realmKeys.set(realm, (key = `${realm.account}/${realm.region}`));
    return key;
  }

  *#realms(name: string): Iterable<Realm> {
    for (const { realm, table } of this.#tables.get(name)?.values() ?? []) if (table.size > 0) yield realm;
  }

  #dueTable(realm: Realm): RecordTable<DueRecord> {
    return this.#table(DUE_TABLE, realm) as unknown as RecordTable<DueRecord>;
  }

  #later(afterMs: number, due: Due): string {
    assert(Number.isFinite(afterMs) && afterMs >= 0, `something due in ${afterMs} ms`);
    this.#sequence += 1;
    const { account, region } = due.realm;
    // The id carries its realm, so that `cancel` finds the record without a second index.
    const id = `${this.#sequence}/${account}/${region}`;
    const record: DueRecord = { ...due, id, at: this.#world.now + afterMs, sequence: this.#sequence };
    this.#dueTable(due.realm).put(id, record);
    this.#queue.push(record);
    return id;
  }

  #cancel(id: string): void {
    const [, account, region] = id.split('/');
    if (account !== undefined && region !== undefined) this.#dueTable({ account, region }).delete(id);
  }

  #commit(): void {
    for (const [table, [name, realm]] of this.#touched) {
      for (const [id, record] of table.commit()) {
        this.#pending.add(table, [name, realm.account, realm.region, id, record ?? null]);
      }
    }
    this.#touched.clear();
  }

  #entry(changes: readonly Change[]): LogEntry {
    const { state: r } = this.#random;
    return { n: this.#transactions, t: this.#world.now, r, q: this.#requests.state, s: this.#sequence, c: changes };
  }

  #replay(entry: LogEntry): void {
    for (const [name, account, region, id, record] of entry.c) {
      const table = this.#table(name, { account, region });
      if (record === null) table.delete(id);
      else table.put(id, record);
      table.commit();
    }
    this.#touched.clear();
    this.#transactions = entry.n;
    this.#world.now = entry.t;
    this.#random.state = entry.r;
    this.#requests.state = entry.q;
    this.#sequence = entry.s;
  }

  *#snapshot(): Iterable<LogEntry> {
    let changes: Change[] = [];
    for (const [name, realms] of this.#tables) {
      for (const { realm, table } of realms.values()) {
        for (const [id, record] of table.entries()) {
          changes.push([name, realm.account, realm.region, id, record]);
          if (changes.length < SNAPSHOT_RECORDS_PER_LINE) continue;
          yield this.#entry(changes);
          changes = [];
        }
      }
    }
    yield this.#entry(changes);
  }
}
