import type { Table } from '../world.ts';

/** A record that is deleted in a transaction not yet ended; it keeps its place in case the transaction is rolled back. */
const GONE = Symbol('gone');

/**
 * The records of one kind in one realm. Between two ends of transactions every change can be taken back, places in
 * the order of insertion included.
 */
export class RecordTable<T> implements Table<T> {
  readonly #records = new Map<string, T | typeof GONE>();
  /** What each touched record was before this transaction; undefined where there was none. */
  readonly #before = new Map<string, T | undefined>();
  readonly #touched: (table: RecordTable<never>) => void;
  #gone = 0;

  /** `touched` is called at the first change in a transaction. */
  constructor(touched: (table: RecordTable<never>) => void) {
    this.#touched = touched;
  }

  get size(): number {
    return this.#records.size - this.#gone;
  }

  get(id: string): T | undefined {
    const record = this.#records.get(id);
    return record === GONE ? undefined : record;
  }

  put(id: string, record: T): void {
    this.#remember(id);
    if (this.#records.get(id) === GONE) this.#gone -= 1;
    this.#records.set(id, record);
  }

  delete(id: string): void {
    if (this.get(id) === undefined) return;
    this.#remember(id);
    this.#records.set(id, GONE);
    this.#gone += 1;
  }

  *values(): Iterable<T> {
    for (const record of this.#records.values()) if (record !== GONE) yield record;
  }

  *entries(): Iterable<readonly [string, T]> {
    for (const [id, record] of this.#records) if (record !== GONE) yield [id, record];
  }

  /** Ends the transaction; gives the last state of every record that it changed, undefined for a deleted one. */
  commit(): (readonly [string, T | undefined])[] {
    const changes: (readonly [string, T | undefined])[] = [];
    for (const [id, before] of this.#before) {
      const record = this.get(id);
      if (record === undefined) this.#forget(id);
      if (record !== undefined || before !== undefined) changes.push([id, record]);
    }
    this.#before.clear();
    return changes;
  }

  rollback(): void {
    for (const [id, before] of this.#before) {
      if (before === undefined) this.#forget(id);
      else this.put(id, before);
    }
    this.#before.clear();
  }

  #remember(id: string): void {
    if (this.#before.size === 0) this.#touched(this as unknown as RecordTable<never>);
    if (!this.#before.has(id)) this.#before.set(id, this.get(id));
  }

  #forget(id: string): void {
    if (this.#records.get(id) === GONE) this.#gone -= 1;
    this.#records.delete(id);
  }
}
