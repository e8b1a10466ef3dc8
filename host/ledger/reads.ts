/** What users ask of a state: stakes, a subnet's neurons, the epoch as it would run now. */
import { explainEpoch } from "../api/explain/explain.js";
import type { Explanation } from "../api/explain/types.js";
import { splitSubnetEmission } from "../api/mechanisms.js";
import type { PackedRow } from "../marshal/packedRow.js";
import { integer, refuse } from "../marshal/values.js";
import type { MechanismInput, MechanismsSnapshot } from "../types.js";
import { toAddress } from "./accounts/address.js";
import { ledgerKernel } from "./kernel.js";
import { epochInput, hotkeysOf } from "./rules/epochInput.js";
import { ownerOf } from "./rules/hotkeys.js";
import { saturatedU64 } from "./rules/integers.js";
import { mechanismIndexOf } from "./rules/mechanisms.js";
import { stakeOf } from "./rules/stake.js";
import type { Account } from "./state/codecs.js";
import {
  Active,
  Axons,
  BlockAtRegistration,
  Consensus,
  Dividends,
  Emission,
  Incentive,
  LastUpdate,
  StakeWeight,
  ValidatorPermit,
  ValidatorTrust,
} from "./state/neurons.js";
import { PendingRootAlphaDivs, PendingServerEmission, PendingValidatorEmission } from "./state/pools.js";
import { TotalHotkeyAlpha } from "./state/staking.js";
import type { ReadableState } from "./state/state.js";

/** A neuron as the last epoch left it. Parts are over 65535, of mechanism 0 where mechanisms differ. */
export interface Neuron {
  readonly uid: number;
  /** ss58 addresses. */
  readonly hotkey: string;
  readonly coldkey: string;
  readonly active: boolean;
  readonly validatorPermit: boolean;
  readonly stakeWeight: number;
  readonly consensus: number;
  readonly incentive: number;
  readonly dividends: number;
  readonly validatorTrust: number;
  /** Alpha of the last epoch, rao. */
  readonly emissionRao: bigint;
  /** All alpha staked to it, rao. */
  readonly alphaStakeRao: bigint;
  readonly registeredAt: number;
  readonly lastUpdate: number;
  /** Where it answers, as it said. */
  readonly axon: { readonly ip: bigint; readonly port: number; readonly protocol: number } | null;
}

/** A coldkey's stake with a hotkey on a subnet: ⌊V·s/D⌋, rao of its alpha, or of TAO on the root. */
export function stakeRao(state: ReadableState, hotkey: Account, coldkey: Account, netuid: number): bigint {
  return stakeOf({ state, kernel: ledgerKernel() }, hotkey, coldkey, netuid);
}

/** The neurons of a subnet, by uid; none where it does not exist. */
export function metagraph(state: ReadableState, netuid: number): readonly Neuron[] {
  const index = mechanismIndexOf(netuid, 0);
  return hotkeysOf(state, netuid).map((hotkey, uid): Neuron => {
    const at = <T>(list: readonly T[], absent: T) => list[uid] ?? absent;
    const axon = state.read(Axons, netuid, hotkey);
    return {
      uid,
      hotkey: toAddress(hotkey),
      coldkey: toAddress(ownerOf(state, hotkey)),
      active: at(state.read(Active, netuid), false),
      validatorPermit: at(state.read(ValidatorPermit, netuid), false),
      stakeWeight: at(state.read(StakeWeight, netuid), 0),
      consensus: at(state.read(Consensus, netuid), 0),
      incentive: at(state.read(Incentive, index), 0),
      dividends: at(state.read(Dividends, netuid), 0),
      validatorTrust: at(state.read(ValidatorTrust, netuid), 0),
      emissionRao: at(state.read(Emission, netuid), 0n),
      alphaStakeRao: state.read(TotalHotkeyAlpha, hotkey, netuid),
      registeredAt: state.read(BlockAtRegistration, netuid, uid),
      lastUpdate: Number(at(state.read(LastUpdate, index), 0n)),
      axon: axon ? { ip: axon.ip, port: axon.port, protocol: axon.protocol } : null,
    };
  });
}

/**
 * The epoch of a subnet as it would run on this state, with what waits for miners, validators and the root, or with another
 * amount: the input of `mechanismsEpoch`, hotkeys named. Throws BAD_VALUE for a subnet that is not there or has no neurons.
 */
export function epochSnapshot(
  state: ReadableState,
  netuid: number,
  emissionRao = waitingRao(state, netuid),
): MechanismsSnapshot & { readonly hotkeys: readonly string[] } {
  const hotkeys = hotkeysOf(state, netuid).map(toAddress);
  if (hotkeys.length === 0) refuse("netuid", "a subnet with neurons", netuid);
  const { mechanisms, ...shared } = epochInput(state, ledgerKernel(), netuid, emissionRao);
  const pairs = (rows: readonly PackedRow[]) => rows.map((row) => [...row]);
  return {
    ...shared,
    mechanisms: mechanisms.map(({ weights, bonds, ...own }) => ({
      ...own,
      weights: pairs(weights),
      bonds: pairs(bonds),
    })),
    hotkeys,
  };
}

/** Why a uid's numbers in that epoch would be what they are, of one mechanism. Throws BAD_UID, BAD_VALUE for a mechanism there is not. */
export function explain(state: ReadableState, netuid: number, uid: number, mechid = 0): Explanation {
  const { mechanismCount, split, mechanisms, ...shared } = epochSnapshot(state, netuid);
  const own = mechanisms[integer("mechid", mechid, 0, mechanismCount - 1)] as MechanismInput;
  const raoEmission = splitSubnetEmission(ledgerKernel(), shared.raoEmission, mechanismCount, split)[mechid] ?? 0n;
  return explainEpoch(ledgerKernel(), { ...shared, ...own, raoEmission, source: { netuid, mechid } }, uid);
}

function waitingRao(state: ReadableState, netuid: number): bigint {
  const pots = [PendingServerEmission, PendingValidatorEmission, PendingRootAlphaDivs];
  return saturatedU64(pots.reduce((sum, item) => sum + state.read(item, netuid), 0n));
}
