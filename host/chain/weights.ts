/** What weight calls read of a subnet, off a node: the state for `checkWeights`, ready to be asked about any uid. */
import { currentEpoch } from "../api/weights/schedule.js";
import type { WeightsState } from "../api/weights/types.js";
import { YumaError } from "../errors.js";
import { array, present, record } from "../marshal/values.js";
import type { SnapshotSource } from "../types.js";
import { hexOfAccount, readAccount } from "./account.js";
import type { ChainClient } from "./client.js";
import type { BlockEvents } from "./inputs/blockEvents.js";
import { readHotkeys } from "./inputs/hotkeys.js";
import { settingsQueries } from "./inputs/settings.js";
import { indexOf, uidsByHotkey } from "./inputs/uids.js";
import { commitQueries, limitQueries, scheduleAfter, scheduleQueries } from "./inputs/weightCalls.js";
import { type StandingOptions, standing } from "./standing.js";
import { read, storedQuery } from "./state/read.js";
import { account } from "./state/shape.js";

/** A state with the block it stands after, and ss58 addresses by uid. */
export type LiveWeightsState = WeightsState & { readonly source: SnapshotSource; readonly hotkeys: readonly string[] };

/** Nothing but the state counts: no block is under way. */
export const NO_EVENTS: BlockEvents = {
  revealed: [],
  weightsSet: [],
  registered: new Set(),
  committed: new Set(),
  ownerChanged: false,
  minerEmission: new Map(),
};

/**
 * Reads what `checkWeights` reads of one mechanism of a subnet. `currentBlock` is the block after the one named: the first that
 * a call sent then can be in. Three or four round trips after the metadata.
 *
 * Throws NO_BLOCK for a subnet without uids, BAD_METADATA for a runtime without what the rules look at (before spec 425), else as
 * `verifyEpoch`. Source: subtensor `subnets/weights.rs`, `utils/misc.rs` `get_last_update_for_uid`.
 */
export async function weightsState(
  client: ChainClient,
  netuid: number,
  options: StandingOptions = {},
): Promise<LiveWeightsState> {
  const { mechid = 0 } = options;
  const { block, state, source } = await standing(client, netuid, options);
  const { settings, limits, times } = await read(state, {
    settings: settingsQueries(netuid),
    limits: limitQueries(netuid, mechid),
    times: scheduleQueries(netuid),
  });
  const { n } = settings;
  if (n === 0) throw noSubnet(client, netuid);
  const schedule = scheduleAfter(block, times);
  const keys = await read(
    state,
    Array.from({ length: n }, (_, uid) => storedQuery("before", "Keys", [netuid, uid], account)),
  );
  const uidOf = uidsByHotkey(keys);
  const present = [...uidOf.keys()];
  const subnet = { netuid, hotkeys: keys, uidOf, ownerHotkey: settings.ownerHotkey, mechanismCount: 0, commits: null };
  const [{ alphaStake, taoStake, ownerUid }, commits] = await Promise.all([
    readHotkeys(state, subnet, NO_EVENTS),
    read(state, commitQueries(indexOf(netuid, mechid), currentEpoch(schedule), present)),
  ]);
  const { added: isAdded, lastUpdate, lastStoredRound, ...rest } = limits;
  // Vectors may end before the last uid; what is missing counts as 0, as false.
  const each = <T>(list: readonly T[], missing: T): T[] => keys.map((_, uid) => list[uid] ?? missing);
  return {
    netuid,
    mechid,
    mechanismCount: isAdded ? settings.mechanismCount : 0,
    n,
    stakeThreshold: settings.stakeThreshold,
    ownerUid,
    commitRevealEnabled: settings.commitRevealEnabled,
    lastUpdate: each(lastUpdate, 0n),
    validatorPermit: each(settings.validatorPermit, false),
    alphaStake,
    taoStake,
    taoWeight: settings.taoWeight,
    ...rest,
    ...times,
    currentBlock: schedule.currentBlock,
    commits: commits.hashed.flatMap((queue, i) =>
      (queue ?? []).map(([hash, epoch, at]) => ({ uid: uidOf.get(present[i] as string) ?? 0, hash, epoch, block: at })),
    ),
    timelockedCommits: commits.timelocked.flatMap(([hotkey]) => uidOf.get(hotkey) ?? []),
    ...(lastStoredRound === null ? {} : { lastStoredRound }),
    hotkeys: keys.map((hotkey) => hotkey ?? ""),
    source,
  };
}

/** NO_BLOCK: there is nobody on that subnet. */
export function noSubnet(client: ChainClient, netuid: number): YumaError {
  return new YumaError("NO_BLOCK", `There is no subnet ${netuid} with uids on ${client.network.name}.`, { netuid });
}

/** The uid of a hotkey, ss58 or 0x and 64 hex digits, in a state or snapshot read off a node; null where it has none. Throws BAD_VALUE. */
export function uidOfHotkey(state: { readonly hotkeys: readonly string[] }, hotkey: string): number | null {
  const hotkeys = array("hotkeys", record("state", state).hotkeys) as readonly string[];
  const wanted = readAccount("hotkey", present("hotkey", hotkey));
  const uid = hotkeys.findIndex((one) => one !== "" && hexOfAccount(one) === wanted);
  return uid < 0 ? null : uid;
}
