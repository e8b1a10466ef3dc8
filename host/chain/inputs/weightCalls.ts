/** What the rules of weight calls look at besides what an epoch reads, and when the subnet's epochs run. */
import { type CheckedSchedule, checkSchedule } from "../../api/weights/schedule.js";
import { type Answers, type Query, query, storedQuery } from "../state/read.js";
import { flag, list, u16, u64 } from "../state/shape.js";
import { hashedQuery, timelocked } from "./commits.js";
import { indexOf } from "./uids.js";

/** Questions about when epochs run; blocks and epoch numbers. */
export function scheduleQueries(netuid: number) {
  const at = "before";
  return {
    tempo: query(at, "Tempo", [netuid], u16),
    subnetEpochIndex: query(at, "SubnetEpochIndex", [netuid], u64),
    lastEpochBlock: query(at, "LastEpochBlock", [netuid], u64),
    pendingEpochAt: query(at, "PendingEpochAt", [netuid], u64),
    blocksSinceLastStep: query(at, "BlocksSinceLastStep", [netuid], u64),
    revealPeriodEpochs: query(at, "RevealPeriodEpochs", [netuid], u64),
  };
}

/** The schedule as of the block after this one, the first that a call sent now can be in. Throws BAD_VALUE. */
export function scheduleAfter(block: number, answers: Answers<ReturnType<typeof scheduleQueries>>): CheckedSchedule {
  return checkSchedule({ ...answers, currentBlock: BigInt(block) + 1n });
}

/** Questions about what calls are held against. */
export function limitQueries(netuid: number, mechid: number) {
  const at = "before";
  const round: Query<bigint | null> = {
    ...storedQuery(at, "LastStoredRound", [], u64),
    pallet: "Drand",
    stored: false,
  };
  return {
    added: query(at, "NetworksAdded", [netuid], flag),
    lastUpdate: query(at, "LastUpdate", [indexOf(netuid, mechid)], list(u64)),
    minAllowedWeights: query(at, "MinAllowedWeights", [netuid], u16),
    weightsVersionKey: query(at, "WeightsVersionKey", [netuid], u64),
    weightsSetRateLimit: query(at, "WeightsSetRateLimit", [netuid], u64),
    commitRevealVersion: query(at, "CommitRevealWeightsVersion", [], u16),
    // Null where the chain follows no beacon.
    lastStoredRound: round,
  };
}

/** Questions about one mechanism's commits: the timelocked ones of an epoch, every validator's hashed ones. */
export function commitQueries(index: number, epoch: bigint, hotkeys: readonly string[]) {
  return {
    timelocked: query("before", "TimelockedWeightCommits", [index, epoch], timelocked),
    hashed: hotkeys.map((hotkey) => hashedQuery(index, hotkey)),
  };
}
