/** A door to the divisions of the fused path, in doubles and in integers, and the whole numbers they are held to. */
import { random } from "./searchProbe.js";

/** What it lets one do. */
export interface DivisionProbe {
  readonly memory: WebAssembly.Memory;
  /** Lays out so many rows of eight columns. */
  draw(rows: number): void;
  /** Where the block, the sums of its columns (u64), and the quotients are; u32 from one row of quotients to the next. */
  block(): number;
  totals(): number;
  quotients(): number;
  pitch(): number;
  /** Divides; returns a bit a column with a quotient of one. */
  divide(): number;
  /** How many rows were divided exactly since `draw`. */
  exact(): number;
  /** Where four u16 w (as u32), their sums and the quotients are; divides them. Traps where inverses of eight are not those of one. */
  small(): number;
}

/** The door, in AssemblyScript; its imports start at build/. */
export const DIVISION_PROBE = `
import * as area from "../assembly/consensus/fused/area";
import { divideBlock, exactGroups, resetCount } from "../assembly/consensus/fused/quotient";
import { highPart, inverse, lowPart, quotients as smallQuotients, storeInverses } from "../assembly/consensus/fused/smallQuotient";
const TOTALS = memory.data(64, 16);
const SMALL = memory.data(80, 16);
export function draw(rows: u32): void { area.draw(__heap_base, 0, rows, 8); resetCount(); }
export function block(): usize { return area.fresh; }
export function totals(): usize { return TOTALS; }
export function quotients(): usize { return area.newBonds; }
export function pitch(): u32 { return area.pitch; }
export function divide(): u32 { return divideBlock(area.newBonds, (<usize>area.pitch) << 2, area.fresh, TOTALS); }
export function exact(): u32 { return exactGroups; }
const INVERSES = memory.data(96, 16);
export function small(): usize {
  const sums = v128.load(SMALL, 16);
  v128.store(INVERSES, sums);
  v128.store(INVERSES, sums, 16);
  storeInverses(INVERSES, INVERSES + 32, INVERSES + 64);
  for (let k: usize = 0; k < 32; k += 4) {
    const r = inverse(load<u32>(INVERSES + k));
    if (load<u32>(INVERSES + k, 32) !== highPart(r) || load<u32>(INVERSES + k, 64) !== lowPart(r)) unreachable();
  }
  v128.store(SMALL, smallQuotients(v128.load(SMALL), v128.load(INVERSES, 48), v128.load(INVERSES, 80), sums), 64);
  return SMALL;
}
`;

const ROWS = 21;
const COLUMNS = 8;
const ONE = 1n << 32n;
/** What stands behind the last row of quotients. */
const BEYOND = 0xbeef_beef;
const next = random(20_264);
const large = () => (BigInt(next()) << 32n) | BigInt(next());

/** Sums of a column: of 4096 rows at most, and far less. */
const TOTALS = [
  () => 1n + (large() % (1n << 44n)),
  () => 1n + ((large() % (1n << 44n)) >> BigInt(next() % 44)),
  () => ONE + BigInt(next() % 5) - 2n,
  () => 1n << BigInt(next() % 45),
  () => 3n * BigInt(1 + (next() % 1000)),
] as const;

/** A dividend of at most the sum and below one: whatever there is, the ends, and those right below, at and above a whole quotient. */
function dividend(total: bigint, row: number): bigint {
  const most = total < ONE ? total : ONE - 1n;
  const quotient = (BigInt(next()) * ((most << 32n) / total)) >> 32n;
  const turn = (quotient * total) / ONE + BigInt(next() % 3) - 1n;
  const x = [turn, turn, large() % (most + 1n), 0n, most, BigInt(next() % 4)][row % 6]!;
  return x < 0n ? 0n : x > most ? most : x;
}

