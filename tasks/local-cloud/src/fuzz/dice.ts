import { strict as assert } from 'node:assert';
import { Random, seedState } from '../store/random.ts';

/** Chance that a seed repeats. */
export class Dice {
  readonly #random: Random;

  constructor(seed: string) {
    this.#random = new Random(seedState(seed));
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.#random.next() * limit);
  }

  oneOf<T>(list: readonly T[]): T {
    assert(list.length > 0);
    return list[this.below(list.length)] as T;
  }
}
