/** What is checked before stake is added, removed or moved, in the chain's order. Source: subtensor staking/stake_utils.rs. */
import type { Side } from "../../api/pool/curve.js";
import { ensure, LedgerError } from "../errors.js";
import type { Account } from "../state/codecs.js";
import { TransferToggle } from "../state/hyperparameters.js";
import { FeeRate } from "../state/pools.js";
import type { RuleContext } from "./context.js";
import { reducibleRao } from "./currency.js";
import { fixed } from "./fixed.js";
import { checkHotkeyExists } from "./hotkeys.js";
import { lesser, MAX_U64 } from "./integers.js";
import { checkAvailable } from "./locks.js";
import { canIncreaseStake, stakeOf } from "./stake.js";
import { MIN_STAKE_RAO, type Position } from "./staking.js";
import { checkSubnetExists, checkSubtoken, isDynamic, ROOT_NETUID } from "./subnetChecks.js";
import { mostInput, mostWithinLimit, simulateSwap } from "./swap.js";

/** Errors of these checks beside those of the rules they ask. */
export const STAKE_CHECK_ERRORS = [
  "SubtensorModule.SlippageTooHigh",
  "SubtensorModule.NotEnoughBalanceToStake",
  "SubtensorModule.NotEnoughStakeToWithdraw",
  "SubtensorModule.SameNetuid",
  "SubtensorModule.TransferDisallowed",
] as const;

/** The price where TAO and alpha are one to one, rao per alpha. */
export const PAR_RAO = 1_000_000_000n;

/** How much of an amount a limit lets through, and whether that part will do. */
export interface Limited {
  readonly mostRao: bigint;
  readonly allowPartial: boolean;
}

/** The amount is no more than a thousand reserves of the pool: SubtensorModule.InsufficientLiquidity. */
export function checkInput({ state }: RuleContext, netuid: number, side: Side, amountRao: bigint): void {
  if (netuid === ROOT_NETUID || !isDynamic(state, netuid)) return;
  ensure(amountRao <= mostInput(state, netuid, side), "SubtensorModule.InsufficientLiquidity");
}

/** The most TAO that may be staked before the price passes a limit; at par all or nothing. Throws the errors of swaps. */
export function mostToAdd(context: RuleContext, netuid: number, limitRao: bigint): bigint {
  if (isAtPar(context, netuid)) return limitRao >= PAR_RAO ? MAX_U64 : 0n;
  return mostWithinLimit(context, netuid, "buy", limitRao);
}

/** The most alpha that may be unstaked before the price passes a limit; at par all or nothing. Throws the errors of swaps. */
export function mostToRemove(context: RuleContext, netuid: number, limitRao: bigint): bigint {
  if (isAtPar(context, netuid)) return limitRao <= PAR_RAO ? MAX_U64 : 0n;
  return mostWithinLimit(context, netuid, "sell", limitRao);
}

/** Whether alpha of the subnet is worth one TAO. */
export function isAtPar({ state }: RuleContext, netuid: number): boolean {
  return netuid === ROOT_NETUID || !isDynamic(state, netuid);
}

/** What is checked before TAO is staked. */
export function checkAddStake(context: RuleContext, position: Position, amountRao: bigint, limited: Limited): void {
  const { state } = context;
  const { hotkey, coldkey, netuid } = position;
  checkSubnetExists(state, netuid);
  checkSubtoken(state, netuid);
  // A fee is at most what it is taken from.
  const isPlenty = amountRao >= 2n * MIN_STAKE_RAO;
  ensure(isPlenty || amountRao >= MIN_STAKE_RAO + feeOnMinStake(context, netuid), "SubtensorModule.AmountTooLow");
  ensure(limited.allowPartial || amountRao <= limited.mostRao, "SubtensorModule.SlippageTooHigh");
  const stakedRao = lesser(amountRao, limited.mostRao);
  const freeRao = reducibleRao(state, coldkey, true);
  ensure(stakedRao <= freeRao, "SubtensorModule.NotEnoughBalanceToStake", { freeRao });
  checkHotkeyExists(state, hotkey);
  const swapped = simulateSwap(context, netuid, "buy", stakedRao);
  ensure(swapped !== "refused", "SubtensorModule.InsufficientLiquidity");
  ensure(swapped.paidInRao >= MIN_STAKE_RAO, "SubtensorModule.AmountTooLow");
  ensure(swapped.paidOutRao > 0n, "SubtensorModule.InsufficientLiquidity");
  ensure(canIncreaseStake(context, hotkey, netuid, swapped.paidOutRao), "SubtensorModule.InsufficientLiquidity");
}

