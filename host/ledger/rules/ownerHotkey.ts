/** The hotkey that stands for a subnet's owner. */
import type { Emit } from "../events.js";
import type { Account } from "../state/codecs.js";
import type { State } from "../state/state.js";
import { SubnetOwnerHotkey } from "../state/subnets.js";

/** What entering it reports. */
export type OwnerHotkeyEvent = {
  readonly name: "SubtensorModule.SubnetOwnerHotkeySet";
  readonly netuid: number;
  readonly hotkey: Account;
};

/** Enters it; `checkNoSystemAccount` comes before. Source: subtensor utils/misc.rs, set_subnet_owner_hotkey. */
export function setOwnerHotkey(state: State, emit: Emit, netuid: number, hotkey: Account): void {
  state.write(SubnetOwnerHotkey, netuid, hotkey);
  emit({ name: "SubtensorModule.SubnetOwnerHotkeySet", netuid, hotkey });
}
