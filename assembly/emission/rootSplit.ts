/** E.5 Alpha and root: each hotkey's dividends in the proportion of its weighted root TAO to its alpha. */
import * as int128 from "../fixed/int128";
import * as u96f32 from "../fixed/u96f32";
import { u8At, u64At } from "../linear/array";
import * as contribution from "./contribution";
import * as keys from "./keys";

// U96F32 scratch.
const ROOT = memory.data(16);
const STAKE = memory.data(16);

/**
 * For every hotkey that earns, with w = taoWeight / (2^64 − 1), in U96F32:
 *
 *   ρ = rootTao·w / (alpha + rootTao·w), 0 without stake
 *   rootDividends ← dividends·ρ;  alphaDividends ← dividends − rootDividends
 *
 * and their sums over the table at `alphaSum` and `rootSum`. Matches run_coinbase.rs `calculate_dividend_distribution`.
 */
export function splitByRoot(alphaSum: usize, rootSum: usize): void {
  u96f32.fromU64(alphaSum, 0);
  u96f32.fromU64(rootSum, 0);
  for (let i: u32 = 0; i < keys.count; i++) {
    const alpha = keys.wide(keys.alphaDividends, i);
    const root = keys.wide(keys.rootDividends, i);
    int128.set(alpha, 0, 0);
    int128.set(root, 0, 0);
    if (u8At(keys.earns, i) === 0) continue;
    contribution.weighTao(ROOT, i);
    u96f32.fromU64(STAKE, u64At(keys.alpha, i));
    u96f32.add(STAKE, STAKE, ROOT);
    u96f32.safeDiv(root, ROOT, STAKE);
    u96f32.mul(root, keys.wide(keys.dividends, i), root);
    u96f32.sub(alpha, keys.wide(keys.dividends, i), root);
    u96f32.add(alphaSum, alphaSum, alpha);
    u96f32.add(rootSum, rootSum, root);
  }
}
