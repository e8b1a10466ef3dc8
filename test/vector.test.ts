/** Vectors of one number a uid, with lanes and without, against their definitions in BigInt. */
import { describe, expect, test } from "vitest";
import { probe } from "./support/probe.js";

interface Probe {
  readonly memory: WebAssembly.Memory;
  /** Where vector k begins; each has room for 4096 elements. */
  vector(k: number): number;
  sum(x: number, n: number): bigint;
  bitsOf(x: number, n: number): bigint;
  divideBy(out: number, x: number, n: number, total: bigint): void;
  normalise(out: number, x: number, n: number): void;
}

const SOURCE = `
export { abort } from "../assembly/trap";
export { bitsOf, divideBy, normalise, sum } from "../assembly/linear/vector";
const base = memory.data(131072, 16);
export function vector(k: u32): usize { return base + ((<usize>k) << 15); }
`;

const BUILDS = [
  ["with lanes", probe<Probe>("vectorProbe", SOURCE)],
  ["without", probe<Probe>("vectorScalarProbe", SOURCE, false)],
] as const;

const ONE = 1n << 32n;
const LIMIT = 1n << 52n;
const signed = (x: bigint) => BigInt.asIntN(64, x);

/** A generator of numbers below 2^bits, small and large ones alike. */
function random(seed: bigint): (bits: number) => bigint {
  let state = seed;
  return (bits) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) % (1n << 192n);
    return (state >> 40n) % (1n << (1n + ((state >> 20n) % BigInt(bits))));
  };
}

/** x / total truncated, 0 where it does not fit, x itself where total is 0. */
function quotient(x: bigint, total: bigint): bigint {
  if (total === 0n) return x;
  const whole = (x << 32n) / total;
  return whole === signed(whole) ? whole : 0n;
}

describe.each(BUILDS)("%s", (_, kernel) => {
  const view = (k: number, n: number) => new BigInt64Array(kernel.memory.buffer, kernel.vector(k), n);

  /** Writes a vector with something behind it that must not be counted, and makes sure that nothing is written behind a result. */
  function put(k: number, x: readonly bigint[]): void {
    view(k, x.length + 2).set([...x, -1n, -1n]);
  }

  function expectVector(k: number, expected: readonly bigint[]): void {
    expect([...view(k, expected.length + 2)]).toEqual([...expected, -1n, -1n]);
  }

  /** Divides by a total and by the sum, apart and in place. */
  function expectQuotients(x: readonly bigint[], total = signed(x.reduce((a, b) => a + b, 0n))): void {
    const n = x.length;
    const expected = x.map((part) => quotient(part, total));
    put(0, x);
    put(1, x);
    kernel.divideBy(kernel.vector(1), kernel.vector(0), n, total);
    expectVector(1, expected);
    kernel.divideBy(kernel.vector(0), kernel.vector(0), n, total);
    expectVector(0, expected);
    if (total !== signed(x.reduce((a, b) => a + b, 0n))) return;
    put(0, x);
    expect([kernel.sum(kernel.vector(0), n), kernel.bitsOf(kernel.vector(0), n)]).toEqual([
      total,
      x.reduce((a, b) => a | b, 0n),
    ]);
    kernel.normalise(kernel.vector(0), kernel.vector(0), n);
    expectVector(0, expected);
  }

  test("shares of any size, of any number", () => {
    const next = random(7n);
    for (let round = 0; round < 4000; round++) {
      const bits = 1 + Number(next(6) % 45n);
      expectQuotients(Array.from({ length: round % 9 }, () => (next(3) === 0n ? 0n : next(bits))));
    }
  });

  test("quotients that are whole, and their neighbours", () => {
    const next = random(8n);
    for (let round = 0; round < 4000; round++) {
      const total = 1n + (next(52) % (LIMIT - 1n));
      // The first part that comes to a quotient, the one before, and the one after.
      const first = (next(33) * total + ONE - 1n) >> 32n;
      const parts = [first - 1n, first, first + 1n].filter((part) => part >= 0n && part <= total);
      for (const part of parts) expectQuotients([part, 0n], total);
    }
    for (const total of [1n, 3n, ONE - 1n, ONE, ONE + 1n, LIMIT - 1n]) {
      for (const part of [0n, 1n, total >> 1n, total - 1n, total]) expectQuotients([0n, part, 0n], total);
    }
  });

  test("one holds everything, all hold the same, and nobody holds anything", () => {
    for (let n = 1; n <= 9; n++) {
      for (const part of [1n, 12345n, ONE, ONE + 1n, LIMIT / 16n]) {
        expectQuotients(Array.from({ length: n }, () => part));
        for (let k = 0; k < n; k++) expectQuotients(Array.from({ length: n }, (_, i) => (i === k ? part : 0n)));
      }
      expectQuotients(Array.from({ length: n }, () => 0n));
    }
  });

  test("what is no part of the total: negative, larger, wrapped, or a total too large for doubles", () => {
    for (const total of [LIMIT - 1n, LIMIT, LIMIT + 1n, (1n << 63n) - 1n, -1n, -ONE, 1n, ONE]) {
      for (const part of [-1n, 1n, -ONE, ONE, LIMIT, total, signed(total + 1n), total >> 1n, -(1n << 63n)]) {
        expectQuotients([part], total);
        expectQuotients([part, 3n, part, 0n, part], total);
      }
    }
    expectQuotients([(1n << 63n) - 1n, (1n << 63n) - 1n, 5n]);
    expectQuotients([-5n, 6n, 0n]);
  });
});
