/** One subnet's epoch: the kernel computes it from the state, and what it gives is written down. */
import { type PackedMechanismsResult, runPackedMechanisms } from "../../api/mechanisms.js";
import type { CheckedHotkeys } from "../../marshal/hotkeys.js";
import { epochInput, hotkeysOf } from "../rules/epochInput.js";
import { rulesInForce } from "../rules/ruleSet.js";
import type { Account } from "../state/codecs.js";
import {
  Active,
  Bonds,
  Consensus,
  ConsensusByMechanism,
  Dividends,
  Emission,
  Incentive,
  StakeWeight,
  ValidatorPermit,
  ValidatorTrust,
} from "../state/neurons.js";
import type { StepContext } from "./steps.js";

/** What miners earned, a uid, of one mechanism. */
export type EpochEvent = {
  readonly name: "SubtensorModule.IncentiveAlphaEmittedToMiners";
  /** Of the mechanism. */
  readonly index: number;
  readonly emissionsRao: readonly bigint[];
};

/** What an epoch gave its uids, alpha-rao. */
export interface EpochEmission {
  readonly serverRao: readonly bigint[];
  readonly validatorRao: readonly bigint[];
}

/**
 * Runs the epoch of a subnet with all its mechanisms on `emissionRao` of alpha and writes the vectors, incentives and bonds. A subnet
 * without neurons has none.
 *
 * @param hotkeys  of the subnet, by uid, and their table: for who has read them already
 *
 * Source: subtensor subnets/mechanism.rs `epoch_with_mechanisms`, epoch/run_epoch.rs `persist_…_epoch_terms`.
 */
export function runEpoch(
  context: StepContext,
  netuid: number,
  emissionRao: bigint,
  hotkeys: readonly Account[] = hotkeysOf(context.state, netuid),
  table?: CheckedHotkeys,
): EpochEmission {
  const { state, kernel } = context;
  if (hotkeys.length === 0) return { serverRao: [], validatorRao: [] };
  const result = runPackedMechanisms(kernel, epochInput(state, kernel, netuid, emissionRao, hotkeys, table));
  writeMechanisms(context, result);
  writeSubnet(context, netuid, result);
  return { serverRao: result.serverEmission, validatorRao: result.validatorEmission };
}

function writeMechanisms({ state, emit }: StepContext, { mechanisms }: PackedMechanismsResult): void {
  const mayLookBack = rulesInForce(state).liquidAlphaConsensus === "perSubnet";
  for (const { index, incentive, serverEmission, bonds, consensus } of mechanisms) {
    state.write(Incentive, index, incentive);
    if (mayLookBack) state.write(ConsensusByMechanism, index, consensus);
    for (const [uid, row] of bonds.entries()) {
      // Rows that stay as they are need not be written, encoded and hashed.
      if (!row.equals(state.read(Bonds, index, uid))) state.write(Bonds, index, uid, row);
    }
    emit({ name: "SubtensorModule.IncentiveAlphaEmittedToMiners", index, emissionsRao: serverEmission });
  }
}

function writeSubnet({ state }: StepContext, netuid: number, result: PackedMechanismsResult): void {
  state.write(Active, netuid, result.active);
  state.write(Emission, netuid, result.emission);
  state.write(Consensus, netuid, result.consensus);
  state.write(Dividends, netuid, result.dividends);
  state.write(ValidatorTrust, netuid, result.validatorTrust);
  state.write(ValidatorPermit, netuid, result.validatorPermit);
  state.write(StakeWeight, netuid, result.stakeWeight);
}
