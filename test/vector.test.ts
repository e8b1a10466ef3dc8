/** Vectors of one number a uid, with lanes and without, against their definitions in BigInt. */
import { describe, expect, test } from "vitest";
import { probe } from "./support/probe.js";
import { random } from "./support/shareProbe.js";

interface Probe {
  readonly memory: WebAssembly.Memory;
  /** Where vector k begins; each has room for 4096 elements. */
  vector(k: number): number;
  sum(x: number, n: number): bigint;
  measure(x: number, n: number): void;
  readonly total: WebAssembly.Global;
  readonly bits: WebAssembly.Global;
  divideParts(out: number, x: number, n: number, total: bigint): void;
  normalise(out: number, x: number, n: number): void;
  mul(out: number, a: number, b: number, n: number): void;
  toU16(out: number, x: number, n: number): void;
}

const SOURCE = `
export { abort } from "../assembly/trap";
export { bits, divideParts, measure, mul, normalise, sum, toU16, total } from "../assembly/linear/vector";
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

  const sumOf = (x: readonly bigint[]) => signed(x.reduce((a, b) => a + b, 0n));

  /** Measures and normalises, apart and in place. */
  function expectShares(x: readonly bigint[]): void {
    const [n, total] = [x.length, sumOf(x)];
    const expected = x.map((part) => quotient(part, total));
    put(0, x);
    put(1, x);
    expect(kernel.sum(kernel.vector(0), n)).toBe(total);
    kernel.measure(kernel.vector(0), n);
    expect([kernel.total.value, kernel.bits.value]).toEqual([total, x.reduce((a, b) => a | b, 0n)]);
    kernel.normalise(kernel.vector(1), kernel.vector(0), n);
    expectVector(1, expected);
    kernel.normalise(kernel.vector(0), kernel.vector(0), n);
    expectVector(0, expected);
  }

  /** Divides parts by a total they need not sum to. */
  function expectQuotients(x: readonly bigint[], total: bigint): void {
    put(0, x);
    kernel.divideParts(kernel.vector(0), kernel.vector(0), x.length, total);
    expectVector(
      0,
      x.map((part) => quotient(part, total)),
    );
  }

  test("shares of any size, of any number", () => {
    const next = random(7n);
    for (let round = 0; round < 4000; round++) {
      const bits = 1 + Number(next(6) % 45n);
      expectShares(Array.from({ length: round % 9 }, () => (next(3) === 0n ? 0n : next(bits))));
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
        expectShares(Array.from({ length: n }, () => part));
        for (let k = 0; k < n; k++) expectShares(Array.from({ length: n }, (_, i) => (i === k ? part : 0n)));
      }
      expectShares(Array.from({ length: n }, () => 0n));
    }
  });

  test("what is no part of its sum: negative, wrapped, or a sum too large for doubles", () => {
    const top = (1n << 63n) - 1n;
    for (const part of [-1n, 1n, -ONE, ONE, LIMIT - 1n, LIMIT, LIMIT + 1n, top, -top - 1n]) {
      for (const other of [0n, 1n, -1n, 3n * ONE, LIMIT, top]) expectShares([part, other, 1n, other, part]);
    }
    expectShares([top, top, 5n]);
    expectShares([-5n, 6n, 0n]);
  });

  test("products of numbers up to one", () => {
    const next = random(9n);
    const levels = [0n, 1n, 2n, ONE / 2n, ONE - 1n, ONE];
    const expectProducts = (a: readonly bigint[], b: readonly bigint[]): void => {
      put(0, a);
      put(1, b);
      kernel.mul(kernel.vector(0), kernel.vector(0), kernel.vector(1), a.length);
      expectVector(
        0,
        a.map((x, i) => (x * b[i]!) >> 32n),
      );
    };
    for (const x of levels) for (const y of levels) expectProducts([x, x, 0n, ONE, x], [y, 1n, y, y, ONE]);
    for (let round = 0; round < 1000; round++) {
      const vector = () => Array.from({ length: round % 7 }, () => next(32));
      expectProducts(vector(), vector());
    }
  });

  test("over 65535: at each step, and beyond what fits", () => {
    const expectU16 = (x: readonly bigint[]): void => {
      put(0, x);
      new Uint16Array(kernel.memory.buffer, kernel.vector(1), x.length + 2).fill(12345);
      kernel.toU16(kernel.vector(1), kernel.vector(0), x.length);
      const expected = x.map((value) => (value < 0n ? 0 : value > ONE ? 65535 : Number((value * 65535n) >> 32n)));
      const found = [...new Uint16Array(kernel.memory.buffer, kernel.vector(1), x.length + 2)];
      expect(found).toEqual([...expected, 12345, 12345]);
    };
    const far = (1n << 47n) - 1n;
    expectU16([0n, 1n, -1n, ONE, ONE - 1n, ONE + 1n, far, -far, 2n * ONE, -ONE, ONE / 2n]);
    for (let n = 0; n < 20; n++) expectU16(Array.from({ length: n }, (_, i) => (BigInt(i) * ONE) / 19n));
    for (let code = 0n; code < 65535n; code += 8n) {
      const first = ((code + 1n) * ONE + 65534n) / 65535n;
      expectU16([first - 1n, first, first + 1n, first - 2n, first + 65536n, first, first - 1n, first]);
    }
  });
});
