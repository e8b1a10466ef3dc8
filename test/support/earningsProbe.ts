/** A door to what rows earn by their shares of bonds, and the whole numbers it is held to. */
import { random } from "./searchProbe.js";

/** What it lets one do. */
export interface EarningsProbe {
  readonly memory: WebAssembly.Memory;
  /** Lays out so many rows and columns, of uids 0, 1, … each. */
  draw(rows: number, columns: number): void;
  /** Where the bonds are (u32, and cells from one row to the next), a bit for each there is, the sums of columns, incentives, and what rows earn (u64 each). */
  bonds(): number;
  present(): number;
  pitch(): number;
  totals(): number;
  incentives(): number;
  earned(): number;
  /** Adds up; returns how many shares were computed in integers. */
  earn(): number;
}

/** The door, in AssemblyScript; its imports start at build/. */
export const EARNINGS_PROBE = `
import * as frame from "../assembly/consensus/frame";
import * as area from "../assembly/consensus/fused/area";
import { sumBondTotals } from "../assembly/consensus/fused/dividends";
import { exactShares, resetCount } from "../assembly/consensus/fused/share";
import * as input from "../assembly/consensus/input";
const UIDS: u32 = 96;
const ENTRIES: u32 = 4096;
export function draw(rows: u32, columns: u32): void {
  if (memory.size() < 64) memory.grow(64);
  const base = (__heap_base + 15) & ~15;
  input.draw(base, UIDS, ENTRIES, ENTRIES);
  frame.draw(base + <usize>input.bytes(UIDS, ENTRIES, ENTRIES), UIDS, ENTRIES, ENTRIES);
  area.draw(frame.matrixBase, 0, rows, columns);
  for (let r: u32 = 0; r < rows; r++) store<u32>(area.rowUid + (<usize>r << 2), r);
  for (let j: u32 = 0; j < columns; j++) store<u16>(area.columnUid + (<usize>j << 1), <u16>j);
}
export function bonds(): usize { return area.newBonds; }
export function present(): usize { return area.present; }
export function pitch(): u32 { return area.pitch; }
export function totals(): usize { return area.total; }
export function incentives(): usize { return frame.incentive; }
export function earned(): usize { return frame.bondTotals; }
export function earn(): u32 { resetCount(); sumBondTotals(); return exactShares; }
`;

const ROWS = 12;
const ONE = 1n << 32n;
const next = random(20_265);
const below = (most: bigint) => ((BigInt(next()) << 32n) | BigInt(next())) % most;

/**
 * A bond that earns nearly a whole number: v = b·I / C lies above one by less than I / 2^32, and what the inner floor leaves out takes it below,
 * which is seen only where the share's own rest is large.
 */
function nearlyWhole(total: bigint, incentive: bigint): bigint {
  const most = total < ONE ? total : ONE - 1n;
  const whole = 1n + below((most * incentive) / total + 1n);
  const last = (whole * total) / incentive + 1n + total / ONE;
  for (let tries = 0n; tries < 40n; tries++) {
    const b = last - tries;
    if (b < 0n || b > most) continue;
    const share = (b << 32n) / total;
    if ((share * incentive) / ONE < (b * incentive) / total) return b;
  }
  return below(most + 1n);
}

/** A bond that earns as little less than a whole number as there is: rounded, it may come to that number. */
function hardlyLess(total: bigint, incentive: bigint): bigint {
  const most = total < ONE ? total : ONE - 1n;
  const whole = 1n + below((most * incentive) / total + 1n);
  const b = (whole * total - 1n) / incentive;
  return b <= most ? b : below(most + 1n);
}

/** A column: the sum of its bonds, its incentive, and the bond of each row. */
interface Column {
  readonly total: bigint;
  readonly incentive: bigint;
  readonly bonds: readonly bigint[];
}

function column(round: number, share: bigint): Column {
  const total = 1n + below(1n << BigInt(8 + ((round * 7) % 37)));
  const incentive = [share, below(share + 1n), share >> BigInt(next() % 32), 0n][round % 4]!;
  const most = total < ONE ? total : ONE - 1n;
  const bonds = Array.from({ length: ROWS }, (_, r) => {
    if (r % 3 === 0 && incentive > 0n) return nearlyWhole(total, incentive);
    if (r % 3 === 1 && incentive > 0n) return hardlyLess(total, incentive);
    return [below(most + 1n), most, 0n, below(3n) % (most + 1n)][(r + round) % 4]!;
  });
  return { total, incentive, bonds };
}

