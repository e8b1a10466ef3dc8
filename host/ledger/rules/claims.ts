/**
 * Root dividends: alpha of subnets earned by TAO staked on the root, which its stakers claim. A hotkey has a rate a subnet, alpha
 * earned by a unit of root stake (I96F32); owed is rate·stake less what was claimed, and stake that comes or goes shifts
 * what was claimed, so that only later dividends count for it. Source: subtensor staking/claim_root.rs.
 */
import type { CodecType } from "scale-ts";
import { RootClaimable, RootClaimableThreshold, RootClaimed, RootClaimType } from "../state/claims.js";
import type { Account } from "../state/codecs.js";
import { SubnetAlphaOut, SubnetProtocolFlow, SubnetRootSellTao, SubnetTAO, TotalStake } from "../state/pools.js";
import { StakingHotkeys } from "../state/staking.js";
import type { State } from "../state/state.js";
import type { claimType } from "../state/values.js";
import type { RuleContext } from "./context.js";
import { checkedFixed, fixed } from "./fixed.js";
import { ownerOf } from "./hotkeys.js";
import { saturatedI64, saturatedU64 } from "./integers.js";
import { increaseStake, stakeOf, stakeOfHotkey } from "./stake.js";
import { subnetAccount, transferFromSubnet } from "./subnetAccounts.js";
import { ROOT_NETUID } from "./subnetChecks.js";
import { MIN_PRICE_RAO, move, swapAlphaForTao } from "./swap.js";

/** What is done with claims: sold for root stake, kept, or kept of some subnets. */
export type ClaimType = CodecType<typeof claimType>;

/** Events of claims. */
export type ClaimEvent =
  | { readonly name: "SubtensorModule.RootClaimed"; readonly coldkey: Account }
  | { readonly name: "SubtensorModule.RootClaimTypeSet"; readonly coldkey: Account; readonly claimType: ClaimType };

const FRACTION_BITS = 32n;
const MOST_BITS = (1n << 127n) - 1n;
const MAX_U128 = (1n << 128n) - 1n;

/** An unsigned integer in I96F32, saturating. */
const toBits = (value: bigint): bigint => (value > MOST_BITS >> FRACTION_BITS ? MOST_BITS : value << FRACTION_BITS);
/** The whole part, 0 below 0. */
const whole = (bits: bigint): bigint => (bits < 0n ? 0n : bits >> FRACTION_BITS);

/** Gives a hotkey's root stakers alpha of a subnet to claim: rate += alpha/stake. Its owner gets it as stake if it is more than the stake. */
export function addRootDividends(context: RuleContext, hotkey: Account, netuid: number, alphaRao: bigint): void {
  const { state, kernel } = context;
  const stakeRao = stakeOfHotkey(state, hotkey, ROOT_NETUID);
  if (alphaRao > stakeRao) {
    increaseStake(context, hotkey, ownerOf(state, hotkey), netuid, alphaRao);
    return;
  }
  const added = checkedFixed(kernel, "i96f32.cdiv", toBits(alphaRao), toBits(stakeRao)) ?? 0n;
  const rates = state.read(RootClaimable, hotkey);
  const at = rates.findIndex(([one]) => one >= netuid);
  const place = at < 0 ? rates.length : at;
  const before = rates[place]?.[0] === netuid ? rates[place]?.[1] : undefined;
  if (before !== undefined && added === 0n) return;
  const rate = before === undefined ? added : fixed(kernel, "i96f32.add", before, added);
  state.write(RootClaimable, hotkey, [
    ...rates.slice(0, place),
    [netuid, rate],
    ...rates.slice(before === undefined ? place : place + 1),
  ]);
}

/** What a coldkey may claim of a subnet, I96F32; below 0 where it has claimed ahead. */
export function owedBits(context: RuleContext, hotkey: Account, coldkey: Account, netuid: number): bigint {
  const { state, kernel } = context;
  const rate = state.read(RootClaimable, hotkey).find(([one]) => one === netuid)?.[1] ?? 0n;
  const stake = toBits(stakeOf(context, hotkey, coldkey, ROOT_NETUID));
  const claimed = toBits(state.read(RootClaimed, netuid, hotkey, coldkey));
  return fixed(kernel, "i96f32.sub", fixed(kernel, "i96f32.mul", rate, stake), claimed);
}

