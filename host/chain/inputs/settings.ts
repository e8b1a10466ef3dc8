/** What an epoch reads of its subnet as a whole, from the state before the block. */
import { rulesOf } from "../../marshal/rules.js";
import type { LiquidAlphaConsensusMode, MechanismsSnapshot, Rules } from "../../types.js";
import { type Answers, query, storedQuery } from "../state/read.js";
import { account, flag, i16, list, orNull, tuple, u8, u16, u32, u64, variant } from "../state/shape.js";
import { notReconstructable } from "./refusal.js";

/** Questions about a subnet's settings. What a runtime has not, was fixed in its time: the value given last. */
export function settingsQueries(netuid: number) {
  const at = "before";
  const maybe = <T>(item: string, shape: (name: string, value: unknown) => T) =>
    query<T | null>(at, item, [netuid], orNull(shape), null);
  return {
    n: query(at, "SubnetworkN", [netuid], u16),
    tempo: query(at, "Tempo", [netuid], u16),
    // Over 1000, times the tempo; earlier the cutoff itself in blocks.
    activityCutoffFactor: maybe("ActivityCutoffFactorMilli", u32),
    activityCutoffBlocks: maybe("ActivityCutoff", u16),
    kappa: query(at, "Kappa", [netuid], u16),
    bondsPenalty: query(at, "BondsPenalty", [netuid], u16, 65535),
    bondsMovingAverage: query(at, "BondsMovingAverage", [netuid], u64),
    maxAllowedValidators: query(at, "MaxAllowedValidators", [netuid], u16),
    alphaValues: maybe("AlphaValues", tuple<[number, number]>(u16, u16)),
    alphaSigmoidSteepness: maybe("AlphaSigmoidSteepness", i16),
    commitRevealEnabled: query(at, "CommitRevealWeightsEnabled", [netuid], flag, false),
    yuma3: query(at, "Yuma3On", [netuid], flag, false),
    liquidAlpha: query(at, "LiquidAlphaOn", [netuid], flag, false),
    liquidAlphaConsensusMode: maybe("LiquidAlphaConsensusMode", variant),
    epochConsensus: maybe("SubnetEpochConsensus", variant),
    mechanismCount: query(at, "MechanismCountCurrent", [netuid], u8, 1),
    split: storedQuery(at, "MechanismEmissionSplit", [netuid], list(u16)),
    lastStepBlock: query(at, "LastMechansimStepBlock", [netuid], u64, 0n),
    // From spec 474 on: the last epoch that was not in Null mode.
    lastYumaStepBlock: query(at, "LastYumaStepBlock", [netuid], u64, 0n),
    ownerHotkey: storedQuery(at, "SubnetOwnerHotkey", [netuid], account),
    ownerHotkeyAfter: storedQuery("after", "SubnetOwnerHotkey", [netuid], account),
    stakeThreshold: query(at, "StakeThreshold", [], u64, 0n),
    taoWeight: query(at, "TaoWeight", [], u64, 0n),
    validatorPermit: query(at, "ValidatorPermit", [netuid], list(flag)),
    epochIndex: maybe("SubnetEpochIndex", u64),
    revealPeriod: maybe("RevealPeriodEpochs", u64),
  };
}

/** The answers to them. */
export type SettingsAnswers = Answers<ReturnType<typeof settingsQueries>>;

/** The part of a snapshot that follows from the settings alone. */
export type SnapshotSettings = Pick<
  MechanismsSnapshot,
  | "n"
  | "tempo"
  | "activityCutoff"
  | "kappa"
  | "bondsPenalty"
  | "bondsMovingAverage"
  | "maxAllowedValidators"
  | "yuma3"
  | "liquidAlpha"
  | "alphaLow"
  | "alphaHigh"
  | "alphaSigmoidSteepness"
  | "commitRevealEnabled"
  | "lastMechanismStepBlock"
  | "stakeThreshold"
  | "taoWeight"
  | "validatorPermit"
  | "mechanismCount"
  | "split"
> &
  Pick<MechanismsSnapshot, "liquidAlphaConsensusMode" | "epochConsensus">;

/**
 * Settings as a snapshot has them. Cutoff = max(1, ⌊factor · tempo / 1000⌋) blocks.
 *
 * Source: subtensor `utils/misc.rs` `get_activity_cutoff`; `lib.rs` storage items of spec 425.
 */
export function settingsOf(answers: SettingsAnswers, rules: Rules): SnapshotSettings {
  const { liquidAlpha, yuma3, alphaValues, alphaSigmoidSteepness } = answers;
  const needsCurve = liquidAlpha && yuma3;
  if (needsCurve && (alphaValues === null || alphaSigmoidSteepness === null)) {
    return notReconstructable("liquid alpha of this runtime is older than the sigmoid by pair that is known");
  }
  return {
    n: answers.n,
    tempo: answers.tempo,
    activityCutoff: cutoffOf(answers),
    kappa: answers.kappa,
    bondsPenalty: answers.bondsPenalty,
    bondsMovingAverage: answers.bondsMovingAverage,
    maxAllowedValidators: answers.maxAllowedValidators,
    yuma3,
    liquidAlpha,
    alphaLow: alphaValues?.[0] ?? 0,
    alphaHigh: alphaValues?.[1] ?? 0,
    alphaSigmoidSteepness: alphaSigmoidSteepness ?? 0,
    commitRevealEnabled: answers.commitRevealEnabled,
    lastMechanismStepBlock: lastStepOf(answers, rules),
    stakeThreshold: answers.stakeThreshold,
    taoWeight: answers.taoWeight,
    validatorPermit: answers.validatorPermit,
    mechanismCount: answers.mechanismCount,
    split: answers.split,
    ...(rules.liquidAlphaConsensus === "perSubnet" ? liquidMode(answers.liquidAlphaConsensusMode) : {}),
    ...(rules.nullMode && answers.epochConsensus === "Null" ? { epochConsensus: "null" } : {}),
  };
}

function cutoffOf({ activityCutoffFactor, activityCutoffBlocks, tempo }: SettingsAnswers): bigint {
  if (activityCutoffFactor === null) return BigInt(activityCutoffBlocks ?? 0);
  const blocks = (BigInt(activityCutoffFactor) * BigInt(tempo)) / 1000n;
  return blocks > 1n ? blocks : 1n;
}

function lastStepOf({ lastYumaStepBlock, lastStepBlock }: SettingsAnswers, rules: Rules): bigint {
  return rules.nullMode && lastYumaStepBlock > 0n ? lastYumaStepBlock : lastStepBlock;
}

const MODES = ["auto", "current", "previous"] as const;

function liquidMode(name: string | null): { liquidAlphaConsensusMode?: LiquidAlphaConsensusMode } {
  if (name === null) return {};
  const mode = MODES.find((one) => one === name.toLowerCase());
  return mode ? { liquidAlphaConsensusMode: mode } : notReconstructable(`liquid alpha's mode ${name} is not known`);
}

/** The rules of an epoch: by the spec version of the state before it, or of the version one says it equals. */
export function rulesFor(specVersion: number, assumedSpec: number | undefined): Rules {
  return rulesOf(assumedSpec ?? specVersion);
}
