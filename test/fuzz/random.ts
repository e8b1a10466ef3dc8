/** A quick generator of pseudo-random numbers (sfc32): the same numbers for the same seed and stream, everywhere. */

/** Numbers from one seed. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #count = 1;

  /** Two numbers say where the stream starts: a run's seed, and which of its cases. */
  constructor(seed: number, stream: number) {
    this.#a = seed | 0;
    this.#b = stream | 0;
    this.#c = Math.trunc(stream / 2 ** 32) | 0;
    for (let k = 0; k < 12; k++) this.u32();
  }

  /** From 0 to 2^32 − 1. */
  u32(): number {
    const sum = (this.#a + this.#b + this.#count++) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** From 0 to `count` − 1. */
  below(count: number): number {
    return Math.floor((this.u32() / 2 ** 32) * count);
  }

  /** From `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True once in `times`. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  /** One of a list. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** One of a list, or any number from `least` to `most`, half the time each. */
  edged(edges: readonly number[], least: number, most: number): number {
    return this.u32() & 1 ? this.pick(edges) : this.between(least, most);
  }

  /** A u16: half the time where the arithmetic turns. */
  u16(): number {
    return this.edged(U16_EDGES, 0, 65535);
  }

  /** Any whole number up to 2^bits − 1, its size drawn first: small ones are as likely as large ones. At most 53 bits. */
  sized(bits: number): number {
    const size = this.between(0, bits);
    return size === 0 ? 0 : Math.floor((this.u32() / 2 ** 32) * 2 ** size) + (size > 32 ? this.u32() % 2 ** 21 : 0);
  }
}

const U16_EDGES = [0, 1, 2, 16384, 32767, 32768, 49151, 65534, 65535];
