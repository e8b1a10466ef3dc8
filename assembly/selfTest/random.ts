/** The self-test's own numbers: a 64-bit xorshift generator, the same in every engine. */

const MULTIPLIER: u64 = 0x2545f4914f6cdd1d;
const GOLDEN: u64 = 0x9e3779b97f4a7c15;

let state: u64 = 1;

/** Starts the sequence number `seed`. */
export function start(seed: u64): void {
  state = (seed + 1) * GOLDEN;
}

/** Where the sequence stands, to be handed back to `resume`. */
export function save(): u64 {
  return state;
}

/** Goes back to where `save` was called. */
export function resume(to: u64): void {
  state = to;
}

/** The next 64 bits. */
export function next(): u64 {
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  return state * MULTIPLIER;
}

/** A number below `bound`; the upper bits, which are the better ones. */
export function below(bound: u64): u64 {
  return (next() >> 8) % bound;
}

/** True once in `times`. */
export function oneIn(times: u64): bool {
  return below(times) === 0;
}

/** A u16, half the time one of those where the arithmetic turns. */
export function edged(): u32 {
  const k = <u32>below(12);
  if (k === 0) return 0;
  if (k === 1) return 1;
  if (k === 2) return 32767;
  if (k === 3) return 32768;
  if (k === 4) return 65534;
  if (k === 5) return 65535;
  return <u32>below(65536);
}
