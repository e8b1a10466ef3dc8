/** The border of the kernel's pool, asked as emissionBorders.ts asks. */
import * as abi from "../../assembly/pool/contract.js";
import type { Kernel } from "../../host/load/kernel.js";
import { fresh, traps, words } from "./fresh.js";

/** Operations there are and are not; operands beyond 64 bits; a weight no pool may have, which is answered. */
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
  return `${calls}; ${unknown}; ${answers.join(" ")}`;
};

/** By name; each returns text. */
export const poolBorders = { poolTraps } as const satisfies Record<string, (kernel: Kernel) => string>;

const SLOT = abi.ERROR_POOL_SLOT;

/** What is right, codes by their names. */
export const EXPECTED_POOL: Readonly<Record<keyof typeof poolBorders, string>> = {
  poolTraps: `9 -1, fine, 9 ${abi.POOL_OPERATIONS}, ${SLOT} ${abi.POOL_ALPHA_RESERVE}, ${SLOT} ${abi.POOL_QUOTE_WEIGHT}, ${SLOT} ${abi.POOL_AMOUNT}; 9 -1, 9 ${abi.POOL_OPERATIONS}; true true true`,
};
