import type { Change } from './log.ts';

/**
 * The changes of all transactions since the log was last written. A record that changes ten times before anybody is
 * answered is written once; what is deleted and made again keeps both changes, because it then stands at another place.
 */
export class PendingChanges {
  #changes: Change[] = [];
  /** Where the last change of each record stands, by table and id. */
  readonly #places = new Map<object, Map<string, number>>();

  get isEmpty(): boolean {
    return this.#changes.length === 0;
  }

  /** In: the table that the record is in, which stands for the change's table and realm. */
  add(table: object, change: Change): void {
    const id = change[3];
    let places = this.#places.get(table);
    if (places === undefined) this.#places.set(table, (places = new Map()));
    const place = places.get(id);
    const isMadeAgain = place !== undefined && this.#changes[place]?.[4] === null;
    if (place === undefined || isMadeAgain) places.set(id, this.#changes.push(change) - 1);
    else this.#changes[place] = change;
  }

  /** Gives everything and forgets it. */
  take(): Change[] {
    const changes = this.#changes;
    this.#changes = [];
    this.#places.clear();
    return changes;
  }
}
