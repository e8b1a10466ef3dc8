/** Moving stake from one position to another: shares alone within a subnet, a sale and a purchase with one fee between two. Source: subtensor staking/move_stake.rs. */
import type { Kernel } from "../../load/kernel.js";
import { SubnetAlphaIn, SubnetTAO } from "../state/pools.js";
import type { RuleContext } from "./context.js";
import { fixed } from "./fixed.js";
import { becomeDelegate, ownerOf } from "./hotkeys.js";
import { lesser, MAX_U64, saturatedU64 } from "./integers.js";
import { stakeOf } from "./stake.js";
import { checkTransition, isAtPar, mostToAdd, mostToRemove, PAR_RAO, type Transition } from "./stakeChecks.js";
import { MIN_STAKE_RAO, moveWithin, type Position, stakeInto, unstakeFrom } from "./staking.js";
import { transferTao } from "./subnetAccounts.js";
import { ROOT_NETUID } from "./subnetChecks.js";
import { alphaPrice, MAX_PRICE_RAO, MIN_PRICE_RAO } from "./swap.js";

/** What a call asks of a move. */
export interface TransitionTerms {
  /** The least the origin's alpha must be worth in the destination's, times 10^9; and whether a part will do. */
  readonly limit?: { readonly limitRao: bigint; readonly allowPartial: boolean };
  /** Whether both subnets must allow transfers. */
  readonly isTransfer?: boolean;
}

/** Checks a move of at most what there is, and gives it. Throws the errors of `checkTransition`, and with a limit those of swaps. */
export function planTransition(
  context: RuleContext,
  from: Position,
  to: Position,
  askedRao: bigint,
  { limit, isTransfer = false }: TransitionTerms = {},
): Transition {
  const alphaRao = lesser(askedRao, stakeOf(context, from.hotkey, from.coldkey, from.netuid));
  const limited =
    limit && from.netuid !== to.netuid
      ? { mostRao: mostToMove(context, from.netuid, to.netuid, limit.limitRao), allowPartial: limit.allowPartial }
      : undefined;
  checkTransition(context, { from, to, alphaRao }, limited, isTransfer);
  return { from, to, alphaRao: limited ? lesser(alphaRao, limited.mostRao) : alphaRao };
}

/**
 * Carries out a move; returns the TAO it was worth, rao. Between subnets the fee is the sale's, from the root the purchase's; less
 * than the least stake stays with the coldkey as free TAO.
 */
export function carryOutTransition(context: RuleContext, { from, to, alphaRao }: Transition): bigint {
  const { state } = context;
  if (from.netuid === to.netuid) return moveWithin(context, from, to, alphaRao);
  const isFromRoot = from.netuid === ROOT_NETUID;
  const taoRao = unstakeFrom(context, from, alphaRao, { limitRao: MIN_PRICE_RAO, dropFees: isFromRoot });
  if (from.coldkey !== to.coldkey) transferTao(context, from.coldkey, to.coldkey, taoRao);
  if (taoRao < MIN_STAKE_RAO) return taoRao;
  if (ownerOf(state, to.hotkey) !== to.coldkey) becomeDelegate(state, to.hotkey);
  stakeInto(context, to, taoRao, { limitRao: MAX_PRICE_RAO, dropFees: !isFromRoot });
  return taoRao;
}

/** The most alpha that may move before the price of the origin in the destination falls below a limit, parts of 10^9. */
export function mostToMove(context: RuleContext, origin: number, destination: number, limitRao: bigint): bigint {
  const { kernel } = context;
  const [fromPar, toPar] = [isAtPar(context, origin), isAtPar(context, destination)];
  if (fromPar && toPar) return limitRao > PAR_RAO ? 0n : MAX_U64;
  if (fromPar) {
    if (limitRao === 0n) return MAX_U64;
    const inverse = divided(kernel, PAR_RAO << 64n, limitRao << 64n);
    return mostToAdd(context, destination, saturatedU64(times(kernel, inverse, PAR_RAO << 64n) >> 64n));
  }
  if (toPar) return mostToRemove(context, origin, limitRao);
  return mostBetweenPools(context, origin, destination, limitRao);
}

/** aIn₂·(t₁/(t₁+t₂))/limit − aIn₁·(t₂/(t₁+t₂)) in U64F64, in this order; 0 past the limit, everything without one. */
function mostBetweenPools(context: RuleContext, origin: number, destination: number, limitRao: bigint): bigint {
  const { state, kernel } = context;
  const [tao1, tao2] = [state.read(SubnetTAO, origin) << 64n, state.read(SubnetTAO, destination) << 64n];
  const [alpha1, alpha2] = [state.read(SubnetAlphaIn, origin) << 64n, state.read(SubnetAlphaIn, destination) << 64n];
  if (tao1 === 0n || tao2 === 0n || alpha1 === 0n || alpha2 === 0n) return 0n;
  const limit = divided(kernel, limitRao << 64n, PAR_RAO << 64n);
  const price = divided(kernel, alphaPrice(context, origin), alphaPrice(context, destination));
  if (limit > price) return 0n;
  if (limitRao === 0n) return MAX_U64;
  const sum = fixed(kernel, "u64f64.add", tao2, tao1);
  const [part1, part2] = [divided(kernel, tao1, sum), divided(kernel, tao2, sum)];
  const reached = divided(kernel, times(kernel, alpha2, part1), limit);
  return fixed(kernel, "u64f64.sub", reached, times(kernel, alpha1, part2)) >> 64n;
}

const times = (kernel: Kernel, a: bigint, b: bigint) => fixed(kernel, "u64f64.mul", a, b);
const divided = (kernel: Kernel, a: bigint, b: bigint) => fixed(kernel, "u64f64.safe_div", a, b);
