/** Epochs on the page's kernel. A page looks at one subnet under one change after another, so what a snapshot shares with the last is not checked again. */
import * as abi from "../../../assembly/contract.js";
import { guarded, type Kernel } from "../../load/kernel.js";
import { amounts, booleans, halves } from "../../marshal/read.js";
import { type CheckedSnapshot, checkSnapshot, recheckSnapshot } from "../../marshal/snapshot.js";
import { beginEpoch } from "../../marshal/write.js";
import type { EpochResult, EpochSnapshot } from "../../types.js";
import { pageKernel } from "./pageKernel.js";

let last: { readonly snapshot: EpochSnapshot; readonly checked: CheckedSnapshot } | null = null;

function checkedOf(snapshot: EpochSnapshot): CheckedSnapshot {
  const before = last?.snapshot.n === snapshot.n ? last : null;
  const checked =
    before === null
      ? checkSnapshot(snapshot)
      : recheckSnapshot(snapshot, before.checked, (name) => snapshot[name] === before.snapshot[name]);
  last = { snapshot, checked };
  return checked;
}

/** Runs the epoch of a snapshot, whose arrays nobody changes in place, and leaves it in the kernel to be read. Throws as `epoch` does. */
export function run(snapshot: EpochSnapshot): Kernel {
  const checked = checkedOf(snapshot);
  const kernel = pageKernel();
  beginEpoch(kernel, checked);
  guarded(kernel, () => kernel.exports.epochRun());
  return kernel;
}

/** The part of a result that the page shows as numbers. */
export type Shown = Pick<
  EpochResult,
  | "stake"
  | "stakeWeight"
  | "validatorTrust"
  | "consensus"
  | "incentive"
  | "dividends"
  | "emission"
  | "serverEmission"
  | "validatorEmission"
  | "active"
  | "validatorPermit"
>;

/** It, of the epoch just run of n uids: bonds and raw bits, most of a result, stay where they are. */
export function readShown(kernel: Kernel, n: number): Shown {
  return {
    stake: amounts(kernel, abi.FIELD_STAKE, n),
    stakeWeight: halves(kernel, abi.FIELD_STAKE_WEIGHT, n),
    validatorTrust: halves(kernel, abi.FIELD_VALIDATOR_TRUST, n),
    consensus: halves(kernel, abi.FIELD_CONSENSUS, n),
    incentive: halves(kernel, abi.FIELD_INCENTIVE, n),
    dividends: halves(kernel, abi.FIELD_DIVIDENDS, n),
    emission: amounts(kernel, abi.FIELD_EMISSION, n),
    serverEmission: amounts(kernel, abi.FIELD_SERVER_EMISSION, n),
    validatorEmission: amounts(kernel, abi.FIELD_VALIDATOR_EMISSION, n),
    active: booleans(kernel, abi.FIELD_ACTIVE, n),
    validatorPermit: booleans(kernel, abi.FIELD_VALIDATOR_PERMIT, n),
  };
}
