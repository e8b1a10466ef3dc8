/** Batches over several subnets: each item stands alone and sees what the items before it left. */
import type { Kernel } from "../../load/kernel.js";
import { array, integer, present, record, refuse } from "../../marshal/values.js";
import { equalLengths } from "./batchReveal.js";
import { customNumber, trial } from "./checkWeights.js";
import { hasStake } from "./common.js";
import { list } from "./fields.js";
import { judge } from "./judge.js";
import { type CheckedState, checkState, signer } from "./state.js";
import type {
  BatchCommitWeights,
  BatchItem,
  BatchSetWeights,
  BatchVerdict,
  WeightsEffect,
  WeightsError,
  WeightsState,
} from "./types.js";

const LAST_NETUID = 4095;

/** The lists of each batch besides netuids, which the chain compares in length. */
const LISTS = { batchSetWeights: ["weights", "versionKeys"], batchCommitWeights: ["hashes"] } as const;

/**
 * What the chain would say to a batch of weight calls: the pool refuses the whole where lists differ in length or the stake of
 * any item is too low; every item is then judged by itself, and its failure leaves the others alone.
 *
 * @param states  one state for every netuid named, mechanism 0
 * @param batch   the batch; the lists may differ in length, `signers` has one entry a netuid
 *
 * Throws MISSING_FIELD, UNKNOWN_FIELD, BAD_VALUE, BAD_LENGTH, BAD_UID. Source: subtensor subnets/weights.rs
 * `do_batch_set_weights`, `do_batch_commit_weights`, guards/check_weights.rs.
 */
export function checkWeightsBatch(
  kernel: Kernel,
  states: readonly WeightsState[],
  batch: BatchSetWeights | BatchCommitWeights,
): BatchVerdict {
  const fields = record("A batch", batch);
  const call = present("call", fields.call);
  if (call !== "batchSetWeights" && call !== "batchCommitWeights") {
    return refuse("call", `one of ${Object.keys(LISTS).join(", ")}`, call);
  }
  const known = new Map(list("states", states, stateOfMain).map((state) => [state.netuid, state]));
  const netuids = list("netuids", present("netuids", fields.netuids), (where, value) =>
    known.has(integer(where, value, 0, LAST_NETUID))
      ? (value as number)
      : refuse(where, "the netuid of one of the states", value),
  );
  const signers = array("signers", present("signers", fields.signers), netuids.length);
  const lists = LISTS[call].map((name) => array(name, present(name, fields[name])));
  const uids = netuids.map((netuid, i) => signer(`signers[${i}]`, signers[i], stateAt(known, netuid).n));
  const lengths = judge([equalLengths], { lengths: [netuids.length, ...lists.map(({ length }) => length)] });
  if (lengths.error !== null) return whole(lengths.error);
  for (const [i, netuid] of netuids.entries()) {
    const { error } = judge([hasStake], { kernel, state: stateAt(known, netuid), uid: uids[i] ?? null });
    if (error !== null) return whole(error);
  }
  const items = netuids.map((netuid, i): BatchItem => {
    const state = stateAt(known, netuid);
    const { own, effect } = trial(kernel, state, itemOf(call, lists, uids[i] ?? null, i));
    if (own.error !== null) return { ...own, accepted: false, effect: null };
    const left = effect();
    known.set(netuid, after(state, uids[i] ?? 0, left));
    return { ...own, accepted: true, effect: left };
  });
  return { accepted: true, error: null, code: null, items };
}

/** The whole refused: by its own rules where the lists differ, and by the pool before that. */
function whole(error: WeightsError): BatchVerdict {
  return { accepted: false, error, code: customNumber(error), items: [] };
}

function stateOfMain(where: string, value: unknown): CheckedState {
  const state = checkState(value);
  return state.mechid === 0 ? state : refuse(`${where}.mechid`, "0, the mechanism of batches", state.mechid);
}

function stateAt(known: ReadonlyMap<number, CheckedState>, netuid: number): CheckedState {
  return known.get(netuid) as CheckedState;
}

/** Item i as the call it stands for. */
function itemOf(call: string, [first = [], second = []]: (readonly unknown[])[], uid: number | null, i: number) {
  if (call === "batchCommitWeights") return { call: "commitWeights", uid, hash: first[i] };
  const row = list(`weights[${i}]`, first[i], (where, pair) => {
    const entries = array(where, pair);
    return entries.length === 2 ? entries : refuse(where, "a pair [uid, value]", pair);
  });
  return {
    call: "setWeights",
    uid,
    uids: row.map(([target]) => target),
    values: row.map(([, value]) => value),
    versionKey: second[i],
  };
}

/** The state an accepted call leaves. */
function after(state: CheckedState, uid: number, { lastUpdate, commits }: WeightsEffect): CheckedState {
  const others = state.commits?.filter((each) => each.uid !== uid);
  return {
    ...state,
    lastUpdate: state.lastUpdate.map((block, i) => (i === uid ? (lastUpdate ?? block) : block)),
    commits: commits === null ? state.commits : [...(others ?? []), ...commits],
  };
}
