/**
 * Ending a subnet: its TAO goes to its stakers in proportion to their alpha, what is the chain's own is recycled, and all it had is
 * removed. Source: subtensor staking/remove_stake.rs, coinbase/root.rs. Where the chain goes through stakers by hashes of accounts,
 * this goes by accounts; it decides who of equals gets an odd rao.
 */
import { safeFloats } from "../../api/safeFloat.js";
import { FreeBalance } from "../state/balances.js";
import { RootClaimable, RootClaimed } from "../state/claims.js";
import type { Account } from "../state/codecs.js";
import {
  FeeRate,
  PalSwapInitialized,
  RAORecycledForRegistration,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetOwnerCut,
  SubnetProtocolAlpha,
  SubnetTAO,
  SwapBalancer,
  TotalStake,
} from "../state/pools.js";
import { AlphaV2, TotalHotkeyAlpha, TotalHotkeySharesV2 } from "../state/staking.js";
import {
  NetworkRegisteredAt,
  NetworkRegistrationStartBlock,
  SubnetLocked,
  SubnetOwner,
  TaoInRefundDeploymentBlock,
} from "../state/subnets.js";
import { attempt, type RuleContext } from "./context.js";
import { fixed } from "./fixed.js";
import { lesser, saturatedU64 } from "./integers.js";
import { recycleAllButDeposit } from "./recycle.js";
import { removeNetwork } from "./removeNetwork.js";
import { stakeOf } from "./stake.js";
import { subnetAccount, transferFromSubnet, transferTao } from "./subnetAccounts.js";
import { alphaPrice } from "./swap.js";

const WHOLE_CUT = 65_535n;
const U96F32_BITS = 32n;
/** From U64F64 to U96F32. */
const LOST_BITS = 32n;

/** A part of the pot: whose, by what weight, and how much. */
interface Portion {
  /** null: the chain's own. */
  readonly coldkey: Account | null;
  readonly weight: bigint;
  readonly rao: bigint;
}

/** Ends a subnet that exists and is not the root. */
export function dissolveSubnet(context: RuleContext, netuid: number): void {
  const { state, emit } = context;
  for (const [[hotkey], rates] of state.entries(RootClaimable)) {
    if (rates.some(([of]) => of === netuid))
      state.write(
        RootClaimable,
        hotkey,
        rates.filter(([of]) => of !== netuid),
      );
  }
  state.clear(RootClaimed, netuid);
  settleStakes(context, netuid);
  state.remove(PalSwapInitialized, netuid);
  state.remove(FeeRate, netuid);
  state.remove(SwapBalancer, netuid);
  removeNetwork(state, netuid);
  emit({ name: "SubtensorModule.NetworkRemoved", netuid });
}

/** Pays out the pot, destroys all alpha, refunds the owner of an old subnet, recycles the rest. */
function settleStakes(context: RuleContext, netuid: number): void {
  const { state } = context;
  const refundRao = ownerRefundRao(context, netuid);
  const owner = state.read(SubnetOwner, netuid);
  const weights = stakerWeights(context, netuid);
  const protocol = protocolWeight(context, netuid);
  if (protocol > 0n) weights.push({ coldkey: null, weight: protocol });
  const potRao = state.read(SubnetTAO, netuid);
  state.remove(SubnetTAO, netuid);
  state.write(TotalStake, saturatedU64(state.read(TotalStake) - potRao));
  let protocolRao = 0n;
  for (const { coldkey, rao } of portions(potRao, weights)) {
    if (coldkey === null) protocolRao += rao;
    // The account can hold less than the pot, and what is below the deposit opens no account.
    else if (rao > 0n) attempt(context, (within) => transferFromSubnet(within, netuid, coldkey, rao));
  }
  destroyAlpha(context, netuid);
  const account = subnetAccount(netuid);
  if (refundRao > 0n) {
    const mostRao = saturatedU64(state.read(FreeBalance, account) - protocolRao);
    attempt(context, (within) => transferTao(within, account, owner, lesser(refundRao, mostRao)));
  }
  state.write(RAORecycledForRegistration, netuid, recycleAllButDeposit(state, account));
}

