/**
 * Staking TAO into a subnet, unstaking out of it, and moving stake within it: shares, swap, TAO, fee, and what goes with them.
 * Checks are the callers', but what only the effect can tell is thrown here. Source: subtensor staking/stake_utils.rs.
 */
import { ensure } from "../errors.js";
import type { Account } from "../state/codecs.js";
import { SubnetTaoFlow } from "../state/pools.js";
import { LastColdkeyHotkeyStakeBlock } from "../state/staking.js";
import type { State } from "../state/state.js";
import { BlockAuthor, BlockNumber } from "../state/system.js";
import { addedRootStake, removedRootStake } from "./claims.js";
import { attempt, type RuleContext } from "./context.js";
import { saturatedI64, saturatedU64 } from "./integers.js";
import { settleLock, transferLock } from "./locks.js";
import { addRootStaker, removeRootStaker } from "./rootStakers.js";
import { canIncreaseStake, decreaseStake, increaseStake } from "./stake.js";
import { BURN_ACCOUNT, subnetAccount, transferFromSubnet, transferTao, transferToSubnet } from "./subnetAccounts.js";
import { ROOT_NETUID } from "./subnetChecks.js";
import { alphaPrice, MIN_PRICE_RAO, swapAlphaForTao, swapTaoForAlpha, valueRao } from "./swap.js";

/** The least that is staked, in rao of TAO. */
export const MIN_STAKE_RAO = 2_000_000n;

/** Errors of staking. */
export const STAKING_ERRORS = ["SubtensorModule.AmountTooLow", "SubtensorModule.InsufficientLiquidity"] as const;

/** Events of staking: what came or went, TAO and alpha in rao; the fee in what was paid. */
export type StakingEvent = {
  readonly name: "SubtensorModule.StakeAdded" | "SubtensorModule.StakeRemoved";
  readonly coldkey: Account;
  readonly hotkey: Account;
  readonly netuid: number;
  readonly taoRao: bigint;
  readonly alphaRao: bigint;
  readonly feeRao: bigint;
};

/** Whose stake, with whom, and where. */
export interface Position {
  readonly hotkey: Account;
  readonly coldkey: Account;
  readonly netuid: number;
}

/** How a swap is made. */
export interface SwapTerms {
  /** Rao per alpha. */
  readonly limitRao: bigint;
  readonly dropFees?: boolean;
}

/**
 * Stakes a coldkey's TAO; less than was asked for where the existential deposit would go. Returns the alpha bought, rao. Throws the
 * errors of moving TAO and of swaps; AmountTooLow if nothing was bought, InsufficientLiquidity if it would change no shares.
 */
export function stakeInto(context: RuleContext, position: Position, taoRao: bigint, terms: SwapTerms): bigint {
  const { state, emit } = context;
  const { hotkey, coldkey, netuid } = position;
  const stakedRao = transferToSubnet(context, netuid, coldkey, taoRao);
  const swapped = swapTaoForAlpha(context, netuid, stakedRao, terms.limitRao, terms.dropFees);
  const { paidInRao, paidOutRao: alphaRao, feeRao, authorFeeRao } = swapped;
  ensure(alphaRao > 0n, "SubtensorModule.AmountTooLow");
  ensure(canIncreaseStake(context, hotkey, netuid, alphaRao), "SubtensorModule.InsufficientLiquidity");
  increaseStake(context, hotkey, coldkey, netuid, alphaRao);
  payFee(context, netuid, authorFeeRao);
  recordFlow(state, netuid, paidInRao);
  settleLock(context, coldkey, netuid);
  stamp(state, position);
  if (netuid === ROOT_NETUID) {
    addedRootStake(context, hotkey, coldkey, alphaRao);
    addRootStaker(state, coldkey);
  }
  emit({ name: "SubtensorModule.StakeAdded", ...position, taoRao: stakedRao, alphaRao, feeRao });
  return alphaRao;
}

/**
 * Sells a coldkey's stake and pays it the TAO; what a limit leaves stays staked. Returns the TAO paid, rao. Throws the errors of
 * moving TAO and of swaps.
 */
