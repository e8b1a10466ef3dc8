/** The alpha of a hotkey on a subnet, shared by its stakers: what a member's shares are worth, and how they change. */
import * as abi from "../../assembly/pool/contract.js";
import { guarded, type Kernel } from "../load/kernel.js";
import { normal, pair, putAll, type SafeFloat, type SafeFloatInput, take } from "../marshal/shareSlots.js";
import { present, record, u64 } from "../marshal/values.js";
import { wideInteger } from "../marshal/wide.js";
import type { U64 } from "../types.js";

/** A signed 64-bit integer: a bigint, a decimal string, or a safe integer. */
export type I64 = bigint | string | number;

/** A pool as one member sees it. A share or denominator of [0, 0] is the same as none. */
export interface PoolShares {
  /** V, all members' value, in rao (TotalHotkeyAlpha). */
  readonly sharedValueRao: U64;
  /** D, all shares (TotalHotkeySharesV2). */
  readonly denominator: SafeFloatInput;
  /** s, the member's shares (AlphaV2). */
  readonly share: SafeFloatInput;
}

/** The same with its values read, as it is after a change. */
export interface ChangedShares extends PoolShares {
  readonly sharedValueRao: bigint;
  readonly denominator: SafeFloat;
  readonly share: SafeFloat;
}

/**
 * Share accounting, state in, state out. An overdraft is not refused: values saturate, as on the chain, whose callers ask
 * first.
 *
 * Throws BAD_VALUE, MISSING_FIELD. Source: subtensor `primitives/share-pool/src/lib.rs` `SharePool`, spec 425.
 */
export interface SharePool {
  /** The member's part in rao, ⌊V·s/D⌋; 0 where D is 0. */
  value(pool: PoolShares): bigint;
  /** Whether a change of a member's value would change any shares; if not, the chain refuses it. */
  canRepresent(pool: Omit<PoolShares, "share">, changeRao: I64): boolean;
  /** V + u, saturating: everybody gains or loses in proportion, and no shares change. */
  changeAll(sharedValueRao: U64, changeRao: I64): bigint;
  /** One member's deposit or withdrawal u: D ± |u|·D/V, s ± |u|·D/V, V + u. The first of an empty pool gets D = s = |u|. */
  changeOne(pool: PoolShares, changeRao: I64): ChangedShares;
}

const NONE: SafeFloat = [0n, 0n];

/** The operations on a kernel. */
export function sharePool(kernel: () => Kernel): SharePool {
  return {
    value: (pool) => shareValue(kernel(), readShares(pool)),
    canRepresent: (pool, changeRao) =>
      canRepresent(kernel(), readShares({ share: NONE, ...pool }), i64("changeRao", changeRao)),
    changeAll: (sharedValueRao, changeRao) =>
      changeAll(kernel(), u64("sharedValueRao", sharedValueRao), i64("changeRao", changeRao)),
    changeOne: (pool, changeRao) => changeOne(kernel(), readShares(pool), i64("changeRao", changeRao)),
  };
}

/** `value` of a pool that is read. */
export function shareValue(kernel: Kernel, pool: ChangedShares): bigint {
  const { sharedValueRao } = fill(kernel, pool);
  return BigInt.asUintN(
    64,
    guarded(kernel, () => kernel.exports.sharePoolValue(sharedValueRao)),
  );
}

/** `canRepresent` of a pool that is read. */
export function canRepresent(kernel: Kernel, pool: Omit<ChangedShares, "share">, changeRao: bigint): boolean {
  const { sharedValueRao } = fill(kernel, { share: NONE, ...pool });
  return guarded(kernel, () => kernel.exports.sharePoolCanRepresent(sharedValueRao, changeRao)) !== 0;
}

/** `changeAll` of amounts that are read. */
export function changeAll(kernel: Kernel, sharedValueRao: bigint, changeRao: bigint): bigint {
  return BigInt.asUintN(64, kernel.exports.sharePoolChangeAll(sharedValueRao, changeRao));
}

/** `changeOne` of a pool that is read. */
export function changeOne(kernel: Kernel, pool: ChangedShares, changeRao: bigint): ChangedShares {
  const { sharedValueRao } = fill(kernel, pool);
  const changed = guarded(kernel, () => kernel.exports.sharePoolChangeOne(sharedValueRao, changeRao));
  return {
    sharedValueRao: BigInt.asUintN(64, changed),
    denominator: take(kernel, abi.SHARE_SLOT_DENOMINATOR),
    share: take(kernel, abi.SHARE_SLOT_MEMBER),
  };
}

function readShares(pool: PoolShares): ChangedShares {
  const { sharedValueRao, denominator, share } = record("A pool", pool) as unknown as PoolShares;
  return {
    denominator: pair("denominator", present("denominator", denominator)),
    share: pair("share", present("share", share)),
    sharedValueRao: u64("sharedValueRao", present("sharedValueRao", sharedValueRao)),
  };
}

/** Fills SHARE_SLOT_DENOMINATOR and SHARE_SLOT_MEMBER. */
function fill(kernel: Kernel, pool: ChangedShares): ChangedShares {
  putAll(kernel, normal(kernel, "denominator", pool.denominator), normal(kernel, "share", pool.share));
  return pool;
}

function i64(where: string, value: unknown): bigint {
  return wideInteger(where, present(where, value), 64, true);
}
