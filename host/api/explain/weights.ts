/** Which of a validator's weights counted, and how much of them survived the clip. */
import * as abi from "../../../assembly/contract.js";
import { agree, count, inPercent, plural, real, short, total, u16 } from "./quantity.js";
import type { ExplanationSection, ExplanationTable, Quantity } from "./types.js";
import type { View } from "./view.js";

const MASK_REASON: Readonly<Record<number, string>> = {
  [abi.MASK_UID_OUT_OF_RANGE]: "no such uid in the subnet",
  [abi.MASK_NO_PERMIT]: "the validator holds no permit",
  [abi.MASK_SELF]: "a weight on itself",
  [abi.MASK_REGISTERED_SINCE_UPDATE]: "the uid was registered after these weights were set",
  [abi.MASK_REGISTERED_SINCE_COMMIT]: "the uid was registered after the open commit",
};

/** Weights: stored ones, the rule that masked each that does not count, and the row normalised. */
export function explainWeights(view: View, uid: number): ExplanationSection {
  const { start, uids, values } = view.input.weights;
  const kept: (Quantity | string)[][] = [];
  const masked: (Quantity | string)[][] = [];
  let sum = 0n;
  for (let e = start[uid] ?? 0; e < (start[uid + 1] ?? 0); e++) {
    const target = uids[e] ?? 0;
    const stored = values[e] ?? 0;
    const reason = MASK_REASON[view.weightMasks[e] ?? 0];
    if (reason !== undefined) {
      masked.push([String(target), count("stored", stored), reason]);
    } else {
      sum += BigInt(stored);
      kept.push([String(target), count("stored", stored), real("weight", view.weights.at(uid, target) ?? 0n)]);
    }
  }
  for (const [target, stored, weight] of kept) {
    const exact = sum === 0n ? 0n : ((stored as Quantity).raw << 32n) / sum;
    agree(`the weight of uid ${uid} on ${target}`, exact, (weight as Quantity).raw);
  }
  kept.sort((a, b) => Number((b[1] as Quantity).raw - (a[1] as Quantity).raw));
  const all = kept.length + masked.length;
  const sentence =
    all === 0
      ? `Uid ${uid} has set no weights.`
      : masked.length === 0
        ? `All ${plural(all, "weight")} that uid ${uid} set count.`
        : `Of ${plural(all, "weight")} that uid ${uid} set, ${masked.length} do not count.`;
  return {
    topic: "weights",
    title: "Weights it set",
    sentence,
    steps: [
      {
        sentence: "What remains is scaled so that the row sums to one.",
        formula: "weight = stored / Σ stored",
        quantities: [{ name: "Σ stored", format: "count", raw: sum, decimal: sum.toString() }],
      },
    ],
    tables: [
      { title: "Weights that count, largest first", columns: ["uid", "stored", "weight"], rows: kept },
      { title: "Masked weights", columns: ["uid", "stored", "rule"], rows: masked },
    ],
  };
}

/** Validator trust: the sum of the weights after clipping each at consensus. */
export function explainTrust(view: View, uid: number): ExplanationSection {
  const trust = view.result.validatorTrustBits[uid] ?? 0n;
  const row = view.weights.row(uid);
  const kept = total(view.clipped.row(uid).map(([, value]) => value));
  agree(`the validator trust of uid ${uid}`, kept, trust);
  const rows = row.map(([target, weight]) => {
    const limit = view.result.consensusBits[target] ?? 0n;
    const after = view.clipped.at(uid, target) ?? 0n;
    agree(`the clipped weight of uid ${uid} on ${target}`, weight < limit ? weight : limit, after);
    return { target, weight, limit, after, lost: weight - after };
  });
  const lost = rows.filter((entry) => entry.lost > 0n).sort((a, b) => (a.lost < b.lost ? 1 : -1));
  const worst = lost[0];
  const sum = total(row.map(([, weight]) => weight));
  const sentence =
    row.length === 0
      ? `Uid ${uid} set no weight that counts, so its validator trust is 0.`
      : worst === undefined
        ? `None of its weights lies above consensus: validator trust is all of the ${short(sum)} it gave.`
        : `${inPercent(trust)} of its weight lies within consensus. ${plural(lost.length, "weight")} of ${rows.length} ` +
          `${lost.length === 1 ? "was" : "were"} clipped, most of all the one on uid ${worst.target}: ` +
          `${short(worst.weight)} where consensus is ${short(worst.limit)}.`;
  const table: ExplanationTable = {
    title: "Clipped weights",
    columns: ["uid", "weight", "consensus", "clipped", "cut away"],
    rows: lost.map(({ target, weight, limit, after, lost: cut }) => [
      String(target),
      real("weight", weight),
      real("consensus", limit),
      real("clipped", after),
      real("cut away", cut),
    ]),
  };
  return {
    topic: "validatorTrust",
    title: "Validator trust",
    sentence,
    steps: [
      {
        sentence: "Each weight counts up to the consensus on its uid; what is left of the row is validator trust.",
        formula: "validatorTrust = Σ min(weight, consensus)",
        quantities: [
          real("Σ weight", sum),
          real("validatorTrust", trust),
          u16("stored", view.result.validatorTrust[uid] ?? 0),
        ],
      },
    ],
    tables: [table],
  };
}
