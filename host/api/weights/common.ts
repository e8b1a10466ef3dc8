/** Rules that several weight calls share. */
import type { Kernel } from "../../load/kernel.js";
import { fromRao, grouped } from "../../units.js";
import type { Finding, Rule } from "./judge.js";
import type { CheckedState } from "./state.js";
import type { WeightsError } from "./types.js";

/** What every rule may ask about. */
export interface Base {
  readonly kernel: Kernel;
  readonly state: CheckedState;
  /** Of the signer; null = not registered. */
  readonly uid: number | null;
}

/** A base with the rate limit, which only some calls look at. */
export interface Limited extends Base {
  readonly weightsSetRateLimit: bigint;
}

/** The mechanism is one of the subnet's. Matches subnets/mechanism.rs `ensure_mechanism_exists`. */
export const mechanismExists: Rule<Base> = {
  error: "MechanismDoesNotExist",
  sentence: "The subnet exists and has the mechanism.",
  test: ({ state: { netuid, mechid, mechanismCount } }) => ({
    holds: mechid < mechanismCount,
    found:
      mechanismCount === 0
        ? `there is no subnet ${netuid}`
        : `mechanism ${mechid}; subnet ${netuid} has ${mechanismCount}, counted from 0`,
  }),
};

/** The hotkey has a uid. Matches `is_hotkey_registered_on_network`. */
export const isRegistered: Rule<Base> = {
  error: "HotKeyNotRegisteredInSubNet",
  sentence: "The hotkey is registered on the subnet.",
  test: ({ uid }) => ({ holds: uid !== null, found: uid === null ? "it holds no uid" : `it holds uid ${uid}` }),
};

/** Hash commits, reveals and timelocked commits need the mode on. */
export const commitRevealOn: Rule<Base> = {
  error: "CommitRevealDisabled",
  sentence: "Commit-reveal is on.",
  test: ({ state }) => ({ holds: state.commitRevealEnabled, found: onOrOff(state) }),
};

/** Whether commit-reveal is on, in words. */
export function onOrOff(state: CheckedState): string {
  return `commit-reveal is ${state.commitRevealEnabled ? "on" : "off"}`;
}

/**
 * Total stake weight ≥ StakeThreshold, or the owner's hotkey. An unregistered hotkey is taken to hold nothing.
 * Matches lib.rs `check_weights_min_stake`.
 */
export const hasStake: Rule<Base> = {
  error: "NotEnoughStakeToSetWeights",
  sentence: "The stake weight reaches the threshold, or the hotkey is the owner's.",
  test({ kernel, state, uid }) {
    const { stakeThreshold, alphaStake, taoStake, taoWeight } = state;
    if (uid !== null && uid === state.ownerUid) return { holds: true, found: `uid ${uid} is the owner's` };
    const alpha = uid === null ? 0n : (alphaStake[uid] ?? 0n);
    const tao = uid === null ? 0n : (taoStake[uid] ?? 0n);
    const stake = BigInt.asUintN(64, kernel.exports.stakeWeight(alpha, tao, taoWeight));
    return { holds: stake >= stakeThreshold, found: `${fromRao(stake)} of ${fromRao(stakeThreshold)}` };
  },
};

/** LastUpdate is 0 or WeightsSetRateLimit blocks ago, under the error of the call. Matches `check_rate_limit`. */
export function notTooFast(error: WeightsError): Rule<Limited> {
  return {
    error,
    sentence: "The validator's last update is at least the rate limit ago, or never was.",
    test: ({ state, uid, weightsSetRateLimit }) => rateFinding(state, uid, weightsSetRateLimit),
  };
}

function rateFinding(state: CheckedState, uid: number | null, limit: bigint): Finding {
  const last = uid === null ? 0n : (state.lastUpdate[uid] ?? 0n);
  if (last === 0n) return { holds: true, found: "there was no update yet" };
  const since = state.currentBlock > last ? state.currentBlock - last : 0n;
  return { holds: since >= limit, found: `${grouped(since)} blocks ago; the limit is ${grouped(limit)}` };
}
