/**
 * What one epoch reads, as one block of memory in this order, each array aligned to 8 bytes:
 *
 *   u64 scalar[SCALARS]                                                 (contract.ts, SCALAR_*)
 *   u64 lastUpdate[n]  blockAtRegistration[n]  alphaStake[n]  taoStake[n]  commitBlock[n]
 *   u8  validatorPermit[n]       u16 previousConsensus[n]
 *   u32 weightRows[n + 1]        u16 weightUids[W]      u16 weightValues[W]
 *   u32 bondRows[n + 1]          u16 bondUids[B]        u16 bondValues[B]
 *
 * All are raw chain-storage values. The host fills the block; `validate` refuses what could lead a step astray.
 */
import { align } from "../arena";
import * as abi from "../contract";
import { u32At, u64At } from "../linear/array";
import { check } from "../trap";

const MAX_U16: u64 = 65535;

let base: usize = 0;

export let n: u32 = 0;
export let weightCount: u32 = 0;
export let bondCount: u32 = 0;

/** u64 a uid: block of the last weight change. */
export let lastUpdate: usize = 0;
/** u64 a uid: block of registration. */
export let blockAtRegistration: usize = 0;
/** u64 a uid: inherited alpha, rao. */
export let alphaStake: usize = 0;
/** u64 a uid: inherited root TAO, rao. */
export let taoStake: usize = 0;
/** u64 a uid: earliest unexpired commit, all ones = none. */
export let commitBlock: usize = 0;
/** u8 a uid: permits as stored. */
export let validatorPermit: usize = 0;
/** u16 a uid: consensus stored by the last epoch. */
export let previousConsensus: usize = 0;
/** Stored rows: u32 starts, u16 uids, u16 values. */
export let weightRows: usize = 0;
export let weightUids: usize = 0;
export let weightValues: usize = 0;
export let bondRows: usize = 0;
export let bondUids: usize = 0;
export let bondValues: usize = 0;

/** Bytes of the block for n uids, W weights and B bonds. */
export function bytes(uids: u32, weights: u32, bonds: u32): u64 {
  const perUid = <u64>align(<usize>uids) + <u64>align((<usize>uids) << 1) + 5 * ((<u64>uids) << 3);
  const rows = 2 * <u64>align((<usize>uids + 1) << 2);
  const entries = 2 * (<u64>align((<usize>weights) << 1) + <u64>align((<usize>bonds) << 1));
  return (abi.SCALARS << 3) + perUid + rows + entries;
}

/** Lays the block out at `address` and clears it. */
export function draw(address: usize, uids: u32, weights: u32, bonds: u32): void {
  base = address;
  n = uids;
  weightCount = weights;
  bondCount = bonds;
  memory.fill(address, 0, <usize>bytes(uids, weights, bonds));
  store<u64>(base + (abi.SCALAR_UIDS << 3), uids);
  store<u64>(base + (abi.SCALAR_WEIGHTS << 3), weights);
  store<u64>(base + (abi.SCALAR_BONDS << 3), bonds);
  const column = (<usize>uids) << 3;
  lastUpdate = address + (abi.SCALARS << 3);
  blockAtRegistration = lastUpdate + column;
  alphaStake = blockAtRegistration + column;
  taoStake = alphaStake + column;
  commitBlock = taoStake + column;
  validatorPermit = commitBlock + column;
  previousConsensus = validatorPermit + align(<usize>uids);
  weightRows = previousConsensus + align((<usize>uids) << 1);
  weightUids = weightRows + align((<usize>uids + 1) << 2);
  weightValues = weightUids + align((<usize>weights) << 1);
  bondRows = weightValues + align((<usize>weights) << 1);
  bondUids = bondRows + align((<usize>uids + 1) << 2);
  bondValues = bondUids + align((<usize>bonds) << 1);
}

