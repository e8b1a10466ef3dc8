/** The border of the kernel's pool, asked as emissionBorders.ts asks. */
import * as abi from "../../assembly/pool/contract.js";
import type { Kernel } from "../../host/load/kernel.js";
import { fresh, traps, words } from "./fresh.js";

/** Operations there are and are not; operands beyond 64 bits; a weight no pool may have, which is answered; more bits than a power may have, and ways to it there are not. */
const poolTraps = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const slot = (id: number) => words(exports, exports.poolSlots() + id * abi.POOL_SLOT_BYTES, 4);
  const half = [0xa7640000 >>> 1, 0x06f05b59, 0, 0];
  const put = (id: number, values: readonly number[]) => slot(id).set(values);
  const pool = () => {
    for (let id = 0; id < abi.POOL_SLOTS; id++) put(id, [0, 0, 0, 0]);
    for (const id of [abi.POOL_ALPHA_RESERVE, abi.POOL_TAO_RESERVE]) put(id, [5_000_000, 0, 0, 0]);
    put(abi.POOL_QUOTE_WEIGHT, half);
  };
  const spoilt = (id: number, operation: number) => () => {
    pool();
    put(id, [0, 0, 1, 0]);
    exports.poolApply(operation);
  };
  pool();
  const last = abi.POOL_OPERATIONS - 1;
  const calls = traps(exports, [
    () => exports.poolApply(-1),
    () => exports.poolApply(last),
    () => exports.poolApply(last + 1),
    spoilt(abi.POOL_ALPHA_RESERVE, abi.POOL_OPERATION_PRICE),
    spoilt(abi.POOL_QUOTE_WEIGHT, abi.POOL_OPERATION_PRICE),
    spoilt(abi.POOL_AMOUNT, abi.POOL_OPERATION_BUY),
  ]);
  pool();
  put(abi.POOL_QUOTE_WEIGHT, [1, 0, 0, 0]);
  const unknown = traps(exports, [() => exports.poolApply(-1), () => exports.poolApply(last + 1)]);
  const operations = [abi.POOL_OPERATION_PRICE, abi.POOL_OPERATION_INJECT, abi.POOL_OPERATION_BUY];
  const answers = operations.map((operation) => exports.poolApply(operation) === abi.POOL_INVALID_VALUE);
  pool();
  const slots = new BigUint64Array(exports.memory.buffer, exports.poolSlots() >>> 0, 2 * abi.POOL_SLOTS);
  slots[2 * abi.POOL_QUOTE_WEIGHT] = 10n ** 18n / 200n;
  slots[2 * abi.POOL_AMOUNT] = 50_000_000n;
  const wouldBeWeight = exports.poolApply(abi.POOL_OPERATION_INJECT) === abi.POOL_INVALID_VALUE;
  slots[2 * abi.POOL_FEE_RATE] = BigInt(abi.MAX_POWER_PRECISION) + 1n;
  const tooPrecise = traps(exports, [() => exports.poolPower(abi.POWER_QUICK)]);
  const paths = traps(exports, [() => exports.poolPower(-1), () => exports.poolPower(2)]);
  return `${calls}; ${unknown}; ${answers.join(" ")}; ${wouldBeWeight}; ${tooPrecise}; ${paths}`;
};

/** Long powers, one after the other, in the memory of the first two. */
const powersKeepMemory = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const operands = new BigUint64Array(exports.memory.buffer, exports.poolSlots() >>> 0, 2 * abi.POOL_SLOTS);
  operands[2 * abi.POWER_BASE_NUMERATOR] = 2n;
  operands[2 * abi.POWER_BASE_DENOMINATOR] = 3n;
  operands[2 * abi.POWER_EXPONENT_NUMERATOR] = 1n;
  operands[2 * abi.POWER_EXPONENT_DENOMINATOR] = 1n << 60n;
  operands[2 * abi.POOL_FEE_RATE] = 1024n;
  operands[2 * abi.POOL_AMOUNT] = 10n ** 18n;
  const bytesAfter = (powers: number) => {
    for (let k = 0; k < powers; k++) exports.poolPower(abi.POWER_QUICK);
    return exports.memory.buffer.byteLength;
  };
  return bytesAfter(2) === bytesAfter(100) ? "kept" : "grows";
};

