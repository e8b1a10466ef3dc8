/**
 * K.13 Mechanisms: a subnet may run several weight matrices side by side, each with its part of the emission. The results
 * are gathered here, uid by uid, as the chain stores them for the subnet.
 */
import { align } from "../arena";
import {
  AGGREGATE_ACTIVE,
  AGGREGATE_CONSENSUS,
  AGGREGATE_DIVIDENDS,
  AGGREGATE_EMISSION,
  AGGREGATE_SERVER_EMISSION,
  AGGREGATE_STAKE_WEIGHT,
  AGGREGATE_VALIDATOR_EMISSION,
  AGGREGATE_VALIDATOR_PERMIT,
  AGGREGATE_VALIDATOR_TRUST,
  AGGREGATES,
  ERROR_FIELD,
  ERROR_MECHANISMS,
  MAX_MECHANISMS,
} from "../contract";
import * as u64f64 from "../fixed/u64f64";
import * as wide from "../fixed/wide";
import { setU64, u8At, u16At, u64At } from "../linear/array";
import { check } from "../trap";
import * as frame from "./frame";

const SPLIT_ONE: u64 = 65535;

// U64F64 scratch.
const WEIGHT = memory.data(16);
const WHOLE = memory.data(16);
const SUM = memory.data(16);
const ADDED = memory.data(16);

// The emission split: u16 a mechanism in, u64 rao a mechanism out.
const SPLIT = memory.data(512);
const PARTS = memory.data(2048);

/** Nine arrays of u64, one entry a uid, in the order of AGGREGATE_*. */
let base: usize = 0;
let uids: u32 = 0;

/** Bytes of the aggregate of n uids. */
export function bytes(n: u32): u64 {
  return <u64>align((<usize>n) << 3) * AGGREGATES;
}

/** Starts an empty aggregate at `address`. */
export function start(address: usize, n: u32): void {
  base = address;
  uids = n;
  memory.fill(address, 0, <usize>bytes(n));
}

/** Address of aggregate array `id` (contract.ts, AGGREGATE_*). */
export function array(id: i32): usize {
  check(id >= 0 && id < AGGREGATES, ERROR_FIELD, <u64>id);
  return base + ((<usize>id * uids) << 3);
}

/** Address of u16[MAX_MECHANISMS]: where the host writes the split before `splitEmission`. */
export function splitInput(): usize {
  return SPLIT;
}

/**
 * Address of u64[count]: part_m = floor(total · split_m / 65535), or floor(total / count) without a split (length 0);
 * mechanisms beyond the split get 0, and what is missing to the total goes to m = 0.
 * Matches mechanism.rs `split_emissions`.
 */
export function splitEmission(total: u64, count: u32, length: u32): usize {
  check(count > 0 && count <= <u32>MAX_MECHANISMS && length <= count, ERROR_MECHANISMS, count);
  let given: u64 = 0;
  for (let m: u32 = 0; m < count; m++) {
    let part: u64 = length === 0 ? total / count : 0;
    if (m < length) {
      const factor = u16At(SPLIT, m);
      part = wide.divWide(wide.mulHigh(total, factor), total * factor, SPLIT_ONE);
    }
    setU64(PARTS, m, part);
    given += part;
  }
  if (given < total) setU64(PARTS, 0, u64At(PARTS, 0) + (total - given));
  return PARTS;
}

/**
 * Adds the epoch now in the frame, which was given `part` of `total`. With weight = part / total in U64F64 (total 0: one
 * for the first mechanism, else none):
 *
 *   consensus, dividends, validatorTrust, stakeWeight, emission:  acc ← trunc(acc + value · weight), saturating
 *   serverEmission, validatorEmission:                            acc ← acc + value, saturating
 *   active, validatorPermit:                                      acc ← acc or value
 *
 * Matches mechanism.rs `epoch_with_mechanisms`.
 */
export function add(part: u64, total: u64, first: bool): void {
  u64f64.fromU64(WEIGHT, part);
  u64f64.fromU64(WHOLE, total);
  if (total === 0) u64f64.fromU64(WEIGHT, first ? 1 : 0);
  else u64f64.safeDiv(WEIGHT, WEIGHT, WHOLE);
  for (let i: u32 = 0; i < uids; i++) {
    weighU16(AGGREGATE_CONSENSUS, i, u16At(frame.consensusU16, i));
    weighU16(AGGREGATE_DIVIDENDS, i, u16At(frame.dividendsU16, i));
    weighU16(AGGREGATE_VALIDATOR_TRUST, i, u16At(frame.validatorTrustU16, i));
    weighU16(AGGREGATE_STAKE_WEIGHT, i, u16At(frame.stakeWeightU16, i));
    weighU64(AGGREGATE_EMISSION, i, u64At(frame.emission, i));
    sum(AGGREGATE_SERVER_EMISSION, i, u64At(frame.serverEmission, i));
    sum(AGGREGATE_VALIDATOR_EMISSION, i, u64At(frame.validatorEmission, i));
    either(AGGREGATE_ACTIVE, i, u8At(frame.active, i));
    either(AGGREGATE_VALIDATOR_PERMIT, i, u8At(frame.newPermit, i));
  }
}

/** Address of the weight `weigh` reads, U64F64; adding an epoch writes it too. */
export function weighingSlot(): usize {
  return WEIGHT;
}

/**
 * trunc(existing + added · weight) in U64F64, saturating; u16 vectors are cut to 65535 on top.
 * Matches mechanism.rs `weighted_acc_alpha`.
 */
export function weigh(existing: u64, added: u64): u64 {
  u64f64.fromU64(ADDED, added);
  u64f64.mul(ADDED, ADDED, WEIGHT);
  u64f64.fromU64(SUM, existing);
  u64f64.add(SUM, SUM, ADDED);
  return u64f64.toU64(SUM);
}

function weighU64(id: i32, i: u32, value: u64): void {
  setU64(array(id), i, weigh(u64At(array(id), i), value));
}

function weighU16(id: i32, i: u32, value: u32): void {
  setU64(array(id), i, min(weigh(u64At(array(id), i), value), SPLIT_ONE));
}

function sum(id: i32, i: u32, value: u64): void {
  const total = u64At(array(id), i) + value;
  setU64(array(id), i, total < value ? u64.MAX_VALUE : total);
}

function either(id: i32, i: u32, value: u8): void {
  setU64(array(id), i, u64At(array(id), i) | value);
}