function put(probe: EarningsProbe, columns: readonly Column[]): void {
  probe.draw(ROWS, columns.length);
  const bonds = new Uint32Array(probe.memory.buffer, probe.bonds());
  const present = new Uint8Array(probe.memory.buffer, probe.present());
  const totals = new BigUint64Array(probe.memory.buffer, probe.totals());
  const incentives = new BigUint64Array(probe.memory.buffer, probe.incentives());
  for (let r = 0; r < ROWS; r++) bonds.fill(0, r * probe.pitch(), (r + 1) * probe.pitch());
  for (const [j, { total, incentive, bonds: own }] of columns.entries()) {
    totals[j] = total;
    incentives[j] = incentive;
    for (const [r, bond] of own.entries()) {
      const at = r * probe.pitch() + j;
      bonds[at] = Number(bond);
      if (bond !== 0n) present[at >> 3]! |= 1 << (at & 7);
    }
  }
}

/** Nearly all incentive, its sum of bonds, and one whose fraction is the largest there is: a bit more, and it were another whole number. */
const LARGEST_FRACTIONS: readonly Column[] = [
  [2_097_143n, 114_289n],
  [3_000_001n, 478_346n],
  [1_500_007n, 850_902n],
].map(([total, bond]) => ({
  total: total!,
  incentive: 4_294_966_296n,
  bonds: Array.from({ length: ROWS }, () => bond!),
}));

/** What is wrong first in so many rounds; undefined if nothing is. Incentives sum to at most one. */
export function wrongEarnings(probe: EarningsProbe, rounds: number): string | undefined {
  for (let round = 0; round < rounds; round++) {
    const width = 1 + (round % 17) + (round % 7 === 0 ? 53 : 0);
    const columns =
      round % 11 === 0
        ? [{ total: 5n + below(1n << 30n), incentive: ONE, bonds: [] as bigint[] }].map((one) => ({
            ...one,
            bonds: Array.from({ length: ROWS }, (_, r) => (r === 0 ? one.total : below(one.total))),
          }))
        : Array.from({ length: width }, (_, j) => column(round + j, ONE / BigInt(width)));
    // A column nobody holds.
    if (round % 5 === 0 && columns.length > 1) columns[1] = { total: 0n, incentive: columns[1]!.incentive, bonds: [] };
    const own = LARGEST_FRACTIONS[round];
    if (own !== undefined) columns.splice(0, columns.length, own);
    put(probe, columns);
    probe.earn();
    const earned = new BigUint64Array(probe.memory.buffer, probe.earned(), ROWS);
    for (let r = 0; r < ROWS; r++) {
      const expected = columns.reduce((sum, { total, incentive, bonds }) => {
        return total === 0n ? sum : sum + ((((bonds[r] ?? 0n) << 32n) / total) * incentive) / ONE;
      }, 0n);
      if (earned[r] !== expected) return `round ${round}, row ${r}: ${earned[r]}, not ${expected}`;
    }
  }
  return undefined;
}

/** Which part of the bonds of so many rounds of any numbers is computed in integers. */
export function exactEarnings(probe: EarningsProbe, rounds: number): number {
  const WIDTH = 64;
  let exact = 0;
  for (let round = 0; round < rounds; round++) {
    const columns = Array.from({ length: WIDTH }, () => {
      const bonds = Array.from({ length: ROWS }, (_, r) => (r % 4 === 0 ? 0n : BigInt(next())));
      return { total: bonds.reduce((sum, bond) => sum + bond, 0n), incentive: ONE / BigInt(WIDTH), bonds };
    });
    put(probe, columns);
    exact += probe.earn();
  }
  return exact / (rounds * WIDTH * ROWS);
}

/**
 * How many shares are counted as computed in integers less those that have to be: of bonds that earn whole numbers and halves, the whole
 * numbers but zero, which doubles have a little above themselves.
 */
export function miscounted(probe: EarningsProbe): number {
  const total = 1n << 27n;
  const bonds = Array.from({ length: ROWS }, (_, r) => BigInt(r % 5 === 4 ? 0 : 1000 + 7 * r));
  const columns = Array.from({ length: 16 }, () => ({ total, incentive: ONE / 64n, bonds }));
  put(probe, columns);
  const whole = bonds.filter((bond) => bond > 0n && bond % 2n === 0n);
  return probe.earn() - columns.length * whole.length;
}