/** Pro rata by largest remainder: ⌊pot·w/Σw⌋, then a rao each to the largest remainders, of equals the first. */
export function portions(potRao: bigint, weights: readonly Omit<Portion, "rao">[]): readonly Portion[] {
  const total = weights.reduce((sum, { weight }) => sum + weight, 0n);
  if (potRao === 0n || total === 0n) return [];
  const parts = weights.map((one) => ({ ...one, rao: (potRao * one.weight) / total }));
  let left = potRao - parts.reduce((sum, { rao }) => sum + rao, 0n);
  if (left === 0n) return parts;
  const remainder = ({ weight }: { readonly weight: bigint }) => (potRao * weight) % total;
  parts.sort((a, b) => (remainder(a) > remainder(b) ? -1 : remainder(a) < remainder(b) ? 1 : 0));
  return parts.map((part) => {
    if (left === 0n) return part;
    left -= 1n;
    return { ...part, rao: part.rao + 1n };
  });
}

/** What each staker has, in alpha; where a pool has no value, the shares themselves. */
function stakerWeights(context: RuleContext, netuid: number): Omit<Portion, "rao">[] {
  const { state, kernel } = context;
  const found: Omit<Portion, "rao">[] = [];
  for (const hotkey of hotkeysOf(context, netuid)) {
    for (const [[, coldkey, of], share] of state.entries(AlphaV2, hotkey)) {
      if (of !== netuid) continue;
      const weight = stakeOf(context, hotkey, coldkey, netuid) || safeFloats(() => kernel).toU64(share);
      if (weight > 0n) found.push({ coldkey, weight });
    }
  }
  return found;
}

/** The chain's own alpha; of subnets that are not old the pool's too. */
function protocolWeight({ state }: RuleContext, netuid: number): bigint {
  const own = state.read(SubnetProtocolAlpha, netuid);
  const isOld = state.read(NetworkRegisteredAt, netuid) <= state.read(TaoInRefundDeploymentBlock);
  return isOld ? own : saturatedU64(state.read(SubnetAlphaIn, netuid) + own);
}

/** What an owner from before `NetworkRegistrationStartBlock` gets back: the cost less the cut of all alpha at the price now. */
function ownerRefundRao(context: RuleContext, netuid: number): bigint {
  const { state, kernel } = context;
  const lockedRao = state.read(SubnetLocked, netuid);
  if (lockedRao === 0n || state.read(NetworkRegisteredAt, netuid) >= state.read(NetworkRegistrationStartBlock))
    return 0n;
  const floor = (bits: bigint) => fixed(kernel, "u96f32.tou64", bits);
  const mul = (a: bigint, b: bigint) => fixed(kernel, "u96f32.mul", a, b);
  const cut = fixed(
    kernel,
    "u96f32.safe_div",
    BigInt(state.read(SubnetOwnerCut)) << U96F32_BITS,
    WHOLE_CUT << U96F32_BITS,
  );
  const emitted = saturatedU64(state.read(SubnetAlphaIn, netuid) + state.read(SubnetAlphaOut, netuid));
  const ownerAlpha = floor(mul(emitted << U96F32_BITS, cut));
  const earnedRao = floor(mul(ownerAlpha << U96F32_BITS, alphaPrice(context, netuid) >> LOST_BITS));
  return saturatedU64(lockedRao - earnedRao);
}

function destroyAlpha(context: RuleContext, netuid: number): void {
  const { state } = context;
  for (const hotkey of hotkeysOf(context, netuid)) {
    for (const [keys] of state.entries(AlphaV2, hotkey)) if (keys[2] === netuid) state.remove(AlphaV2, ...keys);
    state.remove(TotalHotkeyAlpha, hotkey, netuid);
    state.remove(TotalHotkeySharesV2, hotkey, netuid);
  }
  for (const item of [SubnetAlphaIn, SubnetAlphaOut, SubnetProtocolAlpha]) state.remove(item, netuid);
  state.write(SubnetLocked, netuid, 0n);
}

/** Hotkeys with stake on a subnet, in order. */
function hotkeysOf({ state }: RuleContext, netuid: number): Account[] {
  return state.entries(TotalHotkeyAlpha).flatMap(([[hotkey, of]]) => (of === netuid ? [hotkey] : []));
}
