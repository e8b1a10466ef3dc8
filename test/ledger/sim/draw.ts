/** Numbers that look random and follow from a seed. */

/** Draws in order; equal seeds, equal draws (mulberry32). */
export class Draw {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** An integer from 0 to below n, n at most 2^32. */
  below(n: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
  }

  /** Whether one of n came up. */
  oneIn(n: number): boolean {
    return this.below(n) === 0;
  }

  /** One of a list. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** An amount: an edge of the rules, a part of what is there, a rao to either side of it, or anything in u64. */
  rao(availableRao: bigint): bigint {
    const at = [0n, 1n, 499n, 500n, 501n, availableRao, availableRao - 500n, availableRao - 499n, (1n << 64n) - 1n];
    const kind = this.below(10);
    if (kind === 0) return clamped(this.pick(at));
    if (kind === 1) return clamped(availableRao + BigInt(this.below(3) - 1));
    if (kind === 2) return (BigInt(this.below(2 ** 32)) << 32n) | BigInt(this.below(2 ** 32));
    return (availableRao * BigInt(this.below(1000))) / 4000n;
  }
}

function clamped(rao: bigint): bigint {
  return BigInt.asUintN(64, rao < 0n ? 0n : rao);
}