/** Address of an input array by its number (contract.ts, INPUT_*). */
export function address(id: i32): usize {
  check(id >= 0 && id < abi.INPUTS, abi.ERROR_FIELD, <u64>id);
  switch (id) {
    case abi.INPUT_LAST_UPDATE:
      return lastUpdate;
    case abi.INPUT_BLOCK_AT_REGISTRATION:
      return blockAtRegistration;
    case abi.INPUT_ALPHA_STAKE:
      return alphaStake;
    case abi.INPUT_TAO_STAKE:
      return taoStake;
    case abi.INPUT_COMMIT_BLOCK:
      return commitBlock;
    case abi.INPUT_VALIDATOR_PERMIT:
      return validatorPermit;
    case abi.INPUT_PREVIOUS_CONSENSUS:
      return previousConsensus;
    case abi.INPUT_WEIGHT_ROWS:
      return weightRows;
    case abi.INPUT_WEIGHT_UIDS:
      return weightUids;
    case abi.INPUT_WEIGHT_VALUES:
      return weightValues;
    case abi.INPUT_BOND_ROWS:
      return bondRows;
    case abi.INPUT_BOND_UIDS:
      return bondUids;
    default:
      return bondValues;
  }
}

/** Scalar k of the block (contract.ts, SCALAR_*). */
export function scalar(k: u32): u64 {
  return u64At(base, k);
}

/** Whether a FLAG_* bit is set. */
export function flag(bit: u64): bool {
  return (scalar(abi.SCALAR_FLAGS) & bit) !== 0;
}

/** Traps unless the rows are well formed and every scalar lies in its range. */
export function validate(): void {
  check(scalar(abi.SCALAR_UIDS) === n, abi.ERROR_FIELD, abi.SCALAR_UIDS);
  check(scalar(abi.SCALAR_WEIGHTS) === weightCount, abi.ERROR_FIELD, abi.SCALAR_WEIGHTS);
  check(scalar(abi.SCALAR_BONDS) === bondCount, abi.ERROR_FIELD, abi.SCALAR_BONDS);
  checkU16(abi.SCALAR_TEMPO);
  checkU16(abi.SCALAR_KAPPA);
  checkU16(abi.SCALAR_BONDS_PENALTY);
  checkU16(abi.SCALAR_ALPHA_LOW);
  checkU16(abi.SCALAR_ALPHA_HIGH);
  checkU16(abi.SCALAR_MAX_ALLOWED_VALIDATORS);
  const steepness = <i64>scalar(abi.SCALAR_ALPHA_SIGMOID_STEEPNESS);
  check(steepness === <i64>(<i16>steepness), abi.ERROR_FIELD, abi.SCALAR_ALPHA_SIGMOID_STEEPNESS);
  const owner = scalar(abi.SCALAR_OWNER_UID);
  check(owner < n || owner === abi.NO_OWNER, abi.ERROR_OWNER, owner);
  check((scalar(abi.SCALAR_FLAGS) & ~(<u64>abi.FLAGS_ALL)) === 0, abi.ERROR_RULES, scalar(abi.SCALAR_FLAGS));
  check(
    scalar(abi.SCALAR_LIQUID_CONSENSUS) <= <u64>abi.LIQUID_AUTO,
    abi.ERROR_RULES,
    scalar(abi.SCALAR_LIQUID_CONSENSUS),
  );
  check(
    scalar(abi.SCALAR_BONDS_MASK) <= <u64>abi.BONDS_MASK_LAST_UPDATE,
    abi.ERROR_RULES,
    scalar(abi.SCALAR_BONDS_MASK),
  );
  checkRows(weightRows, weightCount);
  checkRows(bondRows, bondCount);
}

function checkU16(k: u32): void {
  check(scalar(k) <= MAX_U16, abi.ERROR_FIELD, k);
}

function checkRows(starts: usize, count: u32): void {
  check(u32At(starts, 0) === 0, abi.ERROR_ROWS, 0);
  if (descend(starts, n)) {
    for (let i: u32 = 0; i < n; i++) check(u32At(starts, i) <= u32At(starts, i + 1), abi.ERROR_ROWS, i);
  }
  check(u32At(starts, n) === count, abi.ERROR_ROWS, n);
}

/** Whether any of n + 1 starts is below the one before. */
function descend(starts: usize, n: u32): bool {
  let i: u32 = 0;
  if (ASC_FEATURE_SIMD) {
    let falls = i32x4.splat(0);
    for (; i + 3 < n; i += 4) {
      const from = starts + ((<usize>i) << 2);
      falls = v128.or(falls, i32x4.gt_u(v128.load(from), v128.load(from, 4)));
    }
    if (v128.any_true(falls)) return true;
  }
  for (; i < n; i++) if (u32At(starts, i) > u32At(starts, i + 1)) return true;
  return false;
}
