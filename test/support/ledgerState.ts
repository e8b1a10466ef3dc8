/** States of a ledger made from snapshots: every field of one lies where an epoch reads it. */

import { YumaError } from "../../host/errors.js";
import type { StepContext } from "../../host/ledger/block/steps.js";
import type { LedgerEvent } from "../../host/ledger/events.js";
import { ledgerKernel } from "../../host/ledger/kernel.js";
import { mechanismIndexOf } from "../../host/ledger/rules/mechanisms.js";
import { chooseRules, readLedgerRules } from "../../host/ledger/rules/ruleSet.js";
import type { Account } from "../../host/ledger/state/codecs.js";
import { WeightCommits } from "../../host/ledger/state/commits.js";
import * as hyper from "../../host/ledger/state/hyperparameters.js";
import * as neurons from "../../host/ledger/state/neurons.js";
import { TotalHotkeyAlpha } from "../../host/ledger/state/staking.js";
import { State } from "../../host/ledger/state/state.js";
import * as subnets from "../../host/ledger/state/subnets.js";
import { BlockNumber } from "../../host/ledger/state/system.js";
import { NOBODY } from "../../host/ledger/state/values.js";
import { PackedRow } from "../../host/marshal/packedRow.js";
import type { EpochSnapshot, MechanismInput, MechanismsSnapshot, Pair } from "../../host/types.js";

/** An account told by a number and a letter: different letters, different accounts. */
export const numbered = (letter: string, k: number): Account =>
  `0x${letter.charCodeAt(0).toString(16)}${k.toString(16).padStart(62, "0")}`;

/** The hotkey of a uid in these states. */
export const hotkeyOf = (uid: number) => numbered("h", uid);

/** A step's context on a state; what it reports is pushed to `events`. */
export function contextOn(state: State, events: LedgerEvent[] = []): StepContext {
  return { state, kernel: ledgerKernel(), parentDigest: NOBODY, emit: (event) => void events.push(event) };
}

/** Why a snapshot cannot lie in a ledger's state; undefined where it can. */
export function unfit(snapshot: EpochSnapshot | MechanismsSnapshot): string | undefined {
  if (!canRun(snapshot.rules)) return "rules no ledger runs under";
  if (Number(snapshot.currentBlock) > Number.MAX_SAFE_INTEGER) return "a block number beyond 53 bits";
  if (snapshot.tempo === 0 && BigInt(snapshot.activityCutoff) !== 1n) return "a cutoff without a tempo";
  return factorOf(snapshot) > 0xffff_ffffn || cutoffOf(snapshot) !== BigInt(snapshot.activityCutoff)
    ? "a cutoff no factor gives"
    : undefined;
}

function canRun(rules: EpochSnapshot["rules"]): boolean {
  try {
    readLedgerRules(rules ?? 425);
    return true;
  } catch (error) {
    if (error instanceof YumaError && error.code === "RULES_CONFLICT") return false;
    throw error;
  }
}

/** A state whose subnet `netuid` is the snapshot's, in the block of its epoch. */
export function stateOfSnapshot(snapshot: EpochSnapshot | MechanismsSnapshot, netuid = 1): State {
  const state = new State();
  const { n } = snapshot;
  state.write(BlockNumber, Number(snapshot.currentBlock));
  state.write(subnets.NetworksAdded, netuid, true);
  state.write(neurons.SubnetworkN, netuid, n);
  for (let uid = 0; uid < n; uid++) writeNeuron(state, snapshot, netuid, uid);
  state.write(neurons.ValidatorPermit, netuid, snapshot.validatorPermit);
  if (snapshot.ownerUid !== null) state.write(subnets.SubnetOwnerHotkey, netuid, hotkeyOf(snapshot.ownerUid));
  writeSettings(state, snapshot, netuid);
  const mechanisms = "mechanisms" in snapshot ? snapshot.mechanisms : [snapshot];
  state.write(subnets.MechanismCountCurrent, netuid, mechanisms.length);
  if ("split" in snapshot && snapshot.split !== null) {
    state.write(subnets.MechanismEmissionSplit, netuid, snapshot.split);
  }
  for (const [m, own] of mechanisms.entries()) writeMechanism(state, own, mechanismIndexOf(netuid, m));
  return state;
}

