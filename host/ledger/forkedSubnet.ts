/** Writing a forked subnet into an empty state: the root, the subnet, its neurons, weights, stake and waiting emission. */
import { PackedRow } from "../marshal/packedRow.js";
import type { EpochSnapshot, MechanismInput, MechanismsSnapshot, Rules } from "../types.js";
import { ledgerKernel } from "./kernel.js";
import { mechanismIndexOf } from "./rules/mechanisms.js";
import { increaseStake } from "./rules/stake.js";
import { ROOT_NETUID } from "./rules/subnetChecks.js";
import type { Account } from "./state/codecs.js";
import { WeightCommits } from "./state/commits.js";
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
  MaxAllowedUids,
  MaxAllowedValidators,
  StakeThreshold,
  TaoWeight,
  Yuma3On,
} from "./state/hyperparameters.js";
import {
  Active,
  BlockAtRegistration,
  Bonds,
  Consensus,
  ConsensusByMechanism,
  Dividends,
  Emission,
  Incentive,
  IsNetworkMember,
  Keys,
  LastUpdate,
  StakeWeight,
  SubnetworkN,
  Uids,
  ValidatorPermit,
  ValidatorTrust,
  Weights,
} from "./state/neurons.js";
import {
  PendingServerEmission,
  PendingValidatorEmission,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetTAO,
  TotalStake,
} from "./state/pools.js";
import { OwnedHotkeys, Owner } from "./state/staking.js";
import type { State } from "./state/state.js";
import {
  FirstEmissionBlockNumber,
  LastEpochBlock,
  LastMechansimStepBlock,
  LastYumaStepBlock,
  MechanismCountCurrent,
  MechanismEmissionSplit,
  NetworkRegistrationAllowed,
  NetworksAdded,
  SubnetEpochConsensus,
  SubnetMechanism,
  SubnetOwner,
  SubnetOwnerHotkey,
  SubtokenEnabled,
  Tempo,
  TotalNetworks,
} from "./state/subnets.js";
import { NOBODY } from "./state/values.js";

/** A subnet to be written; one entry a uid in lists. */
export interface ForkedSubnet {
  readonly netuid: number;
  readonly shared: Omit<EpochSnapshot, keyof MechanismInput>;
  readonly mechanisms: readonly MechanismInput[];
  readonly split: MechanismsSnapshot["split"];
  readonly hotkeys: readonly Account[];
  readonly coldkeys: readonly Account[];
  readonly alphaStakeRao: readonly bigint[];
  readonly taoStakeRao: readonly bigint[];
  readonly poolTaoRao: bigint;
  readonly poolAlphaRao: bigint;
  /** Thousandths of a tempo until a validator counts as inactive. */
  readonly activityFactorMilli: number;
  /** Rules other than those of 425. */
  readonly rules: Required<Rules> | undefined;
}

const DYNAMIC = 1;

/** Writes it; free balances are the caller's. */
export function writeSubnet(state: State, subnet: ForkedSubnet): void {
  writeNetworks(state, subnet);
  writeParameters(state, subnet);
  writeModes(state, subnet);
  writeNeurons(state, subnet);
  for (const [mechid, own] of subnet.mechanisms.entries()) writeMechanism(state, subnet, mechid, own);
  writeStake(state, subnet);
}

function writeNetworks(
  state: State,
  { netuid, shared, mechanisms, split, poolTaoRao, poolAlphaRao }: ForkedSubnet,
): void {
  const block = Number(shared.currentBlock);
  const emissionRao = BigInt(shared.raoEmission);
  for (const one of [ROOT_NETUID, netuid]) state.write(NetworksAdded, one, true);
  state.write(TotalNetworks, 2);
  state.write(SubnetMechanism, netuid, DYNAMIC);
  state.write(MechanismCountCurrent, netuid, mechanisms.length);
  if (split !== null) state.write(MechanismEmissionSplit, netuid, split);
  state.write(FirstEmissionBlockNumber, netuid, 1);
  state.write(SubtokenEnabled, netuid, true);
  state.write(NetworkRegistrationAllowed, netuid, true);
  state.write(Tempo, netuid, shared.tempo);
  // Due in the first block; one in a network younger than its tempo has to wait for it.
  state.write(LastEpochBlock, netuid, Math.max(block - shared.tempo, 0));
  state.write(LastMechansimStepBlock, netuid, Number(shared.lastMechanismStepBlock));
  state.write(SubnetTAO, netuid, poolTaoRao);
  state.write(SubnetAlphaIn, netuid, poolAlphaRao);
  state.write(PendingServerEmission, netuid, emissionRao / 2n);
  state.write(PendingValidatorEmission, netuid, emissionRao - emissionRao / 2n);
}

