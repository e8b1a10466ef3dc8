/** Where the clip fell for a uid, who stood on each side of it, and the incentive that follows. */
import { agree, inPercent, mul, plural, real, share, short, total, u16 } from "./quantity.js";
import type { ExplanationSection, Quantity, TableCut } from "./types.js";
import type { View } from "./view.js";

interface Vote {
  readonly validator: number;
  readonly weight: bigint;
  readonly stake: bigint;
}

/** Consensus: the weight at which the stake that supports it stops being enough. */
export function explainConsensus(view: View, uid: number): ExplanationSection {
  const consensus = view.result.consensusBits[uid] ?? 0n;
  const kappa = (BigInt(view.input.settings.kappa) << 32n) / 65535n;
  const votes = votesOn(view, uid);
  const sum = total(votes.map((vote) => vote.stake));
  const above = total(votes.filter((vote) => vote.weight > consensus).map((vote) => vote.stake));
  const at = total(votes.filter((vote) => vote.weight === consensus).map((vote) => vote.stake));
  const minority = sum - kappa;
  agree(`the consensus on uid ${uid}`, quantile(votes, minority), consensus);
  return {
    topic: "consensus",
    title: "Consensus on this uid",
    sentence: sentenceOf(uid, votes, consensus, above, at, kappa),
    steps: [
      {
        sentence:
          "Consensus is the smallest weight v for which the stake that gave v or less exceeds the minority, S − kappa.",
        formula: "consensus = min { v : Σ stake(weight ≤ v) > S − kappa }, else the largest weight",
        quantities: [
          real("kappa", kappa),
          real("S", sum),
          real("minority = S − kappa", minority),
          real("stake below", sum - above - at),
          real("stake at consensus", at),
          real("stake above, clipped", above),
          real("consensus", consensus),
          u16("stored", view.result.consensus[uid] ?? 0),
        ],
      },
    ],
    tables: [
      {
        title: "Votes, highest first",
        columns: ["validator", "stake", "weight", "side"],
        rows: votes.map(({ validator, stake, weight }) => [
          String(validator),
          real("stake", stake),
          real("weight", weight),
          weight > consensus ? "above: clipped" : weight === consensus ? "at the clip" : "below",
        ]),
        cut: clipThrough(votes, consensus, above, sum, at),
      },
    ],
  };
}

/** Every voting validator's weight on the uid, zero where it gave none, highest first. */
function votesOn(view: View, uid: number): Vote[] {
  return view.medianStake
    .map((stake, validator) => ({ validator, stake, weight: view.weights.at(validator, uid) ?? 0n }))
    .filter((vote) => vote.stake > 0n)
    .sort((a, b) => (a.weight === b.weight ? a.validator - b.validator : a.weight < b.weight ? 1 : -1));
}

/** Where the clip falls among the votes: those above it are cut down to it, all others count as they were given. */
function clipThrough(votes: readonly Vote[], consensus: bigint, above: bigint, sum: bigint, at: bigint): TableCut {
  const row = votes.filter((vote) => vote.weight > consensus).length;
  const others = votes.length - row;
  const level = votes.filter((vote) => vote.weight === consensus).length;
  return {
    row,
    column: 1,
    above: {
      rows: row,
      total: real("stake", above),
      sentence: `above: ${plural(row, "validator")} with ${inPercent(above)} of the voting stake, clipped to ${short(consensus)}`,
    },
    below: {
      rows: others,
      total: real("stake", sum - above),
      sentence: `at or below: ${plural(others, "validator")} with ${inPercent(sum - above)}, ${level} of them at the clip with ${inPercent(at)}`,
    },
  };
}

function quantile(votes: readonly Vote[], minority: bigint): bigint {
  const ascending = [...votes].reverse();
  let reached = 0n;
  for (const [k, vote] of ascending.entries()) {
    reached += vote.stake;
    if (ascending[k + 1]?.weight !== vote.weight && reached > minority) return vote.weight;
  }
  return ascending.at(-1)?.weight ?? 0n;
}

function sentenceOf(
  uid: number,
  votes: readonly Vote[],
  consensus: bigint,
  above: bigint,
  at: bigint,
  kappa: bigint,
): string {
  if (votes.length === 0) return `Nobody votes in this epoch, so there is no consensus on uid ${uid}.`;
  if (votes.every((vote) => vote.weight === 0n)) return `No voting validator weighs uid ${uid}, so consensus is 0.`;
  const clipped = votes.filter((vote) => vote.weight > consensus).length;
  return (
    `Consensus on uid ${uid} is ${short(consensus)}: validators with ${inPercent(above + at)} of the voting stake give it ` +
    `that or more, those who give more hold ${inPercent(above)}, and kappa asks for ${inPercent(kappa)}. ` +
    `${plural(clipped, "validator")} of ${votes.length} ${clipped === 1 ? "is" : "are"} clipped here.`
  );
}

/** Rank and incentive: what the validators' clipped weights add up to, by their stake. */
export function explainIncentive(view: View, uid: number): ExplanationSection {
  const parts = view.result.activeStakeBits
    .map((stake, validator) => {
      const clipped = view.clipped.at(validator, uid) ?? 0n;
      return {
        validator,
        stake,
        weight: view.weights.at(validator, uid) ?? 0n,
        clipped,
        product: mul(stake, clipped),
      };
    })
    .filter((part) => part.stake > 0n && part.weight > 0n)
    .sort((a, b) => (a.product === b.product ? a.validator - b.validator : a.product < b.product ? 1 : -1));
  const rank = view.ranks[uid] ?? 0n;
  const sum = total(view.ranks);
  const incentive = view.result.incentiveBits[uid] ?? 0n;
  agree(`the rank of uid ${uid}`, total(parts.map((part) => part.product)), rank);
  agree(`the incentive of uid ${uid}`, share(rank, sum), incentive);
  const position = 1 + view.result.incentiveBits.filter((other) => other > incentive).length;
  const sentence =
    incentive === 0n
      ? `Uid ${uid} earns no incentive: no staked validator's weight on it survives the clip.`
      : `Uid ${uid} earns ${short(incentive)} of all incentive, number ${position} of ${view.n}: ` +
        `${plural(parts.length, "validator")} ${parts.length === 1 ? "weighs" : "weigh"} it.`;
  const cells = (part: (typeof parts)[number]): (Quantity | string)[] => [
    String(part.validator),
    real("stake", part.stake),
    real("weight", part.weight),
    real("clipped", part.clipped),
    real("stake · clipped", part.product),
  ];
  return {
    topic: "incentive",
    title: "Incentive",
    sentence,
    steps: [
      {
        sentence: "Rank is the clipped weight on the uid, each validator's by its active stake.",
        formula: "rank = Σ activeStake · min(weight, consensus)",
        quantities: [real("rank", rank)],
      },
      {
        sentence: "Incentive is its share of all ranks.",
        formula: "incentive = rank / Σ rank",
        quantities: [
          real("rank", rank),
          real("Σ rank", sum),
          real("incentive", incentive),
          u16("stored", view.result.incentive[uid] ?? 0),
        ],
      },
    ],
    tables: [
      {
        title: "Contributions, largest first",
        columns: ["validator", "active stake", "weight", "clipped", "stake · clipped"],
        rows: parts.map(cells),
      },
    ],
  };
}
