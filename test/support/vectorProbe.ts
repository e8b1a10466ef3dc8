/** A door to vectors of one number a uid and to upscaled rows, and what they have to be in BigInt. */
import { maxUpscale, maxUpscaleFixed } from "../oracle/weights.js";
import { random } from "./shareProbe.js";

/** What it lets one do. */
export interface VectorProbe {
  readonly memory: WebAssembly.Memory;
  /** Where vector k of three begins; each has room for `ROOM` elements. */
  vector(k: number): number;
  sum(x: number, n: number): bigint;
  measure(x: number, n: number): void;
  readonly total: WebAssembly.Global;
  readonly bits: WebAssembly.Global;
  anyNonZero(x: number, n: number): number;
  divideParts(out: number, x: number, n: number, total: bigint): void;
  normalise(out: number, x: number, n: number): void;
  mul(out: number, a: number, b: number, n: number): void;
  toU16(out: number, x: number, n: number): void;
  upscale(out: number, x: number, n: number): void;
  upscaleWhole(out: number, values: number, n: number): void;
}

/** The door, in AssemblyScript; its imports start at build/. */
export const VECTOR_PROBE = `
export { abort } from "../assembly/trap";
export { anyNonZero, bits, divideParts, measure, mul, normalise, sum, toU16, total } from "../assembly/linear/vector";
export { upscale, upscaleWhole } from "../assembly/linear/upscale";
const base = memory.data(768, 16);
export function vector(k: u32): usize { return base + ((<usize>k) << 8); }
`;

const ROOM = 32;
const ONE = 1n << 32n;
const LIMIT = 1n << 52n;
const TOP = (1n << 63n) - 1n;
const U16_BEHIND = 12345;
const signed = (x: bigint) => BigInt.asIntN(64, x);
/** What stands behind vector k, which must be neither counted nor written on. */
const behind = (k: number) => (1n << 62n) + BigInt(k);
const viewOf = (probe: VectorProbe, k: number) => new BigInt64Array(probe.memory.buffer, probe.vector(k), ROOM);

/** Writes a vector. */
function put(probe: VectorProbe, k: number, x: readonly bigint[]): void {
  viewOf(probe, k).fill(behind(k)).set(x);
}

/** What is wrong first in vector k after some work. */
function wrongIn(probe: VectorProbe, k: number, expected: readonly bigint[], told: string): string | undefined {
  const found = viewOf(probe, k);
  const i = found.findIndex((bits, i) => bits !== (expected[i] ?? behind(k)));
  return i < 0 ? undefined : `${told}: element ${i} is ${found[i]}, not ${expected[i]}`;
}

/** What is wrong first in the u16 of vector 1, which `work` makes. */
function wrongU16In(probe: VectorProbe, expected: readonly number[], told: string, work: () => void) {
  const found = new Uint16Array(probe.memory.buffer, probe.vector(1), 4 * ROOM).fill(U16_BEHIND);
  work();
  const i = found.findIndex((value, i) => value !== (expected[i] ?? U16_BEHIND));
  return i < 0 ? undefined : `${told}: element ${i} is ${found[i]}, not ${expected[i]}`;
}