function writeParameters(state: State, { netuid, shared, activityFactorMilli }: ForkedSubnet): void {
  state.write(Kappa, netuid, shared.kappa);
  state.write(BondsPenalty, netuid, shared.bondsPenalty);
  state.write(BondsMovingAverage, netuid, BigInt(shared.bondsMovingAverage));
  state.write(Yuma3On, netuid, shared.yuma3);
  state.write(LiquidAlphaOn, netuid, shared.liquidAlpha);
  state.write(AlphaValues, netuid, [shared.alphaLow, shared.alphaHigh]);
  state.write(AlphaSigmoidSteepness, netuid, shared.alphaSigmoidSteepness);
  state.write(MaxAllowedValidators, netuid, shared.maxAllowedValidators);
  state.write(CommitRevealWeightsEnabled, netuid, shared.commitRevealEnabled);
  state.write(ActivityCutoffFactorMilli, netuid, activityFactorMilli);
  state.write(MaxAllowedUids, netuid, Math.max(shared.n, MaxAllowedUids.initial));
  state.write(StakeThreshold, BigInt(shared.stakeThreshold));
  state.write(TaoWeight, BigInt(shared.taoWeight));
}

/** What rules after 425 ask of a subnet. Bonds stay masked by the block the snapshot masks them by, however long Null mode lasts. */
function writeModes(state: State, { netuid, shared, rules }: ForkedSubnet): void {
  const { liquidAlphaConsensusMode, epochConsensus } = shared;
  if (rules?.liquidAlphaConsensus === "perSubnet" && liquidAlphaConsensusMode !== undefined) {
    state.write(LiquidAlphaConsensusMode, netuid, liquidAlphaConsensusMode);
  }
  if (!rules?.nullMode || epochConsensus !== "null") return;
  state.write(SubnetEpochConsensus, netuid, epochConsensus);
  state.write(LastYumaStepBlock, netuid, Number(shared.lastMechanismStepBlock));
}

function writeNeurons(state: State, { netuid, shared, hotkeys, coldkeys }: ForkedSubnet): void {
  const { n } = shared;
  state.write(SubnetworkN, netuid, n);
  state.write(Active, netuid, new Array<boolean>(n).fill(true));
  state.write(ValidatorPermit, netuid, [...shared.validatorPermit]);
  state.write(Emission, netuid, new Array<bigint>(n).fill(0n));
  for (const item of [StakeWeight, Consensus, Dividends, ValidatorTrust]) {
    state.write(item, netuid, new Array<number>(n).fill(0));
  }
  for (const [uid, hotkey] of hotkeys.entries()) {
    const coldkey = coldkeys[uid]!;
    state.write(Keys, netuid, uid, hotkey);
    state.write(Uids, netuid, hotkey, uid);
    state.write(IsNetworkMember, hotkey, netuid, true);
    state.write(BlockAtRegistration, netuid, uid, Number(shared.blockAtRegistration[uid]));
    state.write(Owner, hotkey, coldkey);
    state.write(OwnedHotkeys, coldkey, [...state.read(OwnedHotkeys, coldkey), hotkey]);
  }
  if (shared.ownerUid === null) return;
  state.write(SubnetOwnerHotkey, netuid, hotkeys[shared.ownerUid]!);
  state.write(SubnetOwner, netuid, coldkeys[shared.ownerUid]!);
}

/** A commit is written as one of the present epoch, so that it is open as it was. */
function writeMechanism(
  state: State,
  { netuid, shared, hotkeys, rules }: ForkedSubnet,
  mechid: number,
  own: MechanismInput,
): void {
  const index = mechanismIndexOf(netuid, mechid);
  state.write(Incentive, index, new Array<number>(shared.n).fill(0));
  state.write(LastUpdate, index, own.lastUpdate.map(BigInt));
  if (rules?.liquidAlphaConsensus === "perSubnet" && own.previousConsensus) {
    state.write(ConsensusByMechanism, index, [...own.previousConsensus]);
  }
  for (const [uid, hotkey] of hotkeys.entries()) {
    const [weights = [], bonds = [], block] = [own.weights[uid], own.bonds[uid], own.commitBlocks?.[uid] ?? null];
    if (weights.length > 0) state.write(Weights, index, uid, PackedRow.of(weights));
    if (bonds.length > 0) state.write(Bonds, index, uid, PackedRow.of(bonds));
    if (block !== null) state.write(WeightCommits, index, hotkey, [[NOBODY, 0n, Number(block), 0n]]);
  }
}

function writeStake(
  state: State,
  { netuid, hotkeys, coldkeys, alphaStakeRao, taoStakeRao, poolTaoRao }: ForkedSubnet,
): void {
  const context = { state, kernel: ledgerKernel(), emit: () => undefined };
  for (const [on, raos] of [
    [netuid, alphaStakeRao],
    [ROOT_NETUID, taoStakeRao],
  ] as const) {
    for (const [uid, rao] of raos.entries()) {
      if (rao > 0n) increaseStake(context, hotkeys[uid]!, coldkeys[uid]!, on, rao);
    }
    state.write(
      SubnetAlphaOut,
      on,
      raos.reduce((sum, rao) => sum + rao, 0n),
    );
  }
  const rootRao = state.read(SubnetAlphaOut, ROOT_NETUID);
  state.write(SubnetTAO, ROOT_NETUID, rootRao);
  state.write(TotalStake, rootRao + poolTaoRao);
}