/** What is wrong first in so many blocks; undefined if nothing is. */
export function wrongQuotient(probe: DivisionProbe, rounds: number): string | undefined {
  probe.draw(ROWS);
  for (let round = 0; round < rounds; round++) {
    const totals = Array.from({ length: COLUMNS }, (_, k) =>
      round % 4 === 0 && k === round % 8 ? 0n : TOTALS[(round + k) % TOTALS.length]!(),
    );
    const cells = Array.from({ length: ROWS }, (_, r) =>
      totals.map((total) => (total === 0n ? 0n : dividend(total, (r + round) % 6))),
    );
    putBlock(probe, totals, cells);
    const found = new Uint32Array(probe.memory.buffer, probe.quotients());
    found.fill(BEYOND, ROWS * probe.pitch(), ROWS * probe.pitch() + COLUMNS);
    const ones = probe.divide();
    if (found.subarray(ROWS * probe.pitch()).findIndex((cell) => cell !== BEYOND) !== COLUMNS) return "a row too many";
    for (const [k, total] of totals.entries()) {
      const expected = cells.map((row) => (total === 0n ? 0n : (row[k]! << 32n) / total));
      if (((ones >> k) & 1) !== Number(expected.includes(ONE))) return `a one of ${total}`;
      const r = expected.findIndex((quotient, r) => found[r * probe.pitch() + k] !== Number(quotient % ONE));
      if (r >= 0) return `${cells[r]![k]} / ${total}: ${found[r * probe.pitch() + k]}, not ${expected[r]}`;
    }
  }
  return undefined;
}

function putBlock(probe: DivisionProbe, totals: readonly bigint[], cells: readonly (readonly bigint[])[]): void {
  new BigUint64Array(probe.memory.buffer, probe.totals(), COLUMNS).set(totals);
  const block = new Uint32Array(probe.memory.buffer, probe.block());
  for (const [r, row] of cells.entries()) block.set(row.map(Number), COLUMNS * r);
}

/** Which part of the rows of so many blocks of any numbers, and zeros, are divided exactly. */
export function exactPart(probe: DivisionProbe, rounds: number): number {
  probe.draw(ROWS);
  for (let round = 0; round < rounds; round++) {
    const totals = Array.from({ length: COLUMNS }, () => (1n << 33n) + (large() % (1n << 40n)));
    const cells = Array.from({ length: ROWS }, (_, r) => totals.map(() => (r % 5 === 0 ? 0n : BigInt(next()))));
    putBlock(probe, totals, cells);
    probe.divide();
  }
  return probe.exact() / (rounds * ROWS);
}

/**
 * How many rows are counted as divided exactly less those that have to be: sums of 2^25 to 2^32 make every quotient whole, which is where
 * doubles decide nothing but of zeros.
 */
export function miscounted(probe: DivisionProbe): number {
  probe.draw(ROWS);
  const totals = Array.from({ length: COLUMNS }, (_, k) => 1n << BigInt(25 + k));
  const some = Array.from({ length: ROWS }, (_, r) => r % 3 !== 0);
  const cells = some.map((isSome, r) =>
    totals.map((total, k) => (isSome && k === r % COLUMNS ? 1n + (large() % (total - 1n)) : 0n)),
  );
  putBlock(probe, totals, cells);
  probe.divide();
  return probe.exact() - some.filter(Boolean).length;
}

/** Sums of a row of u16. */
const SMALL_SUMS = [
  () => 1 + (next() % (2 ** 28 - 1)),
  () => 1 + ((next() % 2 ** 28) >> (next() % 28)),
  () => 2 ** 28 - 1 - (next() % 3),
  () => 2 ** (next() % 28),
  () => 65535 * (1 + (next() % 4096)),
  () => 65535 + (next() % 5) - 2,
] as const;

/** What is wrong first of so many quotients of small numbers; undefined if nothing is. A w that is all of its sum fits nowhere. */
export function wrongSmallQuotient(probe: DivisionProbe, rounds: number): string | undefined {
  const at = probe.small();
  for (let round = 0; round < rounds; round++) {
    const view = new Uint32Array(probe.memory.buffer, at, 20);
    for (let k = 0; k < 4; k++) {
      const sum = round % 9 === 0 && k === 2 ? 0 : SMALL_SUMS[(round + k) % SMALL_SUMS.length]!();
      const most = Math.max(0, Math.min(65535, sum - 1));
      view[k] = [next() % (most + 1), most, Math.min(most, 1), 0][round % 4]!;
      view[4 + k] = sum;
    }
    probe.small();
    for (let k = 0; k < 4; k++) {
      const [w, sum] = [BigInt(view[k]!), BigInt(view[4 + k]!)];
      const expected = sum === 0n ? 0n : (w << 32n) / sum;
      if (BigInt(view[16 + k]!) !== expected) return `${w} / ${sum}: ${view[16 + k]}, not ${expected}`;
    }
  }
  return undefined;
}
