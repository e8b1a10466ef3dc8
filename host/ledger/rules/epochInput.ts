/** What an epoch reads of the state, as the snapshot the kernel takes, rows packed. */
import { inheritStake } from "../../api/emission/inheritance.js";
import type { PackedMechanism, PackedMechanisms } from "../../api/mechanisms.js";
import type { Kernel } from "../../load/kernel.js";
import type { CheckedHotkeys } from "../../marshal/hotkeys.js";
import type { Account } from "../state/codecs.js";
import { TimelockedWeightCommits, WeightCommits } from "../state/commits.js";
import {
  ActivityCutoffFactorMilli,
  AlphaSigmoidSteepness,
  AlphaValues,
  BondsMovingAverage,
  BondsPenalty,
  CommitRevealWeightsEnabled,
  Kappa,
  LiquidAlphaConsensusMode,
  LiquidAlphaOn,
  MaxAllowedValidators,
  StakeThreshold,
  TaoWeight,
  Yuma3On,
} from "../state/hyperparameters.js";
import {
  BlockAtRegistration,
  Bonds,
  ConsensusByMechanism,
  Keys,
  LastUpdate,
  SubnetworkN,
  Uids,
  ValidatorPermit,
  Weights,
} from "../state/neurons.js";
import { ChosenRules } from "../state/rules.js";
import type { ReadableState } from "../state/state.js";
import {
  LastMechansimStepBlock,
  LastYumaStepBlock,
  MechanismEmissionSplit,
  SubnetEpochConsensus,
  SubnetOwnerHotkey,
  Tempo,
} from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";
import { hotkeyTable } from "./hotkeyTable.js";
import { mechanismIndices } from "./mechanisms.js";
import { rulesInForce } from "./ruleSet.js";
import { epochOf, isCommitExpired } from "./schedule.js";

/** The hotkey of each uid of a subnet. */
export function hotkeysOf(state: ReadableState, netuid: number): Account[] {
  return Array.from({ length: state.read(SubnetworkN, netuid) }, (_, uid) => state.read(Keys, netuid, uid));
}

/** The uid of the hotkey of a subnet's owner, null where it has none. */
export function ownerUidOf(state: ReadableState, netuid: number): number | null {
  if (!state.has(SubnetOwnerHotkey, netuid)) return null;
  return state.read(Uids, netuid, state.read(SubnetOwnerHotkey, netuid)) ?? null;
}

/** Blocks after which a validator that set no weights is inactive: max(1, ⌊factor · tempo / 1000⌋). Source: subtensor utils/misc.rs. */
export function activityCutoffOf(state: ReadableState, netuid: number): number {
  const thousandths = state.read(ActivityCutoffFactorMilli, netuid) * state.read(Tempo, netuid);
  return Math.max(1, Math.floor(thousandths / 1000));
}

/**
 * The epoch of a subnet as it would run in the block under way, `emissionRao` of alpha to share out. Its stakes are inherited
 * through parents and children; vectors shorter than the subnet are filled up with what an absent value reads as.
 *
 * @param hotkeys  by uid, and their table: for who has read them already
 *
 * Source: subtensor epoch/run_epoch.rs `epoch_mechanism`, subnets/mechanism.rs `epoch_with_mechanisms`.
 */
