/** The border of the kernel's rows of weights, asked as emissionBorders.ts asks: what is refused, and that arrays of any length have room and keep apart. */
import { MAX_UIDS } from "../../assembly/contract.js";
import * as abi from "../../assembly/linear/contract.js";
import * as pool from "../../assembly/pool/contract.js";
import type { Kernel, KernelExports } from "../../host/load/kernel.js";
import { fresh, traps, words } from "./fresh.js";

/** Arrays there are not, before there is a row and after it is gone; rows as long as there are, and longer. */
const rowTraps = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const array = (id: number) => () => exports.rowArray(id);
  const begin = (uids: number, values: number) => () => exports.rowBegin(uids, values);
  const first = traps(exports, [array(0), begin(2, 2), array(-1), array(0), array(abi.ROW_ARRAYS - 1)]);
  const longest = [begin(MAX_UIDS + 1, 0), begin(0, MAX_UIDS + 1), begin(MAX_UIDS, MAX_UIDS)];
  const second = traps(exports, [array(abi.ROW_ARRAYS), ...longest, array(0)]);
  exports.epochBegin(2, 2, 2);
  return `${first}; ${second}; ${traps(exports, [array(0)])}`;
};

/** A row over which something was drawn that is gone again: a table, and the long root of a power. */
const rowEnds = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const array = () => exports.rowArray(0);
  exports.rowBegin(2, 2);
  exports.emissionBegin(1);
  exports.mechanismsBegin(0);
  const afterTable = traps(exports, [array]);
  const operands = new BigUint64Array(exports.memory.buffer, exports.poolSlots() >>> 0, 2 * pool.POOL_SLOTS);
  operands[2 * pool.POWER_BASE_NUMERATOR] = 2n;
  operands[2 * pool.POWER_BASE_DENOMINATOR] = 3n;
  operands[2 * pool.POWER_EXPONENT_NUMERATOR] = 1n;
  operands[2 * pool.POWER_EXPONENT_DENOMINATOR] = 3n;
  operands[2 * pool.POOL_AMOUNT] = 9n;
  exports.rowBegin(2, 2);
  exports.poolPower(pool.POWER_WRITTEN_OUT);
  const afterPower = traps(exports, [array]);
  exports.emissionBegin(1);
  exports.rowBegin(2, 2);
  return `${afterTable}; ${afterPower}; ${traps(exports, [array, () => exports.emissionField(0)])}`;
};

/** Where the arrays of a row begin and end. */
function arraysOf(exports: KernelExports, uids: number, values: number): (readonly [begin: number, end: number])[] {
  exports.rowBegin(uids, values);
  const sizes = new Map<number, number>([
    [abi.ROW_BITS, 8 * values],
    [abi.ROW_UIDS, 2 * uids],
  ]);
  const at = Array.from({ length: abi.ROW_ARRAYS }, (_, id) => exports.rowArray(id) >>> 0);
  return at.map((begin, id) => [begin, begin + (sizes.get(id) ?? 2 * values)] as const);
}

/** Rows of every length, in memory that grows no sooner than it has to: arrays end in it, and before the next begins. */
const rowRoom = (kernel: Kernel) => {
  const wrong = (exports: KernelExports, uids: number, values: number) => {
    const arrays = arraysOf(exports, uids, values).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const ends = [...arrays.slice(1).map(([begin]) => begin), exports.memory.buffer.byteLength];
    return arrays.some(([, end], k) => end > ends[k]!);
  };
  const [both, ofValues, ofUids] = [fresh(kernel), fresh(kernel), fresh(kernel)];
  for (let length = 0; length <= MAX_UIDS; length++) {
    if (wrong(both, length, length)) return `${length} of both`;
    if (wrong(ofValues, 0, length)) return `${length} values`;
    if (wrong(ofUids, length, 0)) return `${length} uids`;
  }
  return "enough";
};

/** Looking for repeated uids touches no array. */
const rowsRepeat = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const arrays = arraysOf(exports, 300, 200);
  const bytes = () => arrays.map(([begin, end]) => new Uint8Array(exports.memory.buffer, begin, end - begin));
  for (const array of bytes()) array.fill(0xab);
  const uids = new Uint16Array(exports.memory.buffer, arrays[abi.ROW_UIDS]![0], 300);
  for (const k of uids.keys()) uids[k] = 65535 - 199 * k;
  const before = bytes().map((array) => array.slice().join());
  const apart = exports.rowRepeats();
  const isKept = bytes().every((array, k) => array.join() === before[k]);
  uids[299] = uids[0]!;
  return `${apart} ${isKept} ${exports.rowRepeats()}`;
};

/** A row lies above the epoch that is in memory. */
const rowLeavesEpoch = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const base = exports.epochBegin(2, 2, 2);
  const input = () => words(exports, base, 40).join();
  const before = input();
  for (const [begin, end] of arraysOf(exports, MAX_UIDS, MAX_UIDS)) {
    new Uint8Array(exports.memory.buffer, begin, end - begin).fill(0xab);
  }
  return input() === before ? "kept" : "overwritten";
};

/**
 * A value without a uid is no self-weight; one value is all there is, whatever it is; normalising leaves values and uids alone; below 32768 a half that
 * is exact is rounded up.
 */
const fewValues = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const first = (id: number) => new Uint16Array(exports.memory.buffer, exports.rowArray(id), 1);
  exports.rowBegin(0, 1);
  const isSelf = exports.rowIsSelf(0);
  first(abi.ROW_VALUES)[0] = 1;
  const isWithin = exports.rowWithinLimit(40_000);
  exports.rowNormalise();
  const value = first(abi.ROW_VALUES)[0];
  exports.rowBegin(1, 4);
  first(abi.ROW_UIDS)[0] = 9;
  exports.rowNormaliseWhole();
  const uid = first(abi.ROW_UIDS)[0];
  exports.rowBegin(0, 2);
  new Uint16Array(exports.memory.buffer, exports.rowArray(abi.ROW_VALUES), 2).set([1_000, 30_000]);
  exports.rowUpscale();
  // 1000 · 65535 / 30000 = 2184.5
  return `${isSelf} ${isWithin} ${value} ${uid} ${first(abi.ROW_RESULT)[0]}`;
};

/** Stakes that weigh all of their TAO, half of it, none. */
const stakeWeights = (kernel: Kernel) => {
  const { stakeWeight } = fresh(kernel);
  const all = (1n << 64n) - 1n;
  return [all, 1n << 63n, 0n].map((weight) => stakeWeight(7n, 1_001n, weight)).join(" ");
};

/** By name; each returns text. */
export const rowBorders = {
  rowTraps,
  rowEnds,
  rowRoom,
  rowsRepeat,
  rowLeavesEpoch,
  fewValues,
  stakeWeights,
} as const satisfies Record<string, (kernel: Kernel) => string>;

const TOO_LONG = `${abi.ERROR_ROW_LENGTH} ${MAX_UIDS + 1}`;

/** What is right: codes by the contract's names. */
export const EXPECTED_ROWS: Readonly<Record<keyof typeof rowBorders, string>> = {
  rowTraps: `8 0, fine, 7 -1, fine, fine; 7 4, ${TOO_LONG}, ${TOO_LONG}, fine, fine; 8 0`,
  rowEnds: "8 0; 8 0; fine, fine",
  rowRoom: "enough",
  rowsRepeat: "0 true 1",
  rowLeavesEpoch: "kept",
  fewValues: "0 0 1 9 2185",
  stakeWeights: "1008 507 7",
};
