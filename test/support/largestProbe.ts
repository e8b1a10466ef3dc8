/** A door to what Yuma 2 stores of a block of shares, and the integers it is held to. */
import { random } from "./searchProbe.js";

/** What it lets one do. */
export interface LargestProbe {
  readonly memory: WebAssembly.Memory;
  /** Lays out so many rows of eight columns. */
  draw(rows: number): void;
  /** Where the shares and the codes are, and the largest of each column; cells from one row to the next. */
  shares(): number;
  codes(): number;
  tops(): number;
  pitch(): number;
  /** Writes the codes; returns how many rows were computed in integers. */
  find(): number;
}

/** The door, in AssemblyScript; its imports start at build/. */
export const LARGEST_PROBE = `
import * as area from "../assembly/consensus/fused/area";
import { storeParts } from "../assembly/consensus/fused/largest";
import { exactGroups, resetCount } from "../assembly/consensus/fused/quotient";
const TOPS = memory.data(64, 16);
export function draw(rows: u32): void { area.draw(__heap_base, 0, rows, 8); }
export function shares(): usize { return area.shares; }
export function codes(): usize { return area.codes; }
export function tops(): usize { return TOPS; }
export function pitch(): u32 { return area.pitch; }
export function find(): u32 {
  resetCount();
  storeParts(area.codes, area.shares, TOPS);
  return exactGroups;
}
`;

const ROWS = 24;
const COLUMNS = 8;
const ONE = 2 ** 32;
const U16_ONE = 65535;
const next = random(20_263);

/** A largest share: of any size, close to one, or few steps. */
const TOPS = [
  () => 1 + (next() % (ONE - 1)),
  () => 1 + (next() >>> (next() % 32)),
  () => ONE - 1 - (next() % 3),
  () => 1 + (next() % 70_000),
  () => U16_ONE * (1 + (next() % 65_536)),
] as const;

/** A share of at most `top`: the ends, any, and beside those whose code turns. */
function shareBelow(top: number, row: number): number {
  const turn = Math.round(((next() % U16_ONE) * top) / U16_ONE) + (next() % 3) - 1;
  const share = [turn, turn, next() % (top + 1), next() % (top + 1), top - (next() % 3), next() % 3][row % 6]!;
  return row === 0 ? top : Math.max(0, Math.min(top, share));
}

/** What the reference has for it: top over itself is one, and one is 65535. */
function codeOf(share: number, top: number): number {
  if (share === top) return U16_ONE;
  const quotient = (BigInt(share) << 32n) / BigInt(top);
  return Number((quotient * BigInt(U16_ONE)) >> 32n);
}

/** What is wrong first in so many blocks; undefined if nothing is. */
export function wrongLargest(probe: LargestProbe, rounds: number): string | undefined {
  probe.draw(ROWS);
  for (let round = 0; round < rounds; round++) {
    const shares = new Uint32Array(probe.memory.buffer, probe.shares());
    const codes = new Uint16Array(probe.memory.buffer, probe.codes());
    const tops = new BigUint64Array(probe.memory.buffer, probe.tops(), COLUMNS);
    for (let k = 0; k < COLUMNS; k++) {
      // A largest of one is held by one row, and does not fit; nor is there any where nobody holds anything.
      const isEnd = round % 4 === 0 && k % 4 === 1;
      const top = isEnd ? (k === 1 ? ONE : 0) : TOPS[(round + k) % TOPS.length]!();
      tops[k] = BigInt(top);
      for (let r = 0; r < ROWS; r++) shares[r * probe.pitch() + k] = isEnd ? 0 : shareBelow(top, r);
    }
    probe.find();
    for (let r = 0; r < ROWS; r++) {
      for (let k = 0; k < COLUMNS; k++) {
        const [share, top] = [shares[r * probe.pitch() + k]!, Number(tops[k])];
        const expected = top === ONE ? U16_ONE : top === 0 ? 0 : codeOf(share, top);
        const found = codes[r * probe.pitch() + k];
        if (found !== expected) return `${share} of ${top}: ${found}, not ${expected}`;
      }
    }
  }
  return undefined;
}

/** How many of so many rows of shares of any size are left to integers. */
export function leftOpen(probe: LargestProbe, rounds: number): number {
  probe.draw(ROWS);
  let open = 0;
  for (let round = 0; round < rounds; round++) {
    const shares = new Uint32Array(probe.memory.buffer, probe.shares());
    const tops = new BigUint64Array(probe.memory.buffer, probe.tops(), COLUMNS);
    for (let k = 0; k < COLUMNS; k++) {
      const top = 2 ** 26 + (next() % 2 ** 26);
      tops[k] = BigInt(top);
      for (let r = 0; r < ROWS; r++) shares[r * probe.pitch() + k] = r % 6 === 0 ? (r % 12 ? 0 : top) : next() % top;
    }
    open += probe.find();
  }
  return open / (rounds * ROWS);
}
