/** Matrices and medians of an epoch as pictures draw them: numbers from 0 to 1, no longer exact. */

import {
  FIELD_ACTIVE_STAKE_BITS,
  FIELD_CONSENSUS_BITS,
  FIELD_EMA_BONDS,
  FIELD_INCENTIVE_BITS,
  FIELD_WEIGHTS,
} from "../../../assembly/contract.js";
import type { Explanation, Quantity } from "../../api/explain/types.js";
import { bits, matrix } from "../../marshal/read.js";
import type { SparseMatrix } from "../../marshal/sparse.js";
import type { EpochSnapshot } from "../../types.js";
import { run } from "./run.js";
import type { Clip, Matrices } from "./types.js";

const ONE = 2 ** 32;

/** Raw I32F32 bits as a number. */
const real = (bits: bigint): number => Number(bits) / ONE;

/** The matrices of an epoch: validators by active stake, uids that are weighed or held by incentive. */
export function matricesOf(snapshot: EpochSnapshot): Matrices {
  const kernel = run(snapshot);
  const vector = (id: number) => bits(kernel, id, snapshot.n);
  const consensusBits = vector(FIELD_CONSENSUS_BITS);
  const [incentiveBits, activeStakeBits] = [vector(FIELD_INCENTIVE_BITS), vector(FIELD_ACTIVE_STAKE_BITS)];
  const [given, held] = [matrix(kernel, FIELD_WEIGHTS), matrix(kernel, FIELD_EMA_BONDS)];
  const weighed = new Set<number>();
  for (const entries of [given, held]) entries.visit((_, uid) => weighed.add(uid));
  const largestFirst = (values: readonly bigint[]) => (a: number, b: number) => {
    const [left = 0n, right = 0n] = [values[a], values[b]];
    return left === right ? a - b : left < right ? 1 : -1;
  };
  const uids = Array.from({ length: snapshot.n }, (_, uid) => uid);
  const validators = uids.filter((uid) => given.count(uid) + held.count(uid) > 0).sort(largestFirst(activeStakeBits));
  const miners = uids.filter((uid) => weighed.has(uid)).sort(largestFirst(incentiveBits));
  const weights = spread(given, validators, miners);
  const consensus = miners.map((uid) => real(consensusBits[uid] ?? 0n));
  const over = (weight: number, at: number) => Math.max(0, weight - (consensus[at % miners.length] ?? 0));
  return {
    validators,
    miners,
    weights: Float32Array.from(weights),
    clipped: Float32Array.from(weights, over),
    bonds: Float32Array.from(spread(held, validators, miners)),
  };
}

/** A dense matrix of some rows and columns. */
function spread(entries: SparseMatrix, validators: readonly number[], miners: readonly number[]): Float64Array {
  const rowOf = new Map(validators.map((uid, row) => [uid, row]));
  const columnOf = new Map(miners.map((uid, column) => [uid, column]));
  const out = new Float64Array(validators.length * miners.length);
  entries.visit((validator, uid, bits) => {
    const [row, column] = [rowOf.get(validator), columnOf.get(uid)];
    if (row !== undefined && column !== undefined) out[row * miners.length + column] = real(bits);
  });
  return out;
}

/** The median out of an explanation: its votes are the rows of the section on consensus, highest first. */
export function clipOf({ sections }: Explanation): Clip | null {
  const section = sections.find(({ topic }) => topic === "consensus");
  const [table] = section?.tables ?? [];
  if (section === undefined || table === undefined || table.rows.length === 0) return null;
  const quantities = section.steps.flatMap((step) => step.quantities);
  const named = (name: string) => real(quantities.find((one) => one.name === name)?.raw ?? 0n);
  const votes = table.rows.map(([uid, stake, weight]) => ({
    uid: Number(uid),
    stake: real((stake as Quantity).raw),
    weight: real((weight as Quantity).raw),
  }));
  return { votes, consensus: named("consensus"), kappa: named("kappa") };
}
