/** How an epoch went: how often the fused path had to be exact the slow way, and why it was not taken where it was not. */
import {
  COUNTER_COLUMNS_BY_HAND,
  COUNTER_EXACT_ALPHAS,
  COUNTER_EXACT_QUOTIENTS,
  COUNTER_EXACT_SHARES,
  COUNTER_REFUSAL,
  COUNTERS,
  ERROR_FIELD,
  REFUSED_UNASKED,
} from "../contract";
import { check } from "../trap";
import * as byHand from "./fused/byHand";
import * as certified from "./fused/certified";
import * as quotient from "./fused/quotient";
import * as share from "./fused/share";

/** REFUSED_*. */
let refusal: i32 = REFUSED_UNASKED;

/** Before each epoch. */
export function resetCounters(): void {
  refusal = REFUSED_UNASKED;
  if (ASC_FEATURE_SIMD) {
    quotient.resetCount();
    byHand.resetCount();
    certified.resetCount();
    share.resetCount();
  }
}

/** Notes whether, or why not, the fused path was taken. */
export function noteRefusal(why: i32): void {
  refusal = why;
}

/** One number (contract.ts, COUNTER_*). */
export function counter(id: i32): u32 {
  check(id >= 0 && id < COUNTERS, ERROR_FIELD, <u64>id);
  if (ASC_FEATURE_SIMD) {
    if (id === COUNTER_EXACT_QUOTIENTS) return quotient.exactGroups;
    if (id === COUNTER_COLUMNS_BY_HAND) return byHand.columnsByHand;
    if (id === COUNTER_EXACT_ALPHAS) return certified.exactAlphas;
    if (id === COUNTER_EXACT_SHARES) return share.exactShares;
  }
  return id === COUNTER_REFUSAL ? refusal : 0;
}
