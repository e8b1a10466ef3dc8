/** A door to what Yuma 2 stores of a block of bonds, and the integers it is held to. */
import { random } from "./searchProbe.js";

/** What it lets one do. */
export interface LargestProbe {
  readonly memory: WebAssembly.Memory;
  /** Lays out so many rows of eight columns. */
  draw(rows: number): void;
  /** Where the bonds and their codes are, the sum of each column and its largest bond; cells from one row to the next. */
  bonds(): number;
  codes(): number;
  totals(): number;
  tops(): number;
  pitch(): number;
  /** Writes the codes; returns how many were computed in integers. */
  find(): number;
}

/** The door, in AssemblyScript; its imports start at build/. */
export const LARGEST_PROBE = `
import * as area from "../assembly/consensus/fused/area";
import { storeParts } from "../assembly/consensus/fused/largest";
import { exactShares, resetCount } from "../assembly/consensus/fused/share";
const TOPS = memory.data(32, 16);
export function draw(rows: u32): void { area.draw(__heap_base, 0, rows, 8); }
export function bonds(): usize { return area.newBonds; }
export function codes(): usize { return area.codes; }
export function totals(): usize { return area.total; }
export function tops(): usize { return TOPS; }
export function pitch(): u32 { return area.pitch; }
export function find(): u32 {
  resetCount();
  storeParts(0, TOPS);
  return exactShares;
}
`;

const COLUMNS = 8;
const LARGEST = 2 ** 32 - 1;
const U16_ONE = 65535;
const next = random(20_263);

/** A largest bond: of any size, close to one, or of a few steps. */
const TOPS = [
  () => 1 + (next() % LARGEST),
  () => 1 + (next() >>> (next() % 32)),
  () => LARGEST - (next() % 3),
  () => 1 + (next() % 70_000),
  () => U16_ONE * (1 + (next() % 65_536)),
] as const;

/** A bond of at most `top`: the ends, any, and beside those whose code turns. */
function bondBelow(top: number, row: number): number {
  const turn = Math.round(((next() % U16_ONE) * top) / U16_ONE) + (next() % 5) - 2;
  const bond = [turn, turn, next() % (top + 1), top - (next() % 100), top - (next() % 3), next() % 3][row % 6]!;
  return row === 0 ? top : Math.max(0, Math.min(top, bond));
}

/** What the reference has for it: one is 65535. */
function codeOf(bond: number, top: number, total: bigint): number {
  const share = (BigInt(bond) << 32n) / total;
  const largest = (BigInt(top) << 32n) / total;
  const quotient = (share << 32n) / largest;
  return quotient === 1n << 32n ? U16_ONE : Number((quotient * BigInt(U16_ONE)) >> 32n);
}

/** Fills the block, each column by its own row of bonds; returns them. */
function fill(probe: LargestProbe, columns: readonly (readonly number[])[]): void {
  const bonds = new Uint32Array(probe.memory.buffer, probe.bonds());
  const totals = new BigUint64Array(probe.memory.buffer, probe.totals(), COLUMNS);
  const tops = new Uint32Array(probe.memory.buffer, probe.tops(), COLUMNS);
  columns.forEach((column, k) => {
    column.forEach((bond, r) => {
      bonds[r * probe.pitch() + k] = bond;
    });
    totals[k] = column.reduce((sum, bond) => sum + BigInt(bond), 0n);
    tops[k] = Math.max(...column);
  });
}

/** Few rows and many: the more there are, the more floors may have taken. */
const ROWS = [1, 2, 7, 24, 24, 24, 100];

/** What is wrong first in so many blocks; undefined if nothing is. */
export function wrongLargest(probe: LargestProbe, rounds: number): string | undefined {
  for (let round = 0; round < rounds; round++) {
    const rows = ROWS[round % ROWS.length]!;
    probe.draw(rows);
    const columns = Array.from({ length: COLUMNS }, (_, k) => {
      const top = round % 4 === 0 && k === 1 ? 0 : TOPS[(round + k) % TOPS.length]!();
      // Nobody's bonds, one row's, or everybody's.
      return Array.from({ length: rows }, (_, r) => (round % 4 === 0 && k === 2 && r > 0 ? 0 : bondBelow(top, r)));
    });
    fill(probe, columns);
    probe.find();
    const codes = new Uint16Array(probe.memory.buffer, probe.codes());
    for (const [k, column] of columns.entries()) {
      const total = column.reduce((sum, bond) => sum + BigInt(bond), 0n);
      for (const [r, bond] of column.entries()) {
        const expected = bond === 0 ? 0 : codeOf(bond, column[0]!, total);
        const found = codes[r * probe.pitch() + k];
        if (found !== expected)
          return `${bond} of ${column[0]}, ${total} in all, ${rows} rows: ${found}, not ${expected}`;
      }
    }
  }
  return undefined;
}

/** Which part of the bonds of so many blocks, of any size, is left to integers. */
export function leftOpen(probe: LargestProbe, rounds: number): number {
  return partOpen(probe, rounds, (top, r) => (r % 6 === 0 ? (r % 12 ? 0 : top) : next() % top));
}

/**
 * The same of bonds less than four margins of δ above where a code turns, rows being as many as δ less two: those of the first two margins
 * are open, a half.
 */
export function openBesideTurns(probe: LargestProbe, rounds: number): number {
  return partOpen(probe, rounds, (top, r, rows) => {
    const delta = rows + 2;
    const steps = 65_536 * (1 + (next() % 60_000)) - delta + (next() % (4 * delta));
    return r === 0 ? top : Math.round((steps * top) / (65_536 * U16_ONE));
  });
}

function partOpen(
  probe: LargestProbe,
  rounds: number,
  bondOf: (top: number, r: number, rows: number) => number,
): number {
  const rows = 24;
  probe.draw(rows);
  let open = 0;
  for (let round = 0; round < rounds; round++) {
    const columns = Array.from({ length: COLUMNS }, () => {
      const top = 2 ** 31 + (next() % 2 ** 31);
      return Array.from({ length: rows }, (_, r) => bondOf(top, r, rows));
    });
    fill(probe, columns);
    open += probe.find();
  }
  return open / (rounds * rows * COLUMNS);
}
