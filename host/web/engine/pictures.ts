/** Matrices and medians of an epoch as pictures draw them: numbers from 0 to 1, no longer exact. */
import type { Explanation, Quantity } from "../../api/explain/types.js";
import { tracedEpoch } from "../../index.js";
import type { BitsRow, EpochSnapshot } from "../../types.js";
import type { Clip, Matrices } from "./types.js";

const ONE = 2 ** 32;

/** Raw I32F32 bits as a number. */
const real = (bits: bigint): number => Number(bits) / ONE;

/** The matrices of an epoch: validators by active stake, uids that are weighed or held by incentive. */
export function matricesOf(snapshot: EpochSnapshot): Matrices {
  const { weightsBits, emaBondsBits, consensusBits, incentiveBits, activeStakeBits } = tracedEpoch(snapshot);
  const isRow = (uid: number) => (weightsBits[uid]?.length ?? 0) + (emaBondsBits[uid]?.length ?? 0) > 0;
  const isColumn = new Set([...weightsBits, ...emaBondsBits].flatMap((row) => row.map(([uid]) => uid)));
  const largestFirst = (values: readonly bigint[]) => (a: number, b: number) => {
    const [left = 0n, right = 0n] = [values[a], values[b]];
    return left === right ? a - b : left < right ? 1 : -1;
  };
  const uids = Array.from({ length: snapshot.n }, (_, uid) => uid);
  const validators = uids.filter(isRow).sort(largestFirst(activeStakeBits));
  const miners = uids.filter((uid) => isColumn.has(uid)).sort(largestFirst(incentiveBits));
  const spread = (rows: readonly BitsRow[], value: (bits: bigint, uid: number) => bigint) =>
    spreadRows(rows, validators, miners, value);
  return {
    validators,
    miners,
    weights: spread(weightsBits, (bits) => bits),
    clipped: spread(weightsBits, (bits, uid) => {
      const over = bits - (consensusBits[uid] ?? 0n);
      return over > 0n ? over : 0n;
    }),
    bonds: spread(emaBondsBits, (bits) => bits),
  };
}

function spreadRows(
  rows: readonly BitsRow[],
  validators: readonly number[],
  miners: readonly number[],
  value: (bits: bigint, uid: number) => bigint,
): Float32Array {
  const columnOf = new Map(miners.map((uid, column) => [uid, column]));
  const out = new Float32Array(validators.length * miners.length);
  for (const [row, validator] of validators.entries()) {
    for (const [uid, bits] of rows[validator] ?? []) {
      const column = columnOf.get(uid);
      if (column !== undefined) out[row * miners.length + column] = real(value(bits, uid));
    }
  }
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
