/**
 * The border of the kernel's emission, registration and, by hotkeyBorders.ts, dividends: what its functions refuse, where tables lie, that they end with the
 * memory below them. Each question takes a fresh instance and is answered as text; EXPECTED has the right ones, by the contract's numbers.
 */
import * as abi from "../../assembly/emission/contract.js";
import type { Kernel } from "../../host/load/kernel.js";
import { fresh, NO_TABLE, traps, words } from "./fresh.js";
import { EXPECTED_HOTKEYS, hotkeyBorders } from "./hotkeyBorders.js";

const tableTraps = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const rule = (id: number, value: number) => () => {
    words(exports, exports.emissionBegin(1), 4 * abi.BLOCK_SCALARS)[4 * id] = value;
    exports.emissionRun(abi.PHASE_SHARES);
  };
  const begun = (call: () => unknown) => () => {
    exports.emissionBegin(1);
    call();
  };
  return traps(exports, [
    () => exports.emissionField(0),
    () => exports.emissionRun(1),
    () => exports.emissionPowNormalise(),
    begun(() => exports.emissionField(-1)),
    begun(() => exports.emissionField(abi.SUBNET_FIELDS - 1)),
    begun(() => exports.emissionField(abi.SUBNET_FIELDS)),
    begun(() => exports.emissionRun(abi.PHASES_ALL)),
    begun(() => exports.emissionRun(abi.PHASES_ALL + 1)),
    rule(abi.BLOCK_SHARES_RULE, 2),
    rule(abi.BLOCK_SHARES_RULE, 3),
    rule(abi.BLOCK_GATE_RULE, 2),
    rule(abi.BLOCK_GATE_RULE, 3),
    () => exports.emissionBegin(abi.MAX_SUBNETS),
    () => exports.emissionBegin(abi.MAX_SUBNETS + 1),
  ]);
};

/** Fields one behind the other, the next table right behind the last: the scalars, a wide field, a narrow one, the last. */
const tableLayout = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const base = exports.emissionBegin(3);
  const at = Array.from({ length: abi.SUBNET_FIELDS }, (_, id) => exports.emissionField(id));
  const ends = [...at.slice(1), exports.hotkeysBegin(0, 0, 0)];
  const sizes = at.map((address, id) => ends[id]! - address);
  const unique = (list: readonly number[]) => [...new Set(list)].join("|");
  const [wide, narrow] = [sizes.slice(0, abi.SUBNET_WIDE_FIELDS), sizes.slice(abi.SUBNET_WIDE_FIELDS)];
  return [at[0]! - base, unique(wide), unique(narrow)].join(" ");
};

/** A table that fits lies where the one before lay, empty; one that does not, and has others above it, above those. */
const tableAgain = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const first = exports.emissionBegin(5);
  words(exports, first, 1000).fill(0xffffffff);
  const again = [5, 3, 5, 6, 4].map((n) => exports.emissionBegin(n) - first);
  const isEmpty = words(exports, exports.emissionBegin(6), 96 + 6 * (17 * 4 + 16 * 2)).every((word) => word === 0);
  const above = exports.hotkeysBegin(1, 1, 1);
  const fits = exports.emissionBegin(6) - first;
  const longer = exports.emissionBegin(7);
  return [...again, isEmpty, fits, longer > above, exports.emissionBegin(7) - longer].join(" ");
};

const registrationTraps = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const prune = (n: number, owner: number) => () => exports.pruneRun(n, 1n, 1n, 0, 1, owner);
  return traps(exports, [
    () => exports.powQ32(1n, 65535),
    () => exports.powQ32(1n, 65536),
    () => exports.burnDecayFactor(65535),
    () => exports.burnDecayFactor(65536),
    () => exports.burnAfterBlock(1n, 1n, 1n, 65535, 1n),
    () => exports.burnAfterBlock(1n, 1n, 1n, 65536, 1n),
    () => exports.pruneField(abi.PRUNE_PROTECTED),
    () => exports.pruneField(abi.PRUNE_PROTECTED + 1),
    () => exports.pruneField(-1),
    prune(4096, 4095),
    prune(4096, 4096),
    prune(4096, abi.PRUNE_NONE),
    prune(4097, 0),
  ]);
};

/** Products and powers that just fit 64 bits, and that just do not. */
const q32 = ({ exports }: Kernel) => {
  const [most, one] = [(1n << 64n) - 1n, 1n << 32n];
  const products = [
    [most, one],
    [most, one + 1n],
    [most, 2n * one],
    [1n << 63n, 2n * one - 1n],
    [1n << 63n, 2n * one],
    [1n << 62n, 8n * one],
    [most, most],
    [one - 1n, one - 1n],
  ] as const;
  return products.map(([value, factor]) => BigInt.asUintN(64, exports.mulQ32(value, factor))).join(" ");
};

/** Phases by themselves: the split weighs the root anew; an alpha of 2^95 rao is more than there may be. */
const phaseAlone = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const base = exports.emissionBegin(1);
  const at = (id: number) => words(exports, exports.emissionField(id), 4);
  const scalar = (id: number) => words(exports, base + 16 * id, 2);
  scalar(abi.BLOCK_TAO_WEIGHT).fill(0xffffffff);
  at(abi.SUBNET_ALPHA_RESERVE)[0] = 1;
  exports.emissionRun(abi.PHASE_TERMS);
  at(abi.SUBNET_ALPHA_OUT).fill(0);
  scalar(abi.BLOCK_ROOT_TAO)[0] = 3;
  exports.emissionRun(abi.PHASE_SPLIT);
  const proportion = at(abi.SUBNET_ROOT_PROPORTION_AFTER).join(" ");
  scalar(abi.BLOCK_ROOT_TAO)[0] = 0;
  at(abi.SUBNET_TAO_EMISSION).set([0, 0, 0, 1 << 31]);
  at(abi.SUBNET_PRICE).set([0, 0, 1, 0]);
  exports.emissionRun(abi.PHASE_TERMS);
  return `${proportion}, ${at(abi.SUBNET_ALPHA_IN).join(" ")}, ${at(abi.SUBNET_EXCESS_TAO).join(" ")}`;
};

/** By name; each returns text. */
export const emissionBorders = {
  tableTraps,
  tableLayout,
  tableAgain,
  phaseAlone,
  ...hotkeyBorders,
  registrationTraps,
  q32,
} as const satisfies Record<string, (kernel: Kernel) => string>;

/** What is right: sizes by the contract's widths, codes by its names. */
export const EXPECTED_BORDERS: Readonly<Record<keyof typeof emissionBorders, string>> = {
  tableTraps: `${NO_TABLE}, 8 1, ${NO_TABLE}, 7 -1, fine, 7 33, fine, 7 32, fine, 10 3, fine, 10 3, fine, 40 4097`,
  tableLayout: "384 48 24",
  tableAgain: "0 0 0 0 0 true 0 true 0",
  ...EXPECTED_HOTKEYS,
  // 3/4; nothing goes in, and all TAO is in excess.
  phaseAlone: "3221225472 0 0 0, 0 0 0 0, 0 0 0 2147483648",
  registrationTraps: "fine, 7 65536, fine, 7 65536, fine, 7 65536, fine, 7 4, 7 -1, fine, 7 4096, fine, 3 4097",
  q32: [
    "18446744073709551615",
    "18446744073709551615",
    "18446744073709551615",
    String(2n ** 64n - 2n ** 31n),
    "18446744073709551615",
    "18446744073709551615",
    "18446744073709551615",
    "4294967294",
  ].join(" "),
};
