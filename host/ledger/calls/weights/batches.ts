/** Batches over several subnets: items that fail are reported and leave the others alone. Source: subtensor subnets/weights.rs. */
import { ensure, LedgerError } from "../../errors.js";
import { checkStake } from "../../rules/weights.js";
import { defineCall, type SignedContext } from "../call.js";
import { compact16, compact64, compactPair, hash, listOf } from "./arguments.js";
import { applyCommit, checkCommit } from "./commit.js";
import { applySet, checkSet } from "./set.js";

/** The guard of a batch: SubtensorModule.InputLengthsUnequal, then NotEnoughStakeToSetWeights of any of its subnets. */
function checkBatch(
  context: SignedContext,
  netuids: readonly number[],
  ...lists: readonly (readonly unknown[])[]
): void {
  ensure(
    lists.every(({ length }) => length === netuids.length),
    "SubtensorModule.InputLengthsUnequal",
  );
  for (const netuid of netuids) checkStake(context, context.signer, netuid);
}

/** Carries out item by item. An item checks everything before it writes anything. */
function carryOut(context: SignedContext, netuids: readonly number[], item: (netuid: number, k: number) => void): void {
  const failed: [netuid: number, error: LedgerError][] = [];
  for (const [k, netuid] of netuids.entries()) {
    try {
      item(netuid, k);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      failed.push([netuid, error]);
    }
  }
  if (failed.length > 0) context.emit({ name: "SubtensorModule.BatchCompletedWithErrors" });
  for (const [netuid, { error }] of failed) {
    context.emit({ name: "SubtensorModule.BatchWeightItemFailed", netuid, error });
  }
  context.emit({ name: "SubtensorModule.BatchWeightsCompleted", netuids, hotkey: context.signer });
}

/** Sets the signer's weights on several subnets. */
export const batchSetWeights = defineCall({
  name: "SubtensorModule.batch_set_weights",
  index: [7, 80],
  origin: "signed",
  arguments: { netuids: listOf(compact16), weights: listOf(listOf(compactPair)), versionKeys: listOf(compact64) },
  check: (context, { netuids, weights, versionKeys }) => checkBatch(context, netuids, weights, versionKeys),
  apply: (context, { netuids, weights, versionKeys }) =>
    carryOut(context, netuids, (netuid, k) => {
      const row = weights[k] ?? [];
      const [uids, values] = [row.map(([uid]) => uid), row.map(([, value]) => value)];
      const given = { uids, values, versionKey: versionKeys[k] ?? 0n };
      applySet(context, checkSet(context, { netuid, mechanism: 0 }, given, true));
    }),
});

/** Commits to weights on several subnets. */
export const batchCommitWeights = defineCall({
  name: "SubtensorModule.batch_commit_weights",
  index: [7, 100],
  origin: "signed",
  arguments: { netuids: listOf(compact16), hashes: listOf(hash) },
  check: (context, { netuids, hashes }) => checkBatch(context, netuids, hashes),
  apply: (context, { netuids, hashes }) =>
    carryOut(context, netuids, (netuid, k) => {
      const own = hashes[k]!;
      applyCommit(context, checkCommit(context, { netuid, mechanism: 0 }, own, true), own);
    }),
});
