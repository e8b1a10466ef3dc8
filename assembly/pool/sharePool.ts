/**
 * The alpha of a hotkey on a subnet, shared by its stakers: one shared value V in rao (u64), all shares D and a member's
 * shares s (SafeFloat, at addresses). A member's part is V·s/D. Nothing here refuses an overdraft; callers ask before.
 * Matches primitives/share-pool/src/lib.rs `SharePool`.
 */
import * as safeFloat from "./safeFloat";

// SafeFloat scratch.
const VALUE = memory.data(24);
const CHANGE = memory.data(24);

/** ⌊V·s/D⌋ in rao, saturating; 0 where D is zero or the exponents overflow. */
export function memberValue(sharedValueRao: u64, denominator: usize, share: usize): u64 {
  safeFloat.fromU64(VALUE, sharedValueRao);
  return safeFloat.mulDiv(VALUE, VALUE, share, denominator) ? safeFloat.toU64(VALUE) : 0;
}

/** Whether a change of one member's value would change any shares: D is zero, or |u|·D/V is not. */
export function canRepresent(sharedValueRao: u64, denominator: usize, changeRao: i64): bool {
  if (safeFloat.isZero(denominator)) return true;
  sharesOf(changeRao, sharedValueRao, denominator);
  return !safeFloat.isZero(CHANGE);
}

/** V + u, saturating in u64: everybody's value changes in proportion, nobody's shares. */
export function changeAll(sharedValueRao: u64, changeRao: i64): u64 {
  const size = magnitude(changeRao);
  if (changeRao < 0) return sharedValueRao < size ? 0 : sharedValueRao - size;
  const sum = sharedValueRao + size;
  return sum < size ? u64.MAX_VALUE : sum;
}

/**
 * Changes one member's value by u: D and s gain or lose |u|·D/V (nothing where V is 0), each keeping its old value where the
 * operation fails; the first of an empty pool gets D = s = |u|, whatever u's sign. Returns V + u, saturating.
 */
export function changeOne(sharedValueRao: u64, denominator: usize, share: usize, changeRao: i64): u64 {
  if (safeFloat.isZero(denominator)) {
    safeFloat.fromU64(denominator, magnitude(changeRao));
    safeFloat.copy(share, denominator);
  } else {
    sharesOf(changeRao, sharedValueRao, denominator);
    if (changeRao > 0) {
      safeFloat.add(denominator, denominator, CHANGE);
      safeFloat.add(share, share, CHANGE);
    } else {
      safeFloat.sub(denominator, denominator, CHANGE);
      safeFloat.sub(share, share, CHANGE);
    }
  }
  return changeAll(sharedValueRao, changeRao);
}

/** CHANGE ← |u|·D/V, the shares a change stands for; 0 where V is 0 or the exponents overflow. */
function sharesOf(changeRao: i64, sharedValueRao: u64, denominator: usize): void {
  safeFloat.fromU64(VALUE, sharedValueRao);
  safeFloat.fromU64(CHANGE, magnitude(changeRao));
  if (!safeFloat.mulDiv(CHANGE, CHANGE, denominator, VALUE)) safeFloat.zero(CHANGE);
}

/** |u|, 2^63 for the smallest. */
function magnitude(changeRao: i64): u64 {
  return changeRao < 0 ? <u64>(0 - changeRao) : <u64>changeRao;
}