export function epochInput(
  state: ReadableState,
  kernel: Kernel,
  netuid: number,
  emissionRao: bigint,
  hotkeys: readonly Account[] = hotkeysOf(state, netuid),
  table: CheckedHotkeys = hotkeyTable(state, netuid, hotkeys),
): PackedMechanisms {
  const n = hotkeys.length;
  const indices = mechanismIndices(state, netuid);
  const [alphaLow, alphaHigh] = state.read(AlphaValues, netuid);
  const { alphaStake, taoStake } = inheritStake(kernel, table, hotkeys);
  return {
    n,
    currentBlock: state.read(BlockNumber),
    tempo: state.read(Tempo, netuid),
    lastMechanismStepBlock: lastYumaBlock(state, netuid),
    activityCutoff: activityCutoffOf(state, netuid),
    kappa: state.read(Kappa, netuid),
    bondsPenalty: state.read(BondsPenalty, netuid),
    bondsMovingAverage: state.read(BondsMovingAverage, netuid),
    yuma3: state.read(Yuma3On, netuid),
    liquidAlpha: state.read(LiquidAlphaOn, netuid),
    alphaLow,
    alphaHigh,
    alphaSigmoidSteepness: state.read(AlphaSigmoidSteepness, netuid),
    maxAllowedValidators: state.read(MaxAllowedValidators, netuid),
    stakeThreshold: state.read(StakeThreshold),
    ownerUid: ownerUidOf(state, netuid),
    commitRevealEnabled: state.read(CommitRevealWeightsEnabled, netuid),
    raoEmission: emissionRao,
    blockAtRegistration: hotkeys.map((_, uid) => state.read(BlockAtRegistration, netuid, uid)),
    validatorPermit: sized(state.read(ValidatorPermit, netuid), n, false),
    alphaStake,
    taoStake,
    taoWeight: state.read(TaoWeight),
    source: { netuid },
    mechanismCount: indices.length,
    split: state.read(MechanismEmissionSplit, netuid) ?? null,
    ...laterRules(state, netuid),
    mechanisms: indices.map((index) => mechanismInput(state, netuid, index, n)),
  };
}

/** The block bonds are masked by: of the last epoch, under rules that know Null mode of the last under Yuma. */
function lastYumaBlock(state: ReadableState, netuid: number): number {
  const last = rulesInForce(state).nullMode ? state.read(LastYumaStepBlock, netuid) : undefined;
  return last ?? state.read(LastMechansimStepBlock, netuid);
}

/** What rules after 425 ask of a subnet. */
function laterRules(
  state: ReadableState,
  netuid: number,
): Pick<PackedMechanisms, "rules" | "liquidAlphaConsensusMode" | "epochConsensus"> {
  if (!state.has(ChosenRules)) return {};
  const rules = rulesInForce(state);
  const mayLookBack = rules.liquidAlphaConsensus === "perSubnet";
  return {
    rules,
    ...(mayLookBack ? { liquidAlphaConsensusMode: state.read(LiquidAlphaConsensusMode, netuid) } : {}),
    ...(rules.nullMode ? { epochConsensus: state.read(SubnetEpochConsensus, netuid) } : {}),
  };
}

function mechanismInput(state: ReadableState, netuid: number, index: number, n: number): PackedMechanism {
  const uids = Array.from({ length: n }, (_, uid) => uid);
  const consensus = state.read(ConsensusByMechanism, index);
  return {
    lastUpdate: sized(state.read(LastUpdate, index), n, 0n),
    commitBlocks: state.read(CommitRevealWeightsEnabled, netuid) ? commitBlocks(state, netuid, index, n) : null,
    weights: uids.map((uid) => state.read(Weights, index, uid)),
    bonds: uids.map((uid) => state.read(Bonds, index, uid)),
    ...(consensus === undefined ? {} : { previousConsensus: sized(consensus, n, 0) }),
  };
}

/** A uid: the block of its earliest commit whose time is not over. */
function commitBlocks(state: ReadableState, netuid: number, index: number, n: number): (number | null)[] {
  const blocks = new Array<number | null>(n).fill(null);
  const note = (hotkey: Account, block: number) => {
    const uid = state.read(Uids, netuid, hotkey);
    if (uid === undefined || uid >= n) return;
    blocks[uid] = Math.min(blocks[uid] ?? block, block);
  };
  const epoch = epochOf(state, netuid, state.read(BlockNumber));
  for (const [[, hotkey], queue] of state.entries(WeightCommits, index)) {
    const open = queue.find((commit) => !isCommitExpired(state, netuid, epoch, commit[1]));
    if (open) note(hotkey, open[2]);
  }
  for (const [[, commitEpoch], queue] of state.entries(TimelockedWeightCommits, index)) {
    if (isCommitExpired(state, netuid, epoch, commitEpoch)) continue;
    for (const [hotkey, block] of queue) note(hotkey, block);
  }
  return blocks;
}

function sized<T>(list: readonly T[], n: number, absent: T): readonly T[] {
  return list.length === n ? list : Array.from({ length: n }, (_, k) => list[k] ?? absent);
}