type Decimal = readonly [mantissa: bigint, exponent: bigint];
const LARGEST = 10n ** 21n;
const NORMAL: Decimal = [LARGEST, -21n];
/** Beside the normal form: below and above it, with a top bit, and a zero that is no zero. */
const ABNORMAL: readonly Decimal[] = [
  [LARGEST / 10n, 0n],
  [LARGEST + 1n, 0n],
  [(1n << 127n) | LARGEST, 0n],
  [0n, 1n],
];

/** Shares: numbers that are not in normal form in every slot that is read, operations there are not, and a change nobody asked about before. */
const sharesTraps = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const slot = (id: number) => {
    return new BigUint64Array(exports.memory.buffer, (exports.shareSlots() >>> 0) + id * abi.SHARE_SLOT_BYTES, 3);
  };
  const put = (id: number, [mantissa, exponent]: Decimal) => {
    slot(id).set([mantissa, mantissa >> 64n, exponent].map((word) => BigInt.asUintN(64, word)));
  };
  const withBad = (id: number, call: () => unknown, bad = ABNORMAL[0] as Decimal) => {
    return () => {
      for (let other = 0; other < abi.SHARE_SLOTS; other++) put(other, NORMAL);
      put(id, bad);
      call();
    };
  };
  const apply = (operation: number) => () => exports.safeFloatApply(operation);
  const { SHARE_SLOT_A: a, SHARE_SLOT_B: b, SHARE_SLOT_C: c } = abi;
  const compare = () => exports.safeFloatGreater();
  const worth = () => exports.sharePoolValue(5n);
  const change = () => exports.sharePoolChangeOne(5n, 1n);
  const forms = traps(
    exports,
    ABNORMAL.map((bad) => withBad(a, () => exports.safeFloatToU64(), bad)),
  );
  const unknown = traps(
    exports,
    [-1, abi.SHARE_OPERATIONS].map((operation) => withBad(a, apply(operation))),
  );
  const operands = traps(exports, [
    withBad(a, apply(abi.SHARE_OPERATION_ADD)),
    withBad(b, apply(abi.SHARE_OPERATION_SUB)),
    withBad(c, apply(abi.SHARE_OPERATION_DIV)),
    withBad(c, apply(abi.SHARE_OPERATION_MUL_DIV)),
    ...[compare, worth, change].flatMap((call) => [withBad(a, call), withBad(b, call)]),
    withBad(a, () => exports.sharePoolCanRepresent(5n, 1n)),
  ]);
  put(a, [7n, 0n]);
  const made = [abi.SHARE_OPERATION_NEW, abi.SHARE_OPERATION_FROM_U64F64].map((id) => exports.safeFloatApply(id));
  for (const id of [a, b]) put(id, NORMAL);
  const changed = exports.sharePoolChangeOne(5n, 5n);
  return `${forms}; ${unknown}; ${operands}; ${made}; ${changed} ${slot(a).join(" ")}`;
};

/** By name; each returns text. */
export const poolBorders = { poolTraps, powersKeepMemory, sharesTraps } as const satisfies Record<
  string,
  (kernel: Kernel) => string
>;

const SLOT = abi.ERROR_POOL_SLOT;

/** What is right, codes by their names. */
export const EXPECTED_POOL: Readonly<Record<keyof typeof poolBorders, string>> = {
  poolTraps: `9 -1, fine, 9 ${abi.POOL_OPERATIONS}, ${SLOT} ${abi.POOL_ALPHA_RESERVE}, ${SLOT} ${abi.POOL_QUOTE_WEIGHT}, ${SLOT} ${abi.POOL_AMOUNT}; 9 -1, 9 ${abi.POOL_OPERATIONS}; true true true; true; ${SLOT} ${abi.POOL_FEE_RATE}; 7 -1, 7 2`,
  powersKeepMemory: "kept",
  sharesTraps:
    "7 1, 7 1, 7 1, 7 1; 9 -1, 9 6; 7 1, 7 2, fine, 7 3, 7 1, 7 2, 7 1, 7 2, 7 1, 7 2, 7 1; 1,1; " +
    // Twice the shares, 2·10^20 · 10^-20, for twice the value.
    `10 ${BigInt.asUintN(64, 2n * 10n ** 20n)} 10 ${BigInt.asUintN(64, -20n)}`,
};
