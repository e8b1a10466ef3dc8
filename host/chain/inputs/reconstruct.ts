/** The inputs of an epoch from the states around its block: one file a kind of input, put together here. */
import { YumaError } from "../../errors.js";
import type { MechanismsSnapshot, Rules } from "../../types.js";
import { eventsOf } from "../metadata/events.js";
import type { Hex } from "../rpc.js";
import { type Answers, type EpochState, query, read, storedQuery } from "../state/read.js";
import { any, flag, list, u16, u64 } from "../state/shape.js";
import { inputsOf } from "./assemble.js";
import { type BlockEvents, blockEvents } from "./blockEvents.js";
import { commitEpochs } from "./commits.js";
import { type EmissionTotal, emissionQueries, readTotal } from "./emissionTotal.js";
import { readHotkeys, type Subnet } from "./hotkeys.js";
import { settingsOf, settingsQueries } from "./settings.js";
import { checkKeysKept, type MechanismAnswers, uidQueries, uidsByHotkey } from "./uids.js";

/** Which epoch. */
export interface EpochPlace {
  readonly network: string;
  readonly netuid: number;
  readonly block: number;
  readonly blockHash: Hex;
  /** Of the code that executed the block: the one in the state before it. */
  readonly specVersion: number;
  readonly rules: Rules;
}

/** The inputs of an epoch, and what the states say it wrote. */
export interface Reconstruction {
  readonly snapshot: MechanismsSnapshot;
  readonly emission: EmissionTotal;
  readonly events: BlockEvents;
  readonly recorded: Recorded;
  /** Each mechanism's rows, before and after. */
  readonly mechanisms: readonly MechanismAnswers[];
}

/** What the state after the block holds of the subnet as a whole. */
export type Recorded = Answers<ReturnType<typeof recordedQueries>>;

function recordedQueries(netuid: number) {
  const vector = <T>(item: string, entry: (name: string, value: unknown) => T) =>
    query<T[] | null>("after", item, [netuid], list(entry), null);
  return {
    // Null where this runtime keeps no such vector.
    vectors: {
      active: vector("Active", flag),
      consensus: vector("Consensus", u16),
      dividends: vector("Dividends", u16),
      validatorTrust: vector("ValidatorTrust", u16),
      stakeWeight: vector("StakeWeight", u16),
      emission: vector("Emission", u64),
      validatorPermit: vector("ValidatorPermit", flag),
    },
    n: query("after", "SubnetworkN", [netuid], u16),
    lastStepBlock: query<bigint | null>("after", "LastMechansimStepBlock", [netuid], u64, null),
    /** Whether published metadata resets bonds on the hotkey that publishes it. */
    bondsReset: query("before", "BondsResetOn", [netuid], flag, false),
    previousConsensus: query("before", "Consensus", [netuid], list(u16)),
    events: { ...storedQuery("after", "Events", [], any), pallet: "System" },
  };
}

/**
 * Rebuilds what the epoch of a subnet in a block read: everything as it stood before the block, save what the block itself did before
 * its epochs ran.
 *
 * Throws NOT_RECONSTRUCTABLE where the states do not tell, BAD_METADATA and BAD_STORAGE where they cannot be read.
 * Source: subtensor `coinbase/block_step.rs`, `coinbase/run_coinbase.rs`: the order of things within a block.
 */
export async function reconstruct(state: EpochState, place: EpochPlace): Promise<Reconstruction> {
  const { netuid } = place;
  const answers = await read(state, {
    settings: settingsQueries(netuid),
    emission: emissionQueries(netuid),
    recorded: recordedQueries(netuid),
  });
  const { settings, recorded } = answers;
  checkEpochRan(place, settings.n, recorded.lastStepBlock);
  const events = blockEvents(eventsOf(recorded.events), netuid);
  const commits = commitEpochs(settings);
  const [uids, emission] = await Promise.all([
    read(
      state,
      uidQueries({ netuid, n: settings.n, mechanisms: settings.mechanismCount }, commits, events.ownerChanged),
    ),
    readTotal(state, answers.emission, recorded.vectors.emission),
  ]);
  if (events.ownerChanged) checkKeysKept(uids, events.registered);
  const subnet: Subnet = {
    netuid,
    hotkeys: uids.hotkeys,
    uidOf: uidsByHotkey(uids.hotkeys),
    ownerHotkey: events.ownerChanged ? settings.ownerHotkeyAfter : settings.ownerHotkey,
    mechanismCount: settings.mechanismCount,
    commits,
  };
  const hotkeys = await readHotkeys(state, subnet, events);
  return {
    snapshot: {
      ...sourceOf(place),
      ...settingsOf(settings, place.rules),
      ...inputsOf({ rules: place.rules, block: place.block, settings, subnet, uids, hotkeys, ...recorded }),
      raoEmission: emission.total,
    },
    emission,
    events,
    recorded,
    mechanisms: uids.mechanisms,
  };
}

/** Whether the subnet ran an epoch in this block; a runtime that does not say is believed. */
function checkEpochRan({ netuid, block }: EpochPlace, n: number, lastStepBlock: bigint | null): void {
  const ran = n > 0 && (lastStepBlock === null || lastStepBlock === BigInt(block));
  if (ran) return;
  const last = n === 0 || lastStepBlock === 0n ? "it has run none" : `its last was in block ${lastStepBlock}`;
  throw new YumaError("NO_BLOCK", `Subnet ${netuid} ran no epoch in block ${block}; ${last}.`, { netuid, block });
}

function sourceOf({ network, netuid, block, blockHash, specVersion, rules }: EpochPlace) {
  return {
    schemaVersion: 1 as const,
    name: `${network} subnet ${netuid} block ${block}`,
    currentBlock: BigInt(block),
    rules: rules.specVersion ?? rules,
    source: { network, netuid, block, blockHash, specVersion },
  };
}
