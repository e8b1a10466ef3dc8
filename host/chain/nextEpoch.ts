/** The epoch to come: its inputs as they stand now, for `whatIf`. */

import { splitSubnetEmission } from "../api/mechanisms.js";
import { nextEpochBlock } from "../api/weights/schedule.js";
import { YumaError } from "../errors.js";
import { inlinedModule } from "../load/inlined.js";
import { instantiate } from "../load/kernel.js";
import { refuse } from "../marshal/values.js";
import type { EpochSnapshot, SnapshotSource } from "../types.js";
import type { ChainClient } from "./client.js";
import { inputsOf } from "./inputs/assemble.js";
import { commitEpochs } from "./inputs/commits.js";
import { emissionQueries, readTotal } from "./inputs/emissionTotal.js";
import { readHotkeys } from "./inputs/hotkeys.js";
import { notReconstructable } from "./inputs/refusal.js";
import { settingsOf, settingsQueries } from "./inputs/settings.js";
import { uidQueries, uidsByHotkey } from "./inputs/uids.js";
import { scheduleAfter, scheduleQueries } from "./inputs/weightCalls.js";
import { type StandingOptions, standing } from "./standing.js";
import { query, read } from "./state/read.js";
import { list, u16 } from "./state/shape.js";
import { NO_EVENTS, noSubnet } from "./weights.js";

/** A snapshot with the block it was read after, and ss58 addresses by uid. */
export type NextEpoch = EpochSnapshot & { readonly source: SnapshotSource; readonly hotkeys: readonly string[] };

/**
 * The inputs of a subnet's next epoch, one mechanism's, if nothing happened until then: `currentBlock` is the block it is due in,
 * everything else stands as it is, hidden weights stay hidden. A forecast: `raoEmission` is what is pending and, for each block to
 * come, what the last block added; of it the mechanism's share.
 *
 * Throws NO_BLOCK for a subnet without uids or with tempo 0, BAD_VALUE for a mechanism it has not, NOT_RECONSTRUCTABLE, BAD_METADATA
 * for a runtime without a schedule (before spec 425), else as `verifyEpoch`. Source: subtensor `coinbase/run_coinbase.rs`
 * `get_next_epoch_start_block`, `subnets/mechanism.rs` `split_emissions`.
 */
export async function nextEpochSnapshot(
  client: ChainClient,
  netuid: number,
  options: StandingOptions = {},
): Promise<NextEpoch> {
  const { mechid = 0 } = options;
  const { block, state, rules, source } = await standing(client, netuid, options);
  const { settings, emission, times, previousConsensus } = await read(state, {
    settings: settingsQueries(netuid),
    emission: emissionQueries(netuid),
    times: scheduleQueries(netuid),
    previousConsensus: query("before", "Consensus", [netuid], list(u16)),
  });
  const { n, mechanismCount, ownerHotkey } = settings;
  if (n === 0) throw noSubnet(client, netuid);
  if (mechid >= mechanismCount) refuse("mechid", `below the subnet's ${mechanismCount} mechanisms`, mechid);
  const due = nextEpochBlock(scheduleAfter(block, times));
  if (due === null) throw new YumaError("NO_BLOCK", `Subnet ${netuid} runs no epochs: its tempo is 0.`, { netuid });
  const commits = commitEpochs(settings);
  const [uids, { total, unknown }] = await Promise.all([
    read(state, uidQueries({ netuid, n, mechanisms: mechanismCount }, commits, false)),
    readTotal(state, emission, null, due - BigInt(block)),
  ]);
  if (unknown !== null) notReconstructable(unknown);
  const uidOf = uidsByHotkey(uids.hotkeys);
  const subnet = { netuid, hotkeys: uids.hotkeys, uidOf, ownerHotkey, mechanismCount, commits };
  const hotkeys = await readHotkeys(state, subnet, NO_EVENTS);
  const materials = { rules, block: Number(due), settings, subnet, uids, hotkeys, previousConsensus };
  const { mechanisms, hotkeys: addresses = [], ...byUid } = inputsOf(materials);
  const { mechanismCount: _count, split, ...shared } = settingsOf(settings, rules);
  const parts = splitSubnetEmission(instantiate(inlinedModule()), total, mechanismCount, split);
  return {
    schemaVersion: 1,
    name: `${source.network} subnet ${netuid}, the epoch due in block ${due}`,
    currentBlock: due,
    rules: rules.specVersion ?? rules,
    ...shared,
    ...byUid,
    ...(mechanisms[mechid] as (typeof mechanisms)[number]),
    raoEmission: parts[mechid] ?? 0n,
    hotkeys: addresses,
    source,
  };
}
