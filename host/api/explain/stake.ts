/** Why this much stake counts, and why there is or is not a permit. */
import { MAX_U64 } from "../../marshal/values.js";
import { agree, block, count, inPercent, plural, rao, real, share, total, wideRao } from "./quantity.js";
import type { ExplanationSection, Step } from "./types.js";
import type { View } from "./view.js";

const MAX_I64F64 = (1n << 127n) - 1n;

/** I64F64 bits as the kernel holds them: saturating. */
function held(bits: bigint): bigint {
  return bits < MAX_I64F64 ? bits : MAX_I64F64;
}

/** Stake: amounts, threshold, normalisation, activity. */
export function explainStake(view: View, uid: number): ExplanationSection {
  const { result, input } = view;
  const steps = [amounts(view, uid), ...thresholdAndShare(view, uid), activity(view, uid)];
  if (!input.nullMode) steps.push(activeShare(view, uid));
  const counted = result.activeStakeBits[uid] ?? 0n;
  const why = !result.active[uid]
    ? "it is inactive"
    : !view.permit[uid]
      ? "it holds no permit"
      : "it has none that counts";
  const sentence =
    counted > 0n
      ? `Uid ${uid} speaks for ${inPercent(counted)} of the stake that votes.`
      : `Uid ${uid} has no voting stake: ${why}.`;
  return { topic: "stake", title: "Stake", sentence, steps, tables: [] };
}

function amounts(view: View, uid: number): Step {
  const alpha = view.input.alphaStake[uid] ?? 0n;
  const tao = view.input.taoStake[uid] ?? 0n;
  const weight = (view.input.settings.taoWeight << 32n) / MAX_U64;
  const sum = view.totalStakeI64F64[uid] ?? 0n;
  agree(`the stake of uid ${uid}`, held(held(alpha << 64n) + ((held(tao << 64n) * (weight << 32n)) >> 64n)), sum);
  return {
    sentence: "Alpha staked on the subnet counts in full, TAO staked on the root by the TAO weight.",
    formula: "total = alpha + tao · taoWeight",
    quantities: [rao("alpha", alpha), rao("tao", tao), real("taoWeight", weight), wideRao("total", sum)],
  };
}

/** Whether a uid's stake passes the threshold, which the owner need not. */
function counts(view: View, uid: number): boolean {
  const { stakeThreshold, ownerUid } = view.input.settings;
  return uid === ownerUid || (view.result.stake[uid] ?? 0n) >= stakeThreshold;
}

function thresholdAndShare(view: View, uid: number): Step[] {
  const { stakeThreshold, ownerUid } = view.input.settings;
  const all = view.totalStakeI64F64;
  const sum = total(all.filter((_, i) => counts(view, i)));
  const counted = counts(view, uid) ? (all[uid] ?? 0n) : 0n;
  const stake = view.result.stakeBits[uid] ?? 0n;
  agree(`the share of stake of uid ${uid}`, (sum === 0n ? counted : (counted << 64n) / sum) >> 32n, stake);
  const passes = counts(view, uid)
    ? uid === ownerUid
      ? "It is the owner's uid, so the threshold does not apply."
      : "It passes the threshold."
    : "It is below the threshold and counts as nothing.";
  return [
    {
      sentence: passes,
      formula: "counted = total if ⌊total⌋ ≥ threshold, else 0",
      quantities: [rao("⌊total⌋", view.result.stake[uid] ?? 0n), rao("threshold", stakeThreshold)],
    },
    {
      sentence: "The stake weight is its share of all stake that counts.",
      formula: "stake = counted / Σ counted",
      quantities: [wideRao("counted", counted), wideRao("Σ counted", sum), real("stake", stake)],
    },
  ];
}

function activity(view: View, uid: number): Step {
  const { activityCutoff, currentBlock } = view.input.settings;
  const updated = view.input.lastUpdate[uid] ?? 0n;
  return {
    sentence: view.result.active[uid]
      ? "It is active: its weights were last set within the activity cutoff."
      : "It is inactive: its weights were last set too long ago.",
    formula: "active = lastUpdate + activityCutoff ≥ currentBlock",
    quantities: [
      block("lastUpdate", updated),
      block("activityCutoff", activityCutoff),
      block("currentBlock", currentBlock),
    ],
  };
}

function activeShare(view: View, uid: number): Step {
  const voting = view.result.stakeBits.map((stake, i) => (view.result.active[i] && view.permit[i] ? stake : 0n));
  const sum = total(voting);
  const active = view.result.activeStakeBits[uid] ?? 0n;
  agree(`the active stake of uid ${uid}`, share(voting[uid] ?? 0n, sum), active);
  return {
    sentence: "Only active uids with a permit vote; their stake is scaled to sum to one.",
    formula: "activeStake = stake / Σ stake over active, permitted uids",
    quantities: [real("stake", voting[uid] ?? 0n), real("Σ stake", sum), real("activeStake", active)],
  };
}

/** Permit: the one it ran with, the one it gets, and the seat its stake earns. */
export function explainPermit(view: View, uid: number): ExplanationSection {
  const { maxAllowedValidators, ownerUid } = view.input.settings;
  const stakes = view.result.stakeBits;
  const own = stakes[uid] ?? 0n;
  // Equal stakes: the higher uid is ranked first.
  const rank = 1 + stakes.filter((stake, i) => stake > own || (stake === own && i > uid)).length;
  const has = view.result.validatorPermit[uid] === true;
  const owner = uid === ownerUid && view.input.rules.ownerPrivilege;
  const reason = view.input.nullMode
    ? "under Null mode only the uid with the most raw stake holds one"
    : owner
      ? "the owner's uid always does"
      : own === 0n
        ? "it has no stake that counts"
        : `it ranks ${rank} by stake for ${plural(maxAllowedValidators, "seat")}`;
  return {
    topic: "permit",
    title: "Validator permit",
    sentence: `Uid ${uid} ${view.permit[uid] ? "ran this epoch with a permit" : "ran this epoch without a permit"} and ${
      has ? "holds one" : "holds none"
    } for the next: ${reason}.`,
    steps: view.input.nullMode
      ? []
      : [
          {
            sentence: "Permits for the next epoch go to the largest stakes, activity aside.",
            formula: "permit = stake ≠ 0 and rank ≤ maxAllowedValidators, or owner",
            quantities: [real("stake", own), count("rank", rank), count("maxAllowedValidators", maxAllowedValidators)],
          },
        ],
    tables: [],
  };
}
