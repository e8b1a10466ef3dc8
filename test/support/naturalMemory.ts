/** Numbers of any length as the pool lays them out in memory, written and read from outside, with guards behind them. */

export const U64_MAX = (1n << 64n) - 1n;
export const U128_MAX = (1n << 128n) - 1n;
/** Stands where nothing may be written. */
export const GUARD = 0xdeadbeefdeadbeefn;
const MOST_LIMBS = 24;
const SLOT_BYTES = 8 * (MOST_LIMBS + 4);
const SLOTS = 5;

export const limbsOf = (x: bigint) => Math.ceil((x < 0n ? -x : x).toString(16).length / 16) - (x === 0n ? 1 : 0);
const size = (x: bigint) => (x < 0n ? -x : x);

/** Numbers of one to five limbs, each of the few at which a carry, a guess or a shift turns. */
export function numbers(): bigint[] {
  const edges = [
    0n,
    1n,
    2n,
    (1n << 32n) - 1n,
    1n << 32n,
    (1n << 63n) - 1n,
    1n << 63n,
    (1n << 63n) + 1n,
    U64_MAX - 1n,
    U64_MAX,
  ];
  let state = 20_261n;
  const next = () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return state >> 33n;
  };
  const limb = () => (next() % 5n === 0n ? (next() << 33n) ^ next() : edges[Number(next() % BigInt(edges.length))]!);
  const many = Array.from({ length: 110 }, (_, k) =>
    Array.from({ length: 1 + (k % 5) }, limb).reduce((sum, each) => (sum << 64n) | each, 0n),
  );
  return [...edges, ...many];
}

/** A number by its address. */
export class Memory {
  readonly #base: number;
  readonly #view: DataView;

  constructor({ memory, draw }: { readonly memory: WebAssembly.Memory; draw(limbs: number): number }) {
    this.#base = draw(SLOT_BYTES * SLOTS);
    this.#view = new DataView(memory.buffer);
  }

  at(slot: number): number {
    return this.#base + slot * SLOT_BYTES;
  }

  /** Everything of a slot overwritten, so that nothing that lay there helps. */
  spoil(slot: number): void {
    for (let at = 0; at < SLOT_BYTES; at += 8) this.#view.setBigUint64(this.at(slot) + at, GUARD, true);
  }

  put(slot: number, x: bigint): void {
    this.spoil(slot);
    const limbs = limbsOf(x);
    this.#view.setUint32(this.at(slot), limbs, true);
    this.#view.setUint32(this.at(slot) + 4, x < 0n ? 1 : 0, true);
    for (let k = 0; k < limbs; k++)
      this.#view.setBigUint64(this.at(slot) + 8 + 8 * k, BigInt.asUintN(64, size(x) >> BigInt(64 * k)), true);
  }

  /** The number, or null where it is not written as numbers are, or beyond `room` limbs. */
  take(slot: number, room: number): bigint | null {
    const [limbs, sign] = [this.#view.getUint32(this.at(slot), true), this.#view.getUint32(this.at(slot) + 4, true)];
    if (limbs > room || sign > 1) return null;
    for (let k = room; k < MOST_LIMBS; k++) if (this.word(slot, 1 + k) !== GUARD) return null;
    let x = 0n;
    for (let k = limbs; k-- > 0; ) x = (x << 64n) | this.word(slot, 1 + k);
    return limbsOf(x) !== limbs || (x === 0n && sign === 1) ? null : sign === 1 ? -x : x;
  }

  /** Overwrites a word of a slot. */
  setWord(slot: number, k: number, word: bigint): void {
    this.#view.setBigUint64(this.at(slot) + 8 * k, word, true);
  }

  word(slot: number, k: number): bigint {
    return this.#view.getBigUint64(this.at(slot) + 8 * k, true);
  }
}

/** Slots: one for a result, those of two operands. */
export const [OWN, OVER_A, OVER_B] = [0, 1, 2] as const;
