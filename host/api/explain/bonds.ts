/** What a validator holds of each uid after the epoch, and the dividends that earns. */
import { alphaStep } from "./alpha.js";
import { agree, mul, plural, real, share, short, total, u16 } from "./quantity.js";
import type { ExplanationSection, Quantity, Step } from "./types.js";
import type { View } from "./view.js";

const ONE = 1n << 32n;

/** Bonds: the old ones that stand, what this epoch's weights add, and the average of both. */
export function explainBonds(view: View, uid: number): ExplanationSection {
  const { yuma3 } = view.input.settings;
  const targets = targetsOf(view, uid);
  const rows = targets.map((target) => bondCells(view, uid, target));
  const stored = (view.input.bonds.start[uid + 1] ?? 0) - (view.input.bonds.start[uid] ?? 0);
  const standing = view.oldBonds.count(uid);
  const kept = view.result.bonds[uid]?.length ?? 0;
  const dropped =
    stored > standing ? ` ${plural(stored - standing, "old bond")} fell away: the uid was registered since.` : "";
  const sentence = view.result.validatorPermit[uid]
    ? `Uid ${uid} holds bonds of ${plural(kept, "uid")} after this epoch.${dropped}`
    : `Uid ${uid} holds no permit for the next epoch, so none of its bonds are stored.${dropped}`;
  return {
    topic: "bonds",
    title: "Bonds",
    sentence,
    steps: [penaltyStep(view), averageStep(view), ...alphaSteps(view, uid, targets)],
    tables: [
      {
        title: "Bonds by uid, largest first",
        columns: [
          "uid",
          yuma3 ? "old bond" : "old share",
          yuma3 ? "weight" : "weight share",
          "alpha",
          "bond",
          "share of column",
        ],
        rows,
      },
    ],
  };
}

/** Under liquid alpha the pair of the largest bond, told; the others are held to the same arithmetic. */
function alphaSteps(view: View, uid: number, targets: readonly number[]): Step[] {
  const weighed = view.liquid ? targets.filter((target) => view.alphas.at(uid, target) !== undefined) : [];
  return weighed.map((target) => alphaStep(view, uid, target)).slice(0, 1);
}

/** Every uid with an old bond, a weight for bonds or a new bond, largest new bond first; uids outside the subnet earn nothing. */
function targetsOf(view: View, uid: number): number[] {
  const all = [view.oldBonds, view.bondWeights, view.emaBonds].flatMap((matrix) => matrix.row(uid).map(([j]) => j));
  const held = new Map(view.emaBonds.row(uid));
  const bond = (target: number) => held.get(target) ?? 0n;
  return [...new Set(all)]
    .filter((j) => j < view.n)
    .sort((a, b) => (bond(a) === bond(b) ? a - b : bond(a) < bond(b) ? 1 : -1));
}

/** α with one value for all pairs: 1 − bondsMovingAverage / 1,000,000. */
function fixedAlpha(view: View): bigint {
  return ONE - (view.input.settings.bondsMovingAverage << 32n) / 1_000_000n;
}

/** Yuma 2: each validator's part of the averages of old and new shares of a target. A bond is its part relative to the largest. */
function yuma2Shares(view: View, target: number): bigint[] {
  const alpha = fixedAlpha(view);
  const averages = Array.from(
    { length: view.n },
    (_, i) => mul(alpha, view.bondsDelta.at(i, target) ?? 0n) + mul(ONE - alpha, view.oldBonds.at(i, target) ?? 0n),
  );
  const sum = total(averages);
  return averages.map((average) => share(average, sum));
}

function bondCells(view: View, uid: number, target: number): (Quantity | string)[] {
  const old = view.oldBonds.at(uid, target) ?? 0n;
  const fresh = (view.input.settings.yuma3 ? view.bondWeights : view.bondsDelta).at(uid, target) ?? 0n;
  const alpha = view.liquid ? view.alphas.at(uid, target) : fixedAlpha(view);
  const bond = view.emaBonds.at(uid, target) ?? 0n;
  const part = view.bondShares.at(uid, target) ?? 0n;
  if (!view.input.settings.yuma3 && fixedAlpha(view) >= 0n) {
    const shares = yuma2Shares(view, target);
    const own = shares[uid] ?? 0n;
    const largest = shares.reduce((most, one) => (one > most ? one : most), 0n);
    agree(`the share of uid ${uid} in ${target}`, own, part);
    agree(`the bond of uid ${uid} on ${target}`, share(own, largest), bond);
  }
  if (view.input.settings.yuma3 && alpha !== undefined) {
    const average = mul(alpha, fresh) + mul(ONE - alpha, old);
    const capped = view.liquid && average > ONE ? ONE : average;
    if (fixedAlpha(view) >= 0n) agree(`the bond of uid ${uid} on ${target}`, capped > 0n ? capped : 0n, bond);
  }
  return [
    String(target),
    real("old", old),
    real("fresh", fresh),
    alpha === undefined ? "no weight" : real("alpha", alpha),
    real("bond", bond),
    real("share", part),
  ];
}

