/** B.4 j and E.5: the pots are what is paid; the epoch's dividends only say in which proportions. */
import * as u96f32 from "../fixed/u96f32";
import { u8At, u64At } from "../linear/array";
import { HOTKEY_SCALAR_PENDING_SERVER, HOTKEY_SCALAR_PENDING_VALIDATOR } from "./contract";
import * as keys from "./keys";
import { saturatingSum } from "./parentShares";

// U96F32 scratch.
const POT = memory.data(16);
const SHARE = memory.data(16);

/**
 * The pot of alpha dividends, alpha-rao: the validators', and the miners' as well where the epoch gave no miner anything.
 * Matches run_coinbase.rs `distribute_emission`.
 */
export function validatorPot(): u64 {
  const pot = keys.scalar(HOTKEY_SCALAR_PENDING_VALIDATOR);
  for (let i: u32 = 0; i < keys.count; i++) {
    if (u8At(keys.emitted, i) !== 0 && u64At(keys.server, i) !== 0) return pot;
  }
  return saturatingSum(pot, keys.scalar(HOTKEY_SCALAR_PENDING_SERVER));
}

/** Every part of a vector of U96F32 ← pot·(part / sum), 0 of a zero sum. What floors leave over is paid to nobody. */
export function scale(parts: usize, sum: usize, potRao: u64): void {
  u96f32.fromU64(POT, potRao);
  for (let i: u32 = 0; i < keys.count; i++) {
    const part = keys.wide(parts, i);
    u96f32.safeDiv(SHARE, part, sum);
    u96f32.mul(part, POT, SHARE);
  }
}
