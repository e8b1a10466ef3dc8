/** The alpha of a hotkey on a subnet, shared by its stakers: what a member's shares are worth, and how they change. */
import * as abi from "../../assembly/pool/contract.js";
import { guarded, type Kernel } from "../load/kernel.js";
import { normal, putAll, type SafeFloat, type SafeFloatInput, take } from "../marshal/shareSlots.js";
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

/** The same after a change. */
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
    value: (pool) => {
      const at = kernel();
      const sharedValue = fill(at, pool);
      return BigInt.asUintN(
        64,
        guarded(at, () => at.exports.sharePoolValue(sharedValue)),
      );
    },
    canRepresent: (pool, changeRao) => {
      const at = kernel();
      const sharedValue = fill(at, { share: NONE, ...pool });
      const change = i64("changeRao", changeRao);
      return guarded(at, () => at.exports.sharePoolCanRepresent(sharedValue, change)) !== 0;
    },
    changeAll: (sharedValueRao, changeRao) => {
      const change = i64("changeRao", changeRao);
      return BigInt.asUintN(64, kernel().exports.sharePoolChangeAll(u64("sharedValueRao", sharedValueRao), change));
    },
    changeOne: (pool, changeRao) => {
      const at = kernel();
      const sharedValue = fill(at, pool);
      const change = i64("changeRao", changeRao);
      const sharedValueRao = BigInt.asUintN(
        64,
        guarded(at, () => at.exports.sharePoolChangeOne(sharedValue, change)),
      );
      return {
        sharedValueRao,
        denominator: take(at, abi.SHARE_SLOT_DENOMINATOR),
        share: take(at, abi.SHARE_SLOT_MEMBER),
      };
    },
  };
}

/** Fills the slots; returns the shared value. */
function fill(kernel: Kernel, pool: PoolShares): bigint {
  const { sharedValueRao, denominator, share } = record("A pool", pool) as unknown as PoolShares;
  const all = normal(kernel, "denominator", present("denominator", denominator));
  const own = normal(kernel, "share", present("share", share));
  // SHARE_SLOT_DENOMINATOR, SHARE_SLOT_MEMBER.
  putAll(kernel, all, own);
  return u64("sharedValueRao", present("sharedValueRao", sharedValueRao));
}

function i64(where: string, value: unknown): bigint {
  return wideInteger(where, present(where, value), 64, true);
}
