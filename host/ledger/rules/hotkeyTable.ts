/** The hotkeys of a subnet as the kernel's stake and dividend arithmetic reads them. */
import type { HotkeyState, HotkeyTable } from "../../marshal/hotkeys.js";
import { ChildKeys, ChildkeyTake, MinChildkeyTake, MinChildkeyTakePerSubnet, ParentKeys } from "../state/children.js";
import type { Account } from "../state/codecs.js";
import { TaoWeight } from "../state/hyperparameters.js";
import { Owner, TotalHotkeyAlpha } from "../state/staking.js";
import type { ReadableState } from "../state/state.js";
import { ROOT_NETUID } from "./subnetChecks.js";

/** Some hotkeys with their stake, owners and families on a subnet, and their parents with stake and owners. */
export function hotkeyTable(state: ReadableState, netuid: number, hotkeys: Iterable<Account>): HotkeyTable {
  const table = new Map<Account, HotkeyState>();
  const leastTake = leastTakeOf(state, netuid);
  for (const hotkey of hotkeys) {
    if (!table.has(hotkey)) table.set(hotkey, withFamily(state, netuid, hotkey, leastTake));
  }
  for (const { parents = [] } of [...table.values()]) {
    for (const [, parent] of parents) {
      if (!table.has(parent as Account)) table.set(parent as Account, alone(state, netuid, parent as Account));
    }
  }
  return { taoWeight: state.read(TaoWeight), hotkeys: [...table.values()] };
}

/** What a hotkey keeps of its parents' dividends, not below the network's and the subnet's least; over 65535. */
export function childkeyTakeOf(state: ReadableState, netuid: number, hotkey: Account): number {
  return Math.max(state.read(ChildkeyTake, hotkey, netuid), leastTakeOf(state, netuid));
}

const leastTakeOf = (state: ReadableState, netuid: number) =>
  Math.max(state.read(MinChildkeyTake), state.read(MinChildkeyTakePerSubnet, netuid));

function withFamily(state: ReadableState, netuid: number, hotkey: Account, leastTake: number): HotkeyState {
  return {
    ...alone(state, netuid, hotkey),
    childkeyTake: Math.max(state.read(ChildkeyTake, hotkey, netuid), leastTake),
    parents: state.read(ParentKeys, hotkey, netuid),
    children: state.read(ChildKeys, hotkey, netuid),
  };
}

function alone(state: ReadableState, netuid: number, hotkey: Account): HotkeyState {
  return {
    hotkey,
    alphaStake: state.read(TotalHotkeyAlpha, hotkey, netuid),
    taoStake: state.read(TotalHotkeyAlpha, hotkey, ROOT_NETUID),
    owner: state.read(Owner, hotkey),
  };
}
