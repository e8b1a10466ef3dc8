/** Pays an epoch's dividends: the validator's take to its owner, the rest to all who stake with it, on the subnet and on the root. */

import { delegateTake } from "../../api/emission/delegateTake.js";
import type { HotkeyDividends } from "../../api/emission/dividends.js";
import { addRootDividends } from "../rules/claims.js";
import { ownerOf } from "../rules/hotkeys.js";
import { increaseForAll, increaseStake, stakeOfHotkey } from "../rules/stake.js";
import type { Account } from "../state/codecs.js";
import {
  AlphaDividendsPerSubnet,
  Delegates,
  RootAlphaDividendsPerSubnet,
  TotalHotkeyAlphaLastEpoch,
} from "../state/staking.js";
import type { StepContext } from "./steps.js";

/** All alpha dividends, then all root dividends, ascending by account. Source: as incentives.ts. */
export function payDividends(context: StepContext, netuid: number, paid: readonly HotkeyDividends[]): void {
  const { state } = context;
  state.clear(AlphaDividendsPerSubnet, netuid);
  for (const { hotkey, alphaDividendsBits } of paid) {
    payAlphaDividends(context, netuid, hotkey as Account, alphaDividendsBits);
  }
  state.clear(RootAlphaDividendsPerSubnet, netuid);
  for (const { hotkey, rootDividendsBits } of paid) {
    payRootDividends(context, netuid, hotkey as Account, rootDividendsBits);
  }
}

function payAlphaDividends(context: StepContext, netuid: number, hotkey: Account, bits: bigint): void {
  const { state } = context;
  const restRao = payTake(context, netuid, hotkey, bits);
  increaseForAll(context, hotkey, netuid, restRao);
  state.write(AlphaDividendsPerSubnet, netuid, hotkey, restRao);
  state.write(TotalHotkeyAlphaLastEpoch, hotkey, netuid, stakeOfHotkey(state, hotkey, netuid));
}

function payRootDividends(context: StepContext, netuid: number, hotkey: Account, bits: bigint): void {
  const restRao = payTake(context, netuid, hotkey, bits);
  addRootDividends(context, hotkey, netuid, restRao);
  context.state.write(RootAlphaDividendsPerSubnet, netuid, hotkey, restRao);
}

/** Stakes the take of dividends, U96F32 of alpha-rao, to the hotkey's owner. Returns the rest, rao. */
function payTake(context: StepContext, netuid: number, hotkey: Account, bits: bigint): bigint {
  if (bits === 0n) return 0n;
  const { take, rest } = delegateTake(context.kernel, context.state.read(Delegates, hotkey), bits);
  increaseStake(context, hotkey, ownerOf(context.state, hotkey), netuid, take);
  return rest;
}