/** The first thing any of them finds wrong. */
function firstOf<T>(cases: Iterable<T>, wrong: (one: T) => string | undefined): string | undefined {
  for (const one of cases) {
    const found = wrong(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** x / total truncated, 0 where it does not fit, x itself where total is 0. */
function quotient(x: bigint, total: bigint): bigint {
  if (total === 0n) return x;
  const whole = (x << 32n) / total;
  return whole === signed(whole) ? whole : 0n;
}

/** Measured and normalised, apart and in place. */
function wrongShares(probe: VectorProbe, x: readonly bigint[]): string | undefined {
  const [n, told] = [x.length, `shares ${x}`];
  const total = signed(x.reduce((a, b) => a + b, 0n));
  const bits = x.reduce((a, b) => a | b, 0n);
  const expected = x.map((part) => quotient(part, total));
  const [at, apart] = [probe.vector(0), probe.vector(1)];
  put(probe, 0, x);
  put(probe, 1, []);
  if (probe.sum(at, n) !== total) return `${told}: their sum`;
  probe.measure(at, n);
  if (probe.total.value !== total || probe.bits.value !== bits) return `${told}: their measure`;
  // Of what was measured before, which is more, neither must know.
  probe.measure(at, ROOM);
  if ((probe.anyNonZero(at, n) !== 0) !== (bits !== 0n)) return `${told}: whether any is not zero`;
  probe.measure(at, ROOM);
  probe.normalise(apart, at, n);
  probe.normalise(at, at, n);
  return wrongIn(probe, 1, expected, told) ?? wrongIn(probe, 0, expected, `${told} in place`);
}

/** Parts of a total they need not sum to. */
function wrongQuotients(probe: VectorProbe, x: readonly bigint[], total: bigint): string | undefined {
  const expected = x.map((part) => quotient(part, total));
  put(probe, 0, x);
  put(probe, 1, []);
  probe.divideParts(probe.vector(1), probe.vector(0), x.length, total);
  probe.divideParts(probe.vector(0), probe.vector(0), x.length, total);
  const told = `${x} of ${total}`;
  return wrongIn(probe, 1, expected, told) ?? wrongIn(probe, 0, expected, `${told} in place`);
}

/** Products, apart and in the place of either. */
function wrongProducts(probe: VectorProbe, a: readonly bigint[], b: readonly bigint[]): string | undefined {
  const expected = a.map((x, i) => (x * b[i]!) >> 32n);
  return firstOf([2, 0, 1], (out) => {
    put(probe, 0, a);
    put(probe, 1, b);
    put(probe, 2, []);
    probe.mul(probe.vector(out), probe.vector(0), probe.vector(1), a.length);
    return wrongIn(probe, out, expected, `${a} times ${b} in ${out}`);
  });
}

/** Over 65535. */
function wrongU16(probe: VectorProbe, x: readonly bigint[]): string | undefined {
  const expected = x.map((value) => (value < 0n ? 0 : value > ONE ? 65535 : Number((value * 65535n) >> 32n)));
  put(probe, 0, x);
  return wrongU16In(probe, expected, `${x} over 65535`, () => probe.toU16(probe.vector(1), probe.vector(0), x.length));
}

/** Upscaled to the largest. */
function wrongUpscaled(probe: VectorProbe, x: readonly bigint[]): string | undefined {
  put(probe, 0, x);
  return wrongU16In(probe, maxUpscaleFixed(x), `${x} upscaled`, () =>
    probe.upscale(probe.vector(1), probe.vector(0), x.length),
  );
}

/** The same of whole numbers. */
function wrongUpscaledWhole(probe: VectorProbe, values: readonly number[]): string | undefined {
  const given = new Uint16Array(probe.memory.buffer, probe.vector(0), 4 * ROOM).fill(65535);
  given.set(values);
  return wrongU16In(probe, maxUpscale(values), `${values} upscaled`, () =>
    probe.upscaleWhole(probe.vector(1), probe.vector(0), values.length),
  );
}

const listOf = <T>(length: number, of: (i: number) => T) => Array.from({ length }, (_, i) => of(i));
const range = (length: number) => listOf(length, (i) => i);

/** What they are asked: each tells the first thing wrong, or undefined. */
export const VECTORS: Readonly<Record<string, (probe: VectorProbe) => string | undefined>> = {
  "shares of any size, of any number": (probe) => {
    const next = random(7n);
    return firstOf(range(4000), (round) => {
      const bits = 1 + Number(next(6) % 45n);
      const x = listOf(round % 9, () => (next(3) === 0n ? 0n : next(bits)));
      return wrongShares(probe, x);
    });
  },

  "one holds everything, all hold the same, and nobody holds anything": (probe) => {
    const cases = [1n, 12345n, ONE, ONE + 1n, LIMIT / 16n].flatMap((part) =>
      range(10).flatMap((n) => [
        ...[part, 0n].map((each) => listOf(n, () => each)),
        ...range(n).map((k) => listOf(n, (i) => (i === k ? part : 0n))),
      ]),
    );
    return firstOf(cases, (x) => wrongShares(probe, x));
  },

  "what is no part of its sum: negative, wrapped, or a sum too large for doubles": (probe) => {
    const parts = [-1n, 1n, -ONE, ONE, LIMIT - 1n, LIMIT, LIMIT + 1n, LIMIT << 8n, TOP, -TOP - 1n];
    const others = [0n, 1n, -1n, 3n * ONE, LIMIT, TOP];
    const cases = parts.flatMap((part) =>
      others.flatMap((other) => [
        [part, other],
        [part, other, 1n, other, part],
      ]),
    );
    return firstOf([...cases, [TOP, TOP, 5n], [-5n, 6n, 0n], [5n, -5n]], (x) => wrongShares(probe, x));
  },

  "quotients that are whole, and their neighbours": (probe) => {
    const next = random(8n);
    return firstOf(range(4000), () => {
      const total = 1n + (next(52) % (LIMIT - 1n));
      // The first part that comes to a quotient, the one before, and the one after.
      const first = (next(33) * total + ONE - 1n) >> 32n;
      const parts = [first - 1n, first, first + 1n].filter((part) => part >= 0n && part <= total);
      return firstOf(parts, (part) => wrongQuotients(probe, [part, 0n], total));
    });
  },

  "quotients of totals at the ends": (probe) =>
    firstOf([1n, 3n, ONE - 1n, ONE, ONE + 1n, LIMIT - 1n], (total) =>
      firstOf([0n, 1n, total >> 1n, total - 1n, total], (part) =>
        wrongQuotients(probe, [0n, part, 0n, 0n, part], total),
      ),
    ),

  "products of numbers up to one": (probe) => {
    const levels = [0n, 1n, 2n, ONE / 2n, ONE - 1n, ONE];
    const next = random(9n);
    const vector = (n: number) => listOf(n, () => next(32));
    return (
      firstOf(levels, (x) =>
        firstOf(levels, (y) => wrongProducts(probe, [x, x, 0n, ONE, 0n, 0n, x], [y, 1n, y, y, 1n, y, ONE])),
      ) ?? firstOf(range(1000), (round) => wrongProducts(probe, vector(round % 7), vector(round % 7)))
    );
  },

  "over 65535: at each step, and beyond what fits": (probe) => {
    const far = (1n << 47n) - 1n;
    const cases = range(20).map((n) => listOf(n, (i) => (BigInt(i) * ONE) / 19n));
    cases.push([0n, 1n, -1n, ONE, ONE - 1n, ONE + 1n, far, -far, 2n * ONE, -ONE, ONE / 2n]);
    for (let code = 0n; code < 65535n; code += 8n) {
      const first = ((code + 1n) * ONE + 65534n) / 65535n;
      cases.push([first - 1n, first, first + 1n, first - 2n, first + 65536n, first, first - 1n, first]);
    }
    return firstOf(cases, (x) => wrongU16(probe, x));
  },

  "rows upscaled, of a largest about its turn, of hardly anything, of nothing": (probe) => {
    const [turn, little] = [32768n * ONE, ONE / 4n];
    const tops = [turn - ONE, turn - little, turn, turn + little, 65535n * ONE, 1n, 2n, 0n, -1n, -ONE];
    // A half of the largest comes to a half of 65535, which a quotient cut off on the way rounds down.
    const cases = tops.flatMap((top) => [[top], [top / 2n, top, -top, top - 1n]]);
    return firstOf([[], ...cases], (x) => wrongUpscaled(probe, x));
  },

  "whole rows upscaled": (probe) =>
    firstOf([[], [0, 0], [1], [1, 0], [32767, 16384], [32768, 16384, 1], [32769, 3]], (values) =>
      wrongUpscaledWhole(probe, values),
    ),

  "random rows upscaled": (probe) => {
    const next = random(10n);
    return firstOf(range(3000), (round) => {
      const fractions = listOf(round % 6, () => next(49) - next(20));
      const values = listOf(round % 6, () => Number(next(16)));
      return wrongUpscaled(probe, fractions) ?? wrongUpscaledWhole(probe, values);
    });
  },
};
