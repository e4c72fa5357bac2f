import { Random, seedState } from '@roundtrip/local-cloud';

/** Chance out of a seed; the same seed throws the same dice. */
export class Dice {
  readonly #random: Random;

  constructor(seed: string) {
    this.#random = new Random(seedState(seed));
  }

  /** 0 ≤ x < 1. */
  share(): number {
    return this.#random.next();
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.share() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.share() < probability;
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    return from[Math.floor(this.share() * from.length)] as T;
  }
}