function writeNeuron(state: State, snapshot: EpochSnapshot | MechanismsSnapshot, netuid: number, uid: number): void {
  const hotkey = hotkeyOf(uid);
  state.write(neurons.Keys, netuid, uid, hotkey);
  state.write(neurons.Uids, netuid, hotkey, uid);
  state.write(neurons.BlockAtRegistration, netuid, uid, Number(snapshot.blockAtRegistration[uid]));
  state.write(TotalHotkeyAlpha, hotkey, netuid, BigInt(snapshot.alphaStake[uid]!));
  state.write(TotalHotkeyAlpha, hotkey, 0, BigInt(snapshot.taoStake[uid]!));
}

function writeSettings(state: State, snapshot: EpochSnapshot | MechanismsSnapshot, netuid: number): void {
  state.write(subnets.Tempo, netuid, snapshot.tempo);
  state.write(subnets.LastMechansimStepBlock, netuid, Number(snapshot.lastMechanismStepBlock));
  // The slot has been taken, as it has when an epoch runs.
  state.write(subnets.LastEpochBlock, netuid, Number(snapshot.currentBlock));
  state.write(hyper.ActivityCutoffFactorMilli, netuid, Number(factorOf(snapshot)));
  state.write(hyper.Kappa, netuid, snapshot.kappa);
  state.write(hyper.BondsPenalty, netuid, snapshot.bondsPenalty);
  state.write(hyper.BondsMovingAverage, netuid, BigInt(snapshot.bondsMovingAverage));
  state.write(hyper.Yuma3On, netuid, snapshot.yuma3);
  state.write(hyper.LiquidAlphaOn, netuid, snapshot.liquidAlpha);
  state.write(hyper.AlphaValues, netuid, [snapshot.alphaLow, snapshot.alphaHigh]);
  state.write(hyper.AlphaSigmoidSteepness, netuid, snapshot.alphaSigmoidSteepness);
  state.write(hyper.MaxAllowedValidators, netuid, snapshot.maxAllowedValidators);
  state.write(hyper.StakeThreshold, BigInt(snapshot.stakeThreshold));
  state.write(hyper.TaoWeight, BigInt(snapshot.taoWeight));
  state.write(hyper.CommitRevealWeightsEnabled, netuid, snapshot.commitRevealEnabled);
  if (snapshot.rules !== undefined) chooseRules(state, readLedgerRules(snapshot.rules));
  const { liquidAlphaConsensusMode: mode } = snapshot;
  if (mode !== undefined) state.write(hyper.LiquidAlphaConsensusMode, netuid, mode);
  if (snapshot.epochConsensus !== undefined) state.write(subnets.SubnetEpochConsensus, netuid, snapshot.epochConsensus);
}

function writeMechanism(state: State, own: MechanismInput, index: number): void {
  state.write(
    neurons.LastUpdate,
    index,
    own.lastUpdate.map((block) => BigInt(block)),
  );
  if (own.previousConsensus) state.write(neurons.ConsensusByMechanism, index, own.previousConsensus);
  writeRows(state, own.weights, index, neurons.Weights);
  writeRows(state, own.bonds, index, neurons.Bonds);
  for (const [uid, block] of (own.commitBlocks ?? []).entries()) {
    if (block !== null) state.write(WeightCommits, index, hotkeyOf(uid), [[NOBODY, 0n, Number(block), 0n]]);
  }
}

/** Writes rows of weights or bonds. */
export function writeRows(
  state: State,
  rows: readonly (readonly Pair[])[],
  index: number,
  item: typeof neurons.Weights,
): void {
  for (const [uid, row] of rows.entries()) state.write(item, index, uid, PackedRow.of(row));
}

/** The least factor that gives the cutoff, if any does. */
function factorOf({ activityCutoff, tempo }: Pick<EpochSnapshot, "activityCutoff" | "tempo">): bigint {
  return tempo === 0 ? 0n : (BigInt(activityCutoff) * 1000n + BigInt(tempo) - 1n) / BigInt(tempo);
}

function cutoffOf(snapshot: Pick<EpochSnapshot, "activityCutoff" | "tempo">): bigint {
  const blocks = (factorOf(snapshot) * BigInt(snapshot.tempo)) / 1000n;
  return blocks > 0n ? blocks : 1n;
}
