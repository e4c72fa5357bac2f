/** The four 32-bit words of an sfc32 generator: small enough to be written down with every change. */
export type RandomState = readonly [number, number, number, number];

/**
 * sfc32, Chris Doty-Humphrey's small fast counting generator: passes PractRand, four words of state. Chosen over
 * Math.random because its state can be seeded, saved and restored.
 */
export class Random {
  #state: RandomState;

  constructor(state: RandomState) {
    this.#state = state;
  }

  get state(): RandomState {
    return this.#state;
  }

  set state(state: RandomState) {
    this.#state = state;
  }

  /** 0 ≤ x < 1, in steps of 2^-32. */
  next(): number {
    const [a, b, c, counter] = this.#state;
    const sum = (a + b + counter) | 0;
    this.#state = [b ^ (b >>> 9), (c + (c << 3)) | 0, (((c << 21) | (c >>> 11)) + sum) | 0, (counter + 1) | 0];
    return (sum >>> 0) / 0x1_0000_0000;
  }

  /** Lower-case hexadecimal digits. */
  hex(digits: number): string {
    let text = '';
    while (text.length < digits) {
      text += Math.floor(this.next() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, '0');
    }
    return text.slice(0, digits);
  }

  /** A version 4 UUID. */
  uuid(): string {
    const hex = this.hex(32);
    const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      variant + hex.slice(17, 20),
      hex.slice(20),
    ].join('-');
  }
}

/** A state from any seed text; texts that differ in one character give unrelated sequences. */
export function seedState(seed: string): RandomState {
  // FNV-1a spreads the text over 32 bits, splitmix32 spreads those over the four words.
  let hash = 0x811c9dc5;
  for (let index = 0; index < seed.length; index += 1) {
    hash = Math.imul(hash ^ seed.charCodeAt(index), 0x01000193);
  }
  const word = (): number => {
    hash = (hash + 0x9e3779b9) | 0;
    let mixed = hash ^ (hash >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
  return [word(), word(), word(), word()];
}