/** What is checked before alpha is unstaked. */
export function checkRemoveStake(context: RuleContext, position: Position, alphaRao: bigint, limited: Limited): void {
  const { state } = context;
  const { hotkey, coldkey, netuid } = position;
  checkSubnetExists(state, netuid);
  ensure(alphaRao > 0n, "SubtensorModule.AmountTooLow");
  const stakedRao = stakeOf(context, hotkey, coldkey, netuid);
  ensure(stakedRao >= alphaRao, "SubtensorModule.NotEnoughStakeToWithdraw", { stakedRao });
  const swapped = simulateSwap(context, netuid, "sell", alphaRao);
  ensure(swapped !== "refused", "SubtensorModule.InsufficientLiquidity");
  ensure(stakedRao === alphaRao || swapped.paidOutRao >= MIN_STAKE_RAO, "SubtensorModule.AmountTooLow");
  ensure(limited.allowPartial || alphaRao <= limited.mostRao, "SubtensorModule.SlippageTooHigh");
  checkHotkeyExists(state, hotkey);
  checkAvailable(context, coldkey, netuid, alphaRao);
}

/** A move of stake: from where to where, and how much. */
export interface Transition {
  readonly from: Position;
  readonly to: Position;
  readonly alphaRao: bigint;
}

/** What is checked before stake moves. `limited` undefined: without a limit. */
export function checkTransition(
  context: RuleContext,
  { from, to, alphaRao }: Transition,
  limited: Limited | undefined,
  isTransfer: boolean,
): void {
  const { state } = context;
  const crosses = from.netuid !== to.netuid;
  ensure(crosses || from.coldkey !== to.coldkey || from.hotkey !== to.hotkey, "SubtensorModule.SameNetuid");
  checkSubnetExists(state, from.netuid);
  checkSubnetExists(state, to.netuid);
  checkSubtoken(state, from.netuid);
  checkSubtoken(state, to.netuid);
  checkHotkeyExists(state, from.hotkey);
  checkHotkeyExists(state, to.hotkey);
  const stakedRao = stakeOf(context, from.hotkey, from.coldkey, from.netuid);
  ensure(alphaRao <= stakedRao, "SubtensorModule.NotEnoughStakeToWithdraw", { stakedRao });
  if (crosses) {
    const swapped = simulateSwap(context, from.netuid, "sell", alphaRao);
    ensure(swapped !== "refused", "SubtensorModule.InsufficientLiquidity");
    ensure(swapped.paidOutRao > MIN_STAKE_RAO, "SubtensorModule.AmountTooLow");
    const fits = !limited || limited.allowPartial || alphaRao <= limited.mostRao;
    ensure(fits, "SubtensorModule.SlippageTooHigh");
  }
  if (isTransfer) {
    ensure(state.read(TransferToggle, from.netuid), "SubtensorModule.TransferDisallowed");
    ensure(state.read(TransferToggle, to.netuid), "SubtensorModule.TransferDisallowed");
  }
  if (crosses) checkAvailable(context, from.coldkey, from.netuid, alphaRao);
}

/** Whether checks pass. */
export function passesChecks(check: () => void): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof LedgerError) return false;
    throw error;
  }
}

/** The subnets' stake of a coldkey with a hotkey, as a position. */
export function positionOf(coldkey: Account, hotkey: Account, netuid: number): Position {
  return { coldkey, hotkey, netuid };
}

/** The fee of staking the least: the swap's, or where that is refused ⌊least·rate/65535⌋. */
function feeOnMinStake(context: RuleContext, netuid: number): bigint {
  const { state, kernel } = context;
  const swapped = simulateSwap(context, netuid, "buy", MIN_STAKE_RAO);
  if (swapped !== "refused") return swapped.feeRao;
  const rate = fixed(kernel, "u64f64.safe_div", BigInt(state.read(FeeRate, netuid)) << 64n, 65_535n << 64n);
  return fixed(kernel, "u64f64.mul", MIN_STAKE_RAO << 64n, rate) >> 64n;
}
