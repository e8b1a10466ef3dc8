/** The hotkeys of a subnet as the kernel's stake and dividend arithmetic reads them. */
import { type CheckedHotkey, type CheckedHotkeys, packHotkeys, STRANGER } from "../../marshal/hotkeys.js";
import { ChildKeys, ChildkeyTake, MinChildkeyTake, MinChildkeyTakePerSubnet, ParentKeys } from "../state/children.js";
import type { Account } from "../state/codecs.js";
import { TaoWeight } from "../state/hyperparameters.js";
import { TotalHotkeyAlpha } from "../state/staking.js";
import type { ReadableState } from "../state/state.js";
import { ownerOf } from "./hotkeys.js";
import { ROOT_NETUID } from "./subnetChecks.js";

/** Some hotkeys with their stake, owners and families on a subnet, and their parents with stake and owners. */
export function hotkeyTable(state: ReadableState, netuid: number, hotkeys: Iterable<Account>): CheckedHotkeys {
  return packHotkeys(state.read(TaoWeight), hotkeyRecords(state, netuid, hotkeys));
}

/** The same, a record a hotkey. */
export function hotkeyRecords(
  state: ReadableState,
  netuid: number,
  hotkeys: Iterable<Account>,
): ReadonlyMap<Account, CheckedHotkey> {
  const records = new Map<Account, CheckedHotkey>();
  const leastTake = leastTakeOf(state, netuid);
  for (const hotkey of hotkeys) {
    if (!records.has(hotkey)) records.set(hotkey, withFamily(state, netuid, hotkey, leastTake));
  }
  for (const { parents } of [...records.values()]) {
    for (const [, parent] of parents) {
      if (!records.has(parent as Account)) records.set(parent as Account, alone(state, netuid, parent as Account));
    }
  }
  return records;
}

/** What a hotkey keeps of its parents' dividends, not below the network's and the subnet's least; over 65535. */
export function childkeyTakeOf(state: ReadableState, netuid: number, hotkey: Account): number {
  return Math.max(state.read(ChildkeyTake, hotkey, netuid), leastTakeOf(state, netuid));
}

const leastTakeOf = (state: ReadableState, netuid: number) =>
  Math.max(state.read(MinChildkeyTake), state.read(MinChildkeyTakePerSubnet, netuid));

function withFamily(state: ReadableState, netuid: number, hotkey: Account, leastTake: number): CheckedHotkey {
  return {
    ...alone(state, netuid, hotkey),
    take: Math.max(state.read(ChildkeyTake, hotkey, netuid), leastTake),
    parents: state.read(ParentKeys, hotkey, netuid),
    children: state.read(ChildKeys, hotkey, netuid),
  };
}

function alone(state: ReadableState, netuid: number, hotkey: Account): CheckedHotkey {
  return {
    ...STRANGER,
    alpha: state.read(TotalHotkeyAlpha, hotkey, netuid),
    tao: state.read(TotalHotkeyAlpha, hotkey, ROOT_NETUID),
    owner: ownerOf(state, hotkey),
  };
}
