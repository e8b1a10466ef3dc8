/**
 * Null mode, of rules that know it: a subnet whose epochs one validator decides alone, the one with the most stake. What of it is the
 * epoch's own is the kernel's; here is who may set weights, and what changing the mode does. Source: subtensor subnets/mechanism.rs,
 * do_set_epoch_consensus, as its published tests and those who run it describe it.
 */
import { inheritStake } from "../../api/emission/inheritance.js";
import { ensure } from "../errors.js";
import { TimelockedWeightCommits } from "../state/commits.js";
import { MaxAllowedValidators, TaoWeight } from "../state/hyperparameters.js";
import { ValidatorPermit } from "../state/neurons.js";
import type { ReadableState } from "../state/state.js";
import {
  type EpochConsensus,
  LastMechansimStepBlock,
  LastYumaStepBlock,
  SavedYumaMaxAllowedValidators,
  SubnetEpochConsensus,
} from "../state/subnets.js";
import type { ReadContext, RuleContext } from "./context.js";
import { hotkeysOf } from "./epochInput.js";
import { hotkeyTable } from "./hotkeyTable.js";
import { mechanismIndices } from "./mechanisms.js";
import { isNull } from "./ruleSet.js";
import { ROOT_NETUID } from "./subnetChecks.js";

/** Errors of Null mode; the first is this ledger's own: what the chain does then is not known well enough. */
export const NULL_MODE_ERRORS = ["Ledger.NotInNullMode", "SubtensorModule.InvalidValue"] as const;

/** Throws NotInNullMode for what no Null subnet can do here. */
export function ensureNotNull(state: ReadableState, netuid: number, what: string): void {
  ensure(!isNull(state, netuid), "Ledger.NotInNullMode", { netuid, what });
}

/** The checks of a new mode: not of the root, no timelocked commit waiting; for Null a single mechanism. */
export function checkEpochConsensus(state: ReadableState, netuid: number, mode: EpochConsensus): void {
  ensure(netuid !== ROOT_NETUID, "SubtensorModule.InvalidValue", { netuid });
  const indices = mechanismIndices(state, netuid);
  const areWaiting = indices.some((index) => state.entries(TimelockedWeightCommits, index).length > 0);
  ensure(!areWaiting, "SubtensorModule.InvalidValue", { netuid, waiting: "timelocked commits" });
  const isOne = mode !== "null" || indices.length === 1;
  ensure(isOne, "Ledger.NotInNullMode", { netuid, what: "several mechanisms" });
}

/**
 * Sets the mode. Into Null: the number of validators is kept for the way back, one remains, the one with the most stake, and bonds are
 * masked as of the last epoch under Yuma from now on. Back: as many validators as were kept.
 */
export function setEpochConsensus(context: RuleContext, netuid: number, mode: EpochConsensus): void {
  const { state } = context;
  if (state.read(SubnetEpochConsensus, netuid) === mode) return;
  state.write(SubnetEpochConsensus, netuid, mode);
  if (mode === "null") {
    if (!state.has(LastYumaStepBlock, netuid)) {
      state.write(LastYumaStepBlock, netuid, state.read(LastMechansimStepBlock, netuid));
    }
    state.write(SavedYumaMaxAllowedValidators, netuid, state.read(MaxAllowedValidators, netuid));
    state.write(MaxAllowedValidators, netuid, 1);
    state.write(ValidatorPermit, netuid, solePermit(context, netuid));
    return;
  }
  const saved = state.read(SavedYumaMaxAllowedValidators, netuid);
  if (saved !== undefined) state.write(MaxAllowedValidators, netuid, saved);
  state.remove(SavedYumaMaxAllowedValidators, netuid);
}

/** A permit for the uid with the most stake, of equals the lowest; for none where nobody has stake. */
function solePermit(context: ReadContext, netuid: number): readonly boolean[] {
  const weights = stakeWeights(context, netuid);
  const most = weights.reduce((a, b) => (b > a ? b : a), 0n);
  const first = most === 0n ? -1 : weights.indexOf(most);
  return weights.map((_, uid) => uid === first);
}

/** Whether nobody of a subnet has stake there: then all that waits for miners and validators goes to miners, and the root's is recycled. */
export function isWithoutStake(context: ReadContext, netuid: number): boolean {
  return stakeWeights(context, netuid).every((weight) => weight === 0n);
}

/** A uid's alpha and weighed TAO, inherited stake and all. */
function stakeWeights({ state, kernel }: ReadContext, netuid: number): readonly bigint[] {
  const hotkeys = hotkeysOf(state, netuid);
  const { alphaStake, taoStake } = inheritStake(kernel, hotkeyTable(state, netuid, hotkeys), hotkeys);
  const taoWeight = state.read(TaoWeight);
  return hotkeys.map((_, uid) =>
    BigInt.asUintN(64, kernel.exports.stakeWeight(alphaStake[uid] ?? 0n, taoStake[uid] ?? 0n, taoWeight)),
  );
}