function penaltyStep(view: View): Step {
  const ratio = (BigInt(view.input.settings.bondsPenalty) << 32n) / 65535n;
  const sentence =
    ratio === ONE
      ? "Bonds are bought with the clipped weights: the bonds penalty is full."
      : ratio === 0n
        ? "Bonds are bought with the weights as given: there is no bonds penalty."
        : "Bonds are bought with weights between the given and the clipped ones, by the bonds penalty.";
  return {
    sentence,
    formula: "weight for bonds = weight + bondsPenalty · (clipped − weight)",
    quantities: [real("bondsPenalty", ratio)],
  };
}

function averageStep(view: View): Step {
  const { yuma3, alphaLow, alphaHigh } = view.input.settings;
  if (view.liquid) {
    return {
      sentence:
        "Liquid alpha: each pair has its own alpha between low and high, larger the further the weight exceeds consensus, or the bond the weight. A bond without a weight is gone.",
      formula: "bond = min(1, alpha · weight + (1 − alpha) · old bond)",
      quantities: [u16("alphaLow", alphaLow), u16("alphaHigh", alphaHigh)],
    };
  }
  return {
    sentence: yuma3
      ? "The bond moves from its old value towards the weight by alpha."
      : "Old bonds and weight · stake are each scaled to columns of one; the bond moves from one towards the other by alpha, and is stored relative to the largest in its column.",
    formula: "bond = alpha · weight + (1 − alpha) · old bond",
    quantities: [real("alpha", fixedAlpha(view))],
  };
}

/** Dividends: the incentive of the uids a validator holds, by its share of all bonds of each. */
export function explainDividends(view: View, uid: number): ExplanationSection {
  const { yuma3 } = view.input.settings;
  const parts = view.bondShares
    .row(uid)
    .map(([target, held]) => {
      const incentive = view.result.incentiveBits[target] ?? 0n;
      return { target, held, incentive, product: mul(held, incentive) };
    })
    .sort((a, b) => (a.product === b.product ? a.target - b.target : a.product < b.product ? 1 : -1));
  const earned = view.bondTotals[uid] ?? 0n;
  const stakes = view.result.activeStakeBits;
  const raw = view.bondTotals.map((each, i) => (yuma3 ? mul(each, stakes[i] ?? 0n) : each));
  const sum = total(raw);
  const dividends = view.result.dividendsBits[uid] ?? 0n;
  agree(`the bond total of uid ${uid}`, total(parts.map((part) => part.product)), earned);
  agree(`the dividends of uid ${uid}`, share(raw[uid] ?? 0n, sum), dividends);
  const best = parts.find((part) => part.product > 0n);
  const sentence =
    best === undefined
      ? `Uid ${uid} earns no dividends: it holds no bonds of uids with incentive.`
      : `Uid ${uid} earns ${short(dividends)} of all dividends, the largest part from uid ${best.target}, of whose bonds it holds ${short(best.held)}.`;
  const steps: Step[] = [
    {
      sentence: "For each uid it holds, its share of the bonds times the incentive of the uid.",
      formula: "total = Σ share · incentive",
      quantities: [real("total", earned)],
    },
  ];
  if (yuma3) {
    steps.push({
      sentence: "Under Yuma 3 that is weighed by active stake.",
      formula: "earned = total · activeStake",
      quantities: [real("total", earned), real("activeStake", stakes[uid] ?? 0n), real("earned", raw[uid] ?? 0n)],
    });
  }
  steps.push({
    sentence: "Dividends are its share of what all validators earned.",
    formula: "dividends = earned / Σ earned",
    quantities: [
      real("earned", raw[uid] ?? 0n),
      real("Σ earned", sum),
      real("dividends", dividends),
      u16("stored", view.result.dividends[uid] ?? 0),
    ],
  });
  return {
    topic: "dividends",
    title: "Dividends",
    sentence,
    steps,
    tables: [
      {
        title: "Earnings by uid, largest first",
        columns: ["uid", "share of bonds", "incentive", "product"],
        rows: parts.map((part) => [
          String(part.target),
          real("share", part.held),
          real("incentive", part.incentive),
          real("product", part.product),
        ]),
      },
    ],
  };
}
