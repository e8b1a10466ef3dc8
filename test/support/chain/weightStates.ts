/** The states that weight calls and epochs to come meet, as a chain stores them. */
import { AccountId } from "@polkadot-api/substrate-bindings";
import { epochNow, type TwinState } from "../../oracle/weightCalls.js";
import { NETUID, type Published, runtimeOf } from "./epochs.js";
import { accountOf, prefixOf, put } from "./items.js";
import { type RawState, TestNode } from "./node.js";
import { hotkeyOf, statesOf } from "./states.js";
import { littleEndian } from "./types.js";

const ss58 = AccountId();

/** The hotkey of a uid as people write it. */
export function addressOf(uid: number): string {
  return ss58.dec(Uint8Array.from(Buffer.from(hotkeyOf(uid), "hex")));
}

/** Storage whose reading gives the state again. */
export function storeWeightState(state: TwinState): RawState {
  const { netuid, mechid } = state;
  const index = mechid * 4096 + netuid;
  const raw: RawState = new Map();
  const settings: Record<string, unknown> = {
    SubnetworkN: state.n,
    NetworksAdded: state.mechanismCount > 0,
    MechanismCountCurrent: state.mechanismCount || 1,
    Tempo: state.tempo,
    CommitRevealWeightsEnabled: state.commitRevealEnabled,
    ValidatorPermit: state.validatorPermit,
    MinAllowedWeights: state.minAllowedWeights,
    WeightsVersionKey: state.weightsVersionKey,
    WeightsSetRateLimit: state.weightsSetRateLimit,
    SubnetEpochIndex: state.subnetEpochIndex,
    LastEpochBlock: state.lastEpochBlock,
    PendingEpochAt: state.pendingEpochAt,
    BlocksSinceLastStep: state.blocksSinceLastStep,
    RevealPeriodEpochs: state.revealPeriodEpochs,
  };
  for (const [name, value] of Object.entries(settings)) put(raw, name, [netuid], value);
  put(raw, "StakeThreshold", [], state.stakeThreshold);
  put(raw, "TaoWeight", [], state.taoWeight);
  put(raw, "SubnetOwnerHotkey", [netuid], state.ownerUid === null ? accountOf(7) : hotkeyOf(state.ownerUid));
  put(raw, "LastUpdate", [index], state.lastUpdate);
  raw.set(`0x${prefixOf("Drand", "LastStoredRound")}`, `0x${littleEndian(state.lastStoredRound, 8)}`);
  for (let uid = 0; uid < state.n; uid++) {
    const hotkey = hotkeyOf(uid);
    put(raw, "Keys", [netuid, uid], hotkey);
    put(raw, "Uids", [netuid, hotkey], uid);
    put(raw, "TotalHotkeyAlpha", [hotkey, netuid], state.alphaStake[uid]);
    put(raw, "TotalHotkeyAlpha", [hotkey, 0], state.taoStake[uid]);
    const queue = state.commits.filter((commit) => commit.uid === uid);
    if (queue.length === 0) continue;
    const entries = queue.map(({ hash, epoch, block }) => [hash.slice(2), epoch, block, 0n]);
    put(raw, "WeightCommits", [index, hotkey], entries);
  }
  // Commits of the epochs before and after are in queues of their own.
  const now = epochNow(state);
  const timelocked = state.timelockedCommits.map((uid) => [hotkeyOf(uid), 5n, "c0ffee", 9n]);
  put(raw, "TimelockedWeightCommits", [index, now], timelocked);
  for (const other of [now - 1n, now + 1n]) {
    put(raw, "TimelockedWeightCommits", [index, other], [[hotkeyOf(0), 5n, "c0ffee", 9n]]);
  }
  return raw;
}

/** A node whose last block is the one before the call's; in the block before that, the state was empty. */
export function nodeBefore(currentBlock: bigint, raw: RawState): TestNode {
  const node = new TestNode();
  const last = Number(currentBlock) - 1;
  const runtime = runtimeOf(425);
  node.add(0, new Map(), runtime);
  node.add(last - 1, new Map(), runtime);
  node.add(last, raw, runtime);
  return node;
}

/** The state some blocks before a published epoch, with a schedule by which it is due in its block. */
export function nodeAhead([input, result]: Published, blocksAhead: number, more: object = {}): TestNode {
  const { before, after } = statesOf(input, result, { netuid: NETUID, ...more });
  const raw: RawState = new Map(before);
  const kept = ["TimelockedWeightCommits", "SubnetAlphaInEmission", "SubnetAlphaOutEmission"];
  for (const item of kept) {
    const prefix = `0x${prefixOf("SubtensorModule", item)}`;
    for (const [key, value] of after) if (key.startsWith(prefix)) raw.set(key, value);
  }
  put(raw, "LastEpochBlock", [NETUID], input.currentBlock - input.tempo);
  const node = new TestNode();
  node.add(0, new Map(), runtimeOf(425));
  node.add(input.currentBlock - blocksAhead, raw, runtimeOf(425));
  return node;
}
