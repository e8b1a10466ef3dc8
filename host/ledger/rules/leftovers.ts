/** What is cleared away after unstaking: nominations too small to keep, and children a hotkey no longer has the stake for. */
import { LedgerError } from "../errors.js";
import { PendingChildKeys } from "../state/children.js";
import type { Account } from "../state/codecs.js";
import { StakeThreshold } from "../state/hyperparameters.js";
import { NominatorMinRequiredStake } from "../state/staking.js";
import type { RuleContext } from "./context.js";
import { fixed } from "./fixed.js";
import { ownsHotkey } from "./hotkeys.js";
import { saturatedU64 } from "./integers.js";
import { forceReduceLock } from "./locks.js";
import { decreaseStake, stakeOf, totalStakeOfHotkey } from "./stake.js";
import { MIN_STAKE_RAO, type Position, unstakeFrom } from "./staking.js";
import { allNetuids } from "./subnetChecks.js";
import { alphaPrice, MIN_PRICE_RAO } from "./swap.js";

const MILLION = 1_000_000n;

/**
 * Unstakes all a coldkey has left with a hotkey it does not own, if it is worth less than a nominator must keep; where it cannot
 * be sold it is lost, as on the chain. Source: subtensor staking/helpers.rs.
 */
export function clearSmallNomination(context: RuleContext, position: Position): void {
  const { state, kernel } = context;
  const { hotkey, coldkey, netuid } = position;
  if (ownsHotkey(state, coldkey, hotkey)) return;
  const leastRao = saturatedU64(MIN_STAKE_RAO * state.read(NominatorMinRequiredStake)) / MILLION;
  if (leastRao === 0n) return;
  const alphaRao = stakeOf(context, hotkey, coldkey, netuid);
  const leastAlphaRao = fixed(kernel, "u64f64.safe_div", leastRao << 64n, alphaPrice(context, netuid)) >> 64n;
  if (alphaRao === 0n || alphaRao >= leastAlphaRao) return;
  try {
    unstakeFrom(context, position, alphaRao, { limitRao: MIN_PRICE_RAO });
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    // What was done before the error stands, as on the chain.
    decreaseStake(context, hotkey, coldkey, netuid, stakeOf(context, hotkey, coldkey, netuid));
  }
  forceReduceLock(context, coldkey, netuid, alphaRao);
}

/** Drops all children a hotkey has waiting, if all its stake is worth less than the threshold. */
export function dropUnstakedChildren(context: RuleContext, hotkey: Account): void {
  const { state } = context;
  const thresholdRao = state.read(StakeThreshold);
  if (thresholdRao === 0n || totalStakeOfHotkey(context, hotkey) >= thresholdRao) return;
  for (const netuid of allNetuids(state)) state.remove(PendingChildKeys, netuid, hotkey);
}
