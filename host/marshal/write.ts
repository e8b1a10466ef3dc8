/** A checked snapshot into the kernel's input block. */
import * as abi from "../../assembly/contract.js";
import type { Kernel } from "../load/kernel.js";
import { guarded } from "../load/kernel.js";
import type { CheckedSnapshot } from "./snapshot.js";

/** The number of each mode. */
export const LIQUID_CONSENSUS = {
  current: abi.LIQUID_CURRENT,
  previous: abi.LIQUID_PREVIOUS,
  auto: abi.LIQUID_AUTO,
} as const;
/** The number of each mask. */
export const BONDS_MASK = {
  lastEpoch: abi.BONDS_MASK_LAST_EPOCH,
  tempo: abi.BONDS_MASK_TEMPO,
  lastUpdate: abi.BONDS_MASK_LAST_UPDATE,
} as const;

/** Draws a fresh epoch in the kernel and fills its input. Throws TOO_LARGE where memory does not suffice. */
export function beginEpoch(kernel: Kernel, snapshot: CheckedSnapshot): void {
  const { n } = snapshot.settings;
  guarded(kernel, () => {
    const base = kernel.exports.epochBegin(n, snapshot.weights.uids.length, snapshot.bonds.uids.length);
    writeScalars(kernel, base, snapshot);
    writeArrays(kernel, snapshot);
  });
}

function writeScalars(kernel: Kernel, base: number, snapshot: CheckedSnapshot): void {
  fillScalars(new BigUint64Array(kernel.memory.buffer, base >>> 0, abi.SCALARS), snapshot);
}

/** Writes every scalar but the three counts, which the kernel knows. */
export function fillScalars(slots: BigUint64Array, snapshot: CheckedSnapshot): void {
  const s = snapshot.settings;
  slots[abi.SCALAR_CURRENT_BLOCK] = s.currentBlock;
  slots[abi.SCALAR_TEMPO] = BigInt(s.tempo);
  slots[abi.SCALAR_LAST_MECHANISM_STEP_BLOCK] = s.lastMechanismStepBlock;
  slots[abi.SCALAR_ACTIVITY_CUTOFF] = s.activityCutoff;
  slots[abi.SCALAR_KAPPA] = BigInt(s.kappa);
  slots[abi.SCALAR_BONDS_PENALTY] = BigInt(s.bondsPenalty);
  slots[abi.SCALAR_BONDS_MOVING_AVERAGE] = s.bondsMovingAverage;
  slots[abi.SCALAR_ALPHA_LOW] = BigInt(s.alphaLow);
  slots[abi.SCALAR_ALPHA_HIGH] = BigInt(s.alphaHigh);
  slots[abi.SCALAR_ALPHA_SIGMOID_STEEPNESS] = BigInt(s.alphaSigmoidSteepness);
  slots[abi.SCALAR_MAX_ALLOWED_VALIDATORS] = BigInt(s.maxAllowedValidators);
  slots[abi.SCALAR_STAKE_THRESHOLD] = s.stakeThreshold;
  slots[abi.SCALAR_OWNER_UID] = BigInt(s.ownerUid ?? abi.NO_OWNER);
  slots[abi.SCALAR_RAO_EMISSION] = s.raoEmission;
  slots[abi.SCALAR_TAO_WEIGHT] = s.taoWeight;
  slots[abi.SCALAR_FLAGS] = BigInt(flagsOf(snapshot));
  slots[abi.SCALAR_LIQUID_CONSENSUS] = BigInt(LIQUID_CONSENSUS[snapshot.liquidAlphaConsensusMode]);
  slots[abi.SCALAR_BONDS_MASK] = BigInt(BONDS_MASK[snapshot.rules.bondsMask]);
}

function flagsOf(snapshot: CheckedSnapshot): number {
  const s = snapshot.settings;
  return (
    (s.yuma3 ? abi.FLAG_YUMA3 : 0) |
    (s.liquidAlpha ? abi.FLAG_LIQUID_ALPHA : 0) |
    (s.commitRevealEnabled ? abi.FLAG_COMMIT_REVEAL : 0) |
    (snapshot.nullMode ? abi.FLAG_NULL_MODE : 0) |
    (snapshot.previousConsensus ? abi.FLAG_PREVIOUS_CONSENSUS : 0) |
    (snapshot.rules.ownerPrivilege ? abi.FLAG_OWNER_PRIVILEGE : 0)
  );
}

/** The arrays of the input block in the order of their numbers (INPUT_*); null where none is stored. */
export function inputArrays(snapshot: CheckedSnapshot): (ArrayBufferView | null)[] {
  return [
    snapshot.lastUpdate,
    snapshot.blockAtRegistration,
    snapshot.alphaStake,
    snapshot.taoStake,
    snapshot.commitBlocks,
    snapshot.validatorPermit,
    snapshot.previousConsensus,
    snapshot.weights.start,
    snapshot.weights.uids,
    snapshot.weights.values,
    snapshot.bonds.start,
    snapshot.bonds.uids,
    snapshot.bonds.values,
  ];
}

function writeArrays(kernel: Kernel, snapshot: CheckedSnapshot): void {
  for (const [id, array] of inputArrays(snapshot).entries()) if (array !== null) put(kernel, id, array);
}

/** Copies an array byte for byte: WebAssembly memory and every host this runs on are little-endian. */
function put(kernel: Kernel, id: number, from: ArrayBufferView): void {
  const bytes = new Uint8Array(from.buffer, from.byteOffset, from.byteLength);
  new Uint8Array(kernel.memory.buffer, kernel.exports.epochInput(id) >>> 0, bytes.length).set(bytes);
}
