/** Pays an epoch's incentives to miners, and withholds those of the subnet's owner. */
import type { HotkeyDividends } from "../../api/emission/dividends.js";
import { fixed } from "../rules/fixed.js";
import { ownerOf } from "../rules/hotkeys.js";
import { saturatedU64 } from "../rules/integers.js";
import { increaseStake } from "../rules/stake.js";
import { move } from "../rules/swap.js";
import type { Account } from "../state/codecs.js";
import { RecycleOrBurn } from "../state/hyperparameters.js";
import { MinerBurned, SubnetAlphaOut } from "../state/pools.js";
import { AutoStakeDestination, OwnedHotkeys } from "../state/staking.js";
import type { ReadableState } from "../state/state.js";
import { SubnetOwner, SubnetOwnerHotkey } from "../state/subnets.js";
import type { StepContext } from "./steps.js";

/** RecycleOrBurn's value for recycling. */
const RECYCLE = 1;

/** An incentive staked to where its owner wants it. Alpha-rao. */
export type IncentiveEvent = {
  readonly name: "SubtensorModule.AutoStakeAdded";
  readonly netuid: number;
  readonly destination: Account;
  readonly hotkey: Account;
  readonly owner: Account;
  readonly incentiveRao: bigint;
};

/**
 * Stakes each miner's incentive to its owner's destination, or to the miner. A hotkey of the subnet's owner gets nothing: its part is
 * recycled, or burned, which leaves it outstanding and nobody's. MinerBurned ← withheld / total, U96F32.
 *
 * @param paid  the hotkeys with uids, ascending by account
 *
 * Source: subtensor coinbase/run_coinbase.rs, distribute_dividends_and_incentives.
 */
export function payIncentives(context: StepContext, netuid: number, paid: readonly HotkeyDividends[]): void {
  const { state, kernel } = context;
  const owned = hotkeysOfOwner(state, netuid);
  const isRecycling = state.read(RecycleOrBurn, netuid) === RECYCLE;
  let totalRao = 0n;
  let withheldRao = 0n;
  for (const { hotkey, incentive } of paid) {
    totalRao = saturatedU64(totalRao + incentive);
    if (!owned.has(hotkey)) {
      stakeIncentive(context, netuid, hotkey as Account, incentive);
      continue;
    }
    withheldRao = saturatedU64(withheldRao + incentive);
    if (isRecycling) move(state, SubnetAlphaOut, netuid, -incentive);
  }
  const share = fixed(kernel, "u96f32.safe_div", withheldRao << 32n, totalRao << 32n);
  state.write(MinerBurned, netuid, share);
}

/** The owner's hotkey, and every hotkey of the owner's coldkey. */
function hotkeysOfOwner(state: ReadableState, netuid: number): Set<string> {
  const owned = new Set<string>(state.read(OwnedHotkeys, state.read(SubnetOwner, netuid)));
  if (state.has(SubnetOwnerHotkey, netuid)) owned.add(state.read(SubnetOwnerHotkey, netuid));
  return owned;
}

function stakeIncentive(context: StepContext, netuid: number, hotkey: Account, incentiveRao: bigint): void {
  const owner = ownerOf(context.state, hotkey);
  const destination = context.state.read(AutoStakeDestination, owner, netuid);
  if (destination !== undefined) {
    context.emit({ name: "SubtensorModule.AutoStakeAdded", netuid, destination, hotkey, owner, incentiveRao });
  }
  increaseStake(context, destination ?? hotkey, owner, netuid, incentiveRao);
}
