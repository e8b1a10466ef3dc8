/** What accepted weight calls write, and what they report. */
import { PackedRow } from "../../../marshal/packedRow.js";
import type { LedgerErrorName } from "../../errors.js";
import { mechanismIndexOf } from "../../rules/mechanisms.js";
import type { Place, WeightsPlan } from "../../rules/weights.js";
import type { Account } from "../../state/codecs.js";
import { WeightCommits } from "../../state/commits.js";
import { LastUpdate, SubnetworkN, Weights } from "../../state/neurons.js";
import type { State } from "../../state/state.js";

/** Events of weight calls; `index` is of the mechanism. */
export type WeightsEvent =
  | { readonly name: "SubtensorModule.WeightsSet"; readonly index: number; readonly uid: number }
  | {
      readonly name: "SubtensorModule.WeightsCommitted" | "SubtensorModule.WeightsRevealed";
      readonly hotkey: Account;
      readonly index: number;
      readonly hash: Account;
    }
  | {
      readonly name: "SubtensorModule.WeightsBatchRevealed";
      readonly hotkey: Account;
      readonly netuid: number;
      readonly hashes: readonly Account[];
    }
  | {
      readonly name: "SubtensorModule.TimelockedWeightsCommitted";
      readonly hotkey: Account;
      readonly index: number;
      readonly hash: Account;
      readonly revealRound: bigint;
    }
  | { readonly name: "SubtensorModule.BatchCompletedWithErrors" }
  | {
      readonly name: "SubtensorModule.BatchWeightItemFailed";
      readonly netuid: number;
      readonly error: LedgerErrorName;
    }
  | {
      readonly name: "SubtensorModule.BatchWeightsCompleted";
      readonly netuids: readonly number[];
      readonly hotkey: Account;
    };

/** The index of a place. */
export const indexOf = ({ netuid, mechanism }: Place) => mechanismIndexOf(netuid, mechanism);

/** Writes what a plan leaves: the row, the validator's queue of commits, its last update. */
export function writePlan(state: State, plan: WeightsPlan): void {
  const { uid, hotkey, effect } = plan;
  const index = indexOf(plan);
  if (effect.row !== null) state.write(Weights, index, uid, PackedRow.of(effect.row));
  if (effect.lastUpdate !== null) setLastUpdate(state, plan, Number(effect.lastUpdate));
  if (effect.commits === null) return;
  if (effect.commits.length === 0) state.remove(WeightCommits, index, hotkey);
  else {
    const queue = effect.commits.map((one): [Account, bigint, number, bigint] => [
      one.hash as Account,
      one.epoch,
      Number(one.block),
      0n,
    ]);
    state.write(WeightCommits, index, hotkey, queue);
  }
}

function setLastUpdate(state: State, plan: WeightsPlan, block: number): void {
  const index = indexOf(plan);
  const before = state.read(LastUpdate, index);
  const length = Math.max(before.length, state.read(SubnetworkN, plan.netuid));
  const after = Array.from({ length }, (_, k) => before[k] ?? 0n);
  after[plan.uid] = BigInt(block);
  state.write(LastUpdate, index, after);
}
