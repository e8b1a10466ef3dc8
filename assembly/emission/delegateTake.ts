/** E.6 Delegate take: what a validator keeps of its dividends before all who stake on it share the rest. */
import * as u96f32 from "../fixed/u96f32";
import { PAYOUT_BYTES, PAYOUT_DIVIDENDS, PAYOUT_REST, PAYOUT_REST_RAO, PAYOUT_TAKE, PAYOUT_TAKE_RAO } from "./contract";
import * as fraction from "./fraction";

const PAYOUT = memory.data(PAYOUT_BYTES);

/** Address of the one payout there is (contract.ts, PAYOUT_*). */
export function slots(): usize {
  return PAYOUT;
}

/**
 * take ← (takeU16 / 65535)·dividends, rest ← dividends − take in U96F32, and both truncated to u64.
 * Matches run_coinbase.rs `distribute_dividends_and_incentives`.
 */
export function apply(takeU16: u32): void {
  const take = PAYOUT + PAYOUT_TAKE;
  const rest = PAYOUT + PAYOUT_REST;
  fraction.fromU16(take, takeU16);
  u96f32.mul(take, take, PAYOUT + PAYOUT_DIVIDENDS);
  u96f32.sub(rest, PAYOUT + PAYOUT_DIVIDENDS, take);
  store<u64>(PAYOUT + PAYOUT_TAKE_RAO, u96f32.toU64(take));
  store<u64>(PAYOUT + PAYOUT_REST_RAO, u96f32.toU64(rest));
}
