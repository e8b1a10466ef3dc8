/** The inputs of `yuma weights`, off a node. */
import {
  hexOfAccount,
  type LiveWeightsState,
  type NextEpoch,
  nextEpochSnapshot,
  readAccount,
  uidOfHotkey,
  weightsState,
} from "../../../chain/index.js";
import { type InputOptions, type Inputs, usage, type Wanted } from "../weightsInputs.js";
import { needNetuid, withClient } from "./options.js";

const READERS = { state: weightsState, nextEpoch: nextEpochSnapshot };

/** Reads them as they stand after --block, for the uid or the hotkey given. */
export async function liveInputs(options: InputOptions, wanted: Wanted): Promise<Inputs> {
  const { uid, hotkey, block, mechid, assumeSpec } = options;
  if ((uid === undefined) === (hotkey === undefined)) throw usage("Whose weights? Give --hotkey or --uid.", "--hotkey");
  const given = hotkey === undefined ? undefined : readAccount("hotkey", hotkey);
  const read = READERS[wanted];
  const fields = await withClient<LiveWeightsState | NextEpoch>(options, (client) =>
    read(client, needNetuid(options.netuid), { block, mechid, assumeSpec }),
  );
  const listed = uid === undefined ? "" : (fields.hotkeys[uid] ?? "");
  return {
    fields: { ...fields },
    uid: uid ?? uidOfHotkey(fields, given as string),
    hotkey: given ?? (listed === "" ? undefined : hexOfAccount(listed)),
    source: fields.source,
  };
}
