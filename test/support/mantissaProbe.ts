/** What must be true of the pool's truncated powers (mantissa.ts) and rounded parts (perquintill.ts). */
import { GUARD, type Memory, numbers, OVER_A, OVER_B, OWN, U64_MAX, U128_MAX } from "./naturalMemory.js";
import type { NaturalProbe } from "./naturalProbe.js";

interface Mantissa {
  readonly m: bigint;
  readonly e: bigint;
}

/** Mantissas: set, multiplied, raised, told apart. */
export function wrongMantissa(probe: NaturalProbe, memory: Memory): string | undefined {
  const normal = (x: bigint): Mantissa => {
    const shift = BigInt(128 - x.toString(2).length);
    return { m: x << shift, e: -shift };
  };
  const times = (a: Mantissa, b: Mantissa): Mantissa => {
    const product = a.m * b.m;
    return product >> 255n ? { m: product >> 128n, e: a.e + b.e + 128n } : { m: product >> 127n, e: a.e + b.e + 127n };
  };
  const raised = (a: Mantissa, k: bigint) =>
    [...k.toString(2)].slice(1).reduce((x, bit) => (bit === "1" ? times(times(x, x), a) : times(x, x)), a);
  const read = (slot: number) => ({
    m: memory.word(slot, 0) | (memory.word(slot, 1) << 64n),
    e: BigInt.asIntN(64, memory.word(slot, 2)),
  });
  const isAt = (slot: number, { m, e }: Mantissa) =>
    read(slot).m === m && read(slot).e === e && memory.word(slot, 3) === GUARD;
  const set = (slot: number, x: bigint) => {
    memory.spoil(slot);
    probe.mantissaOf(memory.at(slot), x & U64_MAX, x >> 64n);
  };
  const all = numbers().filter((x) => x > 0n && x <= U128_MAX);
  for (const [k, x] of all.entries()) {
    const y = all[(k * 7 + 3) % all.length]!;
    set(OVER_A, x);
    set(OVER_B, y);
    const [a, b] = [normal(x), normal(y)];
    if (!isAt(OVER_A, a)) return `mantissa of ${x}`;
    if (probe.mantissaBits(memory.at(OVER_A)) !== BigInt(x.toString(2).length)) return `bits of ${x}`;
    memory.spoil(OWN);
    probe.mantissaMul(memory.at(OWN), memory.at(OVER_A), memory.at(OVER_B));
    if (!isAt(OWN, times(a, b))) return `mantissas ${x} · ${y}`;
    // Another guard than that of the result.
    memory.setWord(OVER_A, 3, 0n);
    for (const exponent of [1n, 2n, 3n, 5n, 64n, 1023n, 1024n]) {
      memory.spoil(OWN);
      probe.mantissaPower(memory.at(OWN), memory.at(OVER_A), exponent);
      if (!isAt(OWN, raised(a, exponent))) return `mantissa ${x} ^ ${exponent}`;
    }
  }
  return wrongTelling(probe, memory);
}

/** Which of two mantissas is larger: open within 2^14 units, also across the step of the exponent. */
function wrongTelling(probe: NaturalProbe, memory: Memory): string | undefined {
  const TOP = 1n << 127n;
  const SLACK = 1n << 14n;
  // The first differ in their top bytes alone.
  const cases: (readonly [low: bigint, high: bigint, order: number])[] = [[TOP, TOP + (1n << 120n), -1]];
  for (const m of [TOP + 5n, TOP + (1n << 64n) - 3n, U128_MAX - SLACK - 9n - (1n << 65n)]) {
    for (const by of [0n, 1n, SLACK - 1n, SLACK]) cases.push([m, m + by, 0]);
    for (const by of [SLACK + 1n, (1n << 64n) - 1n, 1n << 64n, (1n << 64n) + 1n]) cases.push([m, m + by, -1]);
  }
  const put = (slot: number, m: bigint, e: bigint) => {
    memory.spoil(slot);
    const at = new BigUint64Array(probe.memory.buffer, memory.at(slot), 3);
    at.set([m & U64_MAX, m >> 64n, BigInt.asUintN(64, e)]);
  };
  const order = () => probe.mantissaOrder(memory.at(OVER_A), memory.at(OVER_B));
  for (const [low, high, right] of cases) {
    put(OVER_A, low, -3n);
    put(OVER_B, high, -3n);
    if (order() !== right) return `order of ${low} and ${high}: ${order()}`;
    put(OVER_A, high, -3n);
    put(OVER_B, low, -3n);
    if (order() !== (right === 0 ? 0 : 1)) return `order of ${high} and ${low}: ${order()}`;
  }
  // The larger exponent decides, unless one mantissa is at its least and the other, by 64 bits, at its most.
  const nearly = U128_MAX - 77n;
  for (const [m, other, right] of [
    [TOP, nearly, 0],
    [TOP, nearly - (1n << 64n), 1],
    [TOP + (1n << 64n), nearly, 1],
    [nearly, TOP, 1],
    [TOP, U128_MAX - (1n << 60n), 0],
    [TOP, U128_MAX - (127n << 120n), 1],
  ] as const) {
    put(OVER_A, m, 1n);
    put(OVER_B, other, 0n);
    if (order() !== right) return `order of ${m}·2 and ${other}: ${order()}`;
    put(OVER_A, other, -1n);
    put(OVER_B, m, 0n);
    if (order() !== (right === 0 ? 0 : -1)) return `order of ${other} and ${m}·2: ${order()}`;
  }
  return undefined;
}

/** Products that end in all ones, so that the half carries through, and such that it just does not. */
export function wrongRounding(probe: NaturalProbe, memory: Memory): string | undefined {
  const whole = 10n ** 18n;
  for (let k = 1n; k <= 60n; k++) {
    const parts = whole / 100n + (k * whole) / 71n;
    for (const power of [64n, 128n, 180n]) {
      for (const by of [0n, 1n, k]) {
        const a = ((k << power) / parts - by) & ((1n << 128n) - 1n);
        memory.spoil(OWN);
        probe.mulRound(memory.at(OWN), a & U64_MAX, a >> 64n, parts);
        const found = memory.word(OWN, 0) | (memory.word(OWN, 1) << 64n);
        if (found !== (a * parts + whole / 2n) / whole || memory.word(OWN, 2) !== GUARD)
          return `${a} by ${parts} parts: ${found}`;
      }
    }
  }
  return undefined;
}