/** Claims what a coldkey is owed with all its hotkeys, of these subnets or of all. Throws the errors of a sale. */
export function claimRoot(context: RuleContext, coldkey: Account, netuids?: readonly number[]): void {
  const { state } = context;
  for (const hotkey of state.read(StakingHotkeys, coldkey)) {
    const type = state.read(RootClaimType, coldkey);
    for (const [netuid] of state.read(RootClaimable, hotkey)) {
      if (netuids === undefined || netuids.includes(netuid)) claimOf(context, hotkey, coldkey, netuid, type);
    }
  }
  context.emit({ name: "SubtensorModule.RootClaimed", coldkey });
}

/** After root stake came: as if all dividends so far had been claimed for it. */
export function addedRootStake(
  { state, kernel }: RuleContext,
  hotkey: Account,
  coldkey: Account,
  taoRao: bigint,
): void {
  for (const [netuid, rate] of state.read(RootClaimable, hotkey)) {
    const claimed =
      state.read(RootClaimed, netuid, hotkey, coldkey) + whole(fixed(kernel, "i96f32.mul", rate, toBits(taoRao)));
    state.write(RootClaimed, netuid, hotkey, coldkey, claimed > MAX_U128 ? MAX_U128 : claimed);
  }
}

/** After root stake went: what was claimed for it no longer counts; what was not is lost. */
export function removedRootStake(
  { state, kernel }: RuleContext,
  hotkey: Account,
  coldkey: Account,
  taoRao: bigint,
): void {
  for (const [netuid, rate] of state.read(RootClaimable, hotkey)) {
    if (netuid === ROOT_NETUID) continue;
    const claimed =
      state.read(RootClaimed, netuid, hotkey, coldkey) - whole(fixed(kernel, "i96f32.mul", rate, toBits(taoRao)));
    state.write(RootClaimed, netuid, hotkey, coldkey, claimed > 0n ? claimed : 0n);
  }
}

/** Forgets all dividends of a subnet that ends. */
export function dropRootDividends(state: State, netuid: number): void {
  for (const [[hotkey], rates] of state.entries(RootClaimable)) {
    const kept = rates.filter(([one]) => one !== netuid);
    if (kept.length < rates.length) state.write(RootClaimable, hotkey, kept);
  }
  state.clear(RootClaimed, netuid);
}

function claimOf(context: RuleContext, hotkey: Account, coldkey: Account, netuid: number, type: ClaimType): void {
  const { state } = context;
  const owed = owedBits(context, hotkey, coldkey, netuid);
  if (owed < state.read(RootClaimableThreshold, netuid)) return;
  const alphaRao = saturatedU64(whole(owed));
  if (alphaRao === 0n) return;
  const isSold = type.tag === "Swap" || (type.tag === "KeepSubnets" && !type.value.includes(netuid));
  if (isSold) sellForRootStake(context, hotkey, coldkey, netuid, alphaRao);
  else increaseStake(context, hotkey, coldkey, netuid, alphaRao);
  const claimed = state.read(RootClaimed, netuid, hotkey, coldkey) + alphaRao;
  state.write(RootClaimed, netuid, hotkey, coldkey, claimed > MAX_U128 ? MAX_U128 : claimed);
}

function sellForRootStake(
  context: RuleContext,
  hotkey: Account,
  coldkey: Account,
  netuid: number,
  alphaRao: bigint,
): void {
  const { state } = context;
  const { paidOutRao } = swapAlphaForTao(context, netuid, alphaRao, MIN_PRICE_RAO, true);
  transferFromSubnet(context, netuid, subnetAccount(ROOT_NETUID), paidOutRao);
  move(state, SubnetRootSellTao, netuid, paidOutRao);
  state.write(SubnetProtocolFlow, netuid, saturatedI64(state.read(SubnetProtocolFlow, netuid) - paidOutRao));
  increaseStake(context, hotkey, coldkey, ROOT_NETUID, paidOutRao);
  move(state, SubnetTAO, ROOT_NETUID, paidOutRao);
  move(state, SubnetAlphaOut, ROOT_NETUID, paidOutRao);
  state.write(TotalStake, saturatedU64(state.read(TotalStake) + paidOutRao));
  addedRootStake(context, hotkey, coldkey, paidOutRao);
}
