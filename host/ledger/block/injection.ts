/** What a block gives one pool: liquidity at an unchanged price, and TAO that buys alpha. */
import type { Injected, Injection } from "../../api/emission/types.js";
import { curveOf } from "../../api/pool/pool.js";
import { DYNAMIC_MECHANISM } from "../../marshal/pool.js";
import { attempt, type RuleContext } from "../rules/context.js";
import { saturatedI64, saturatedU64 } from "../rules/integers.js";
import { type Purse, spend } from "../rules/issuance.js";
import { subnetAccount } from "../rules/subnetAccounts.js";
import { MAX_PRICE_RAO, move, poolOf, swapTaoForAlpha } from "../rules/swap.js";
import {
  SubnetAlphaIn,
  SubnetAlphaInEmission,
  SubnetAlphaOut,
  SubnetExcessTao,
  SubnetProtocolAlpha,
  SubnetProtocolFlow,
  SubnetTAO,
  SubnetTaoInEmission,
  SwapBalancer,
  TotalStake,
} from "../state/pools.js";

/**
 * Weights move first, by the reserves as they are; then excess TAO buys alpha without fee or limit, which the chain keeps; then what
 * was injected joins the reserves. Where a weight would leave its range nothing is injected. Returns the reserves.
 *
 * Source: subtensor coinbase/run_coinbase.rs, inject_and_maybe_swap.
 */
export function injectInto(context: RuleContext, purse: Purse, injection: Injection): Injected {
  const { state } = context;
  const { netuid, excessTao } = injection;
  const { taoRao, alphaRao } = adjustWeights(context, injection);
  state.write(SubnetExcessTao, netuid, 0n);
  state.write(SubnetTaoInEmission, netuid, 0n);
  if (excessTao > 0n) buy(context, purse, netuid, excessTao);
  state.write(SubnetAlphaInEmission, netuid, alphaRao);
  move(state, SubnetAlphaIn, netuid, alphaRao);
  if (taoRao > 0n && spend(context, purse, subnetAccount(netuid), taoRao)) {
    state.write(SubnetTaoInEmission, netuid, taoRao);
    move(state, SubnetTAO, netuid, taoRao);
    state.write(TotalStake, saturatedU64(state.read(TotalStake) + taoRao));
    recordFlow(context, netuid, taoRao);
  }
  return {
    alphaIn: state.read(SubnetAlphaIn, netuid),
    alphaOut: state.read(SubnetAlphaOut, netuid),
    tao: state.read(SubnetTAO, netuid),
  };
}

/** Moves the weights so that the price stays; they move of stable subnets too. Returns what may be injected. */
function adjustWeights(
  { state, kernel }: RuleContext,
  { netuid, taoIn, alphaIn }: Injection,
): { readonly taoRao: bigint; readonly alphaRao: bigint } {
  const quoteWeight = state.read(SwapBalancer, netuid);
  const pool = { ...poolOf(state, netuid), quoteWeight, mechanism: DYNAMIC_MECHANISM };
  const injected = curveOf(pool).inject(kernel, pool, taoIn, alphaIn);
  if ("error" in injected) return { taoRao: 0n, alphaRao: 0n };
  state.write(SwapBalancer, netuid, injected.quoteWeight ?? quoteWeight);
  return { taoRao: taoIn, alphaRao: alphaIn };
}

/** Buys alpha for the chain; where the pool refuses the TAO stays in the subnet's account. */
function buy(context: RuleContext, purse: Purse, netuid: number, taoRao: bigint): void {
  if (!spend(context, purse, subnetAccount(netuid), taoRao)) return;
  attempt(context, (within) => {
    const { paidInRao, paidOutRao } = swapTaoForAlpha(within, netuid, taoRao, MAX_PRICE_RAO, true);
    move(within.state, SubnetProtocolAlpha, netuid, paidOutRao);
    within.state.write(SubnetExcessTao, netuid, paidInRao);
    recordFlow(within, netuid, paidInRao);
  });
}

/** The chain's own TAO that went into a pool, i64. */
function recordFlow({ state }: RuleContext, netuid: number, taoRao: bigint): void {
  const flow = state.read(SubnetProtocolFlow, netuid) + BigInt.asIntN(64, taoRao);
  state.write(SubnetProtocolFlow, netuid, saturatedI64(flow));
}
