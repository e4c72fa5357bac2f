/** A place in the queue; the record itself is in the store. */
export interface DuePlace {
  readonly at: number;
  readonly sequence: number;
}

/**
 * A binary heap ordered by time, then by sequence. What is cancelled stays in it until it comes to the front, where
 * whoever takes it finds that its record is gone.
 */
export class DueQueue<T extends DuePlace> {
  readonly #heap: T[] = [];

  get size(): number {
    return this.#heap.length;
  }

  peek(): T | undefined {
    return this.#heap[0];
  }

  push(item: T): void {
    const heap = this.#heap;
    let index = heap.push(item) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(item, heap[parent] as T)) break;
      heap[index] = heap[parent] as T;
      index = parent;
    }
    heap[index] = item;
  }

  pop(): T | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as T, heap[child] as T)) child += 1;
      if (!isBefore(heap[child] as T, last)) break;
      heap[index] = heap[child] as T;
      index = child;
    }
    heap[index] = last;
    return first;
  }

  clear(): void {
    this.#heap.length = 0;
  }
}

function isBefore(left: DuePlace, right: DuePlace): boolean {
  return left.at < right.at || (left.at === right.at && left.sequence < right.sequence);
}