export function unstakeFrom(context: RuleContext, position: Position, alphaRao: bigint, terms: SwapTerms): bigint {
  const { state, emit } = context;
  const { hotkey, coldkey, netuid } = position;
  decreaseStake(context, hotkey, coldkey, netuid, alphaRao);
  const swapped = swapAlphaForTao(context, netuid, alphaRao, terms.limitRao, terms.dropFees);
  const { paidInRao, paidOutRao: taoRao, feeRao, authorFeeRao } = swapped;
  const leftRao = saturatedU64(alphaRao - paidInRao - feeRao);
  if (leftRao > 0n) increaseStake(context, hotkey, coldkey, netuid, leftRao);
  transferFromSubnet(context, netuid, coldkey, taoRao);
  const soldFeeRao = sellFee(context, netuid, authorFeeRao);
  if (netuid === ROOT_NETUID) {
    removedRootStake(context, hotkey, coldkey, alphaRao);
    removeRootStaker(context, coldkey);
  }
  recordFlow(state, netuid, -(taoRao + soldFeeRao));
  settleLock(context, coldkey, netuid);
  stamp(state, position);
  emit({ name: "SubtensorModule.StakeRemoved", ...position, taoRao, alphaRao: paidInRao, feeRao });
  return taoRao;
}

/**
 * Moves stake from one coldkey and hotkey to others within a subnet, shares only, a lock with it. Returns what it is worth, rao.
 * Throws the errors of giving locked alpha; AmountTooLow where it is worth less than the least stake.
 */
export function moveWithin(context: RuleContext, from: Position, to: Position, alphaRao: bigint): bigint {
  const { state, emit } = context;
  const { netuid } = from;
  transferLock(context, from.coldkey, to.coldkey, netuid, alphaRao);
  decreaseStake(context, from.hotkey, from.coldkey, netuid, alphaRao);
  if (netuid === ROOT_NETUID) removedRootStake(context, from.hotkey, from.coldkey, alphaRao);
  increaseStake(context, to.hotkey, to.coldkey, netuid, alphaRao);
  if (netuid === ROOT_NETUID) addedRootStake(context, to.hotkey, to.coldkey, alphaRao);
  const taoRao = valueRao(context, alphaRao, alphaPrice(context, netuid));
  ensure(taoRao >= MIN_STAKE_RAO, "SubtensorModule.AmountTooLow", { taoRao });
  stamp(state, to);
  emit({ name: "SubtensorModule.StakeRemoved", ...from, taoRao, alphaRao, feeRao: 0n });
  emit({ name: "SubtensorModule.StakeAdded", ...to, taoRao, alphaRao, feeRao: 0n });
  return taoRao;
}

/** Pays a fee in TAO to the block's author; without one it is burned, if it can be. */
function payFee(context: RuleContext, netuid: number, feeRao: bigint): void {
  const author = context.state.read(BlockAuthor);
  if (author !== undefined) transferFromSubnet(context, netuid, author, feeRao);
  else attempt(context, (within) => transferTao(within, subnetAccount(netuid), BURN_ACCOUNT, feeRao));
}

/** Sells a fee in alpha for the block's author, and returns the TAO paid; without one it is burned. */
function sellFee(context: RuleContext, netuid: number, feeRao: bigint): bigint {
  const author = context.state.read(BlockAuthor);
  if (author === undefined) return 0n;
  const { paidOutRao } = swapAlphaForTao(context, netuid, feeRao, MIN_PRICE_RAO, true);
  transferFromSubnet(context, netuid, author, paidOutRao);
  return paidOutRao;
}

function recordFlow(state: State, netuid: number, changeRao: bigint): void {
  if (changeRao === 0n) return;
  state.write(SubnetTaoFlow, netuid, saturatedI64(state.read(SubnetTaoFlow, netuid) + changeRao));
}

function stamp(state: State, { coldkey, hotkey }: Position): void {
  state.write(LastColdkeyHotkeyStakeBlock, coldkey, hotkey, state.read(BlockNumber));
}
