/**
 * Made-up snapshots, number k always the same: every rule, every mode, equal and absent stakes, rows that are empty,
 * unsorted or name uids outside the subnet. Written straight into the input block.
 */

import * as abi from "../contract";
import { epochBegin, epochInput } from "../index";
import { setU8, setU16, setU32, setU64 } from "../linear/array";
import * as random from "./random";

/** Most uids of most snapshots, and of one in LARGE_EVERY. */
const SMALL: u64 = 24;
const LARGE: u64 = 120;
const LARGE_EVERY: u32 = 25;
/** Uids beyond the subnet that a row may name. */
const OUTSIDE: u32 = 2;
/** A stake no sum of which reaches 2^55. */
const MOST_STAKE: u64 = 1 << 47;

/** Makes snapshot k the epoch under way and returns the address of its input block. */
export function make(k: u32): usize {
  random.start(k);
  const n = 1 + <u32>random.below(k % LARGE_EVERY === LARGE_EVERY - 1 ? LARGE : SMALL);
  const before = random.save();
  const weights = walkRows(n, 0, 0, 0);
  const bonds = walkRows(n, 0, 0, 0);
  const base = epochBegin(n, weights, bonds);
  random.resume(before);
  walkRows(
    n,
    epochInput(abi.INPUT_WEIGHT_ROWS),
    epochInput(abi.INPUT_WEIGHT_UIDS),
    epochInput(abi.INPUT_WEIGHT_VALUES),
  );
  walkRows(n, epochInput(abi.INPUT_BOND_ROWS), epochInput(abi.INPUT_BOND_UIDS), epochInput(abi.INPUT_BOND_VALUES));
  fillScalars(base, n);
  fillUids(n, load<u64>(base + (abi.SCALAR_CURRENT_BLOCK << 3)));
  return base;
}

/** Draws n rows and returns their number of entries; writes them unless `starts` is 0. */
function walkRows(n: u32, starts: usize, uids: usize, values: usize): u32 {
  let entry: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const density = random.below(5);
    const descending = random.oneIn(6);
    const width = n + (random.oneIn(4) ? OUTSIDE : 0);
    for (let j: u32 = 0; j < width; j++) {
      const value = random.edged();
      if (random.below(4) >= density) continue;
      if (starts !== 0) {
        setU16(uids, entry, descending ? width - 1 - j : j);
        setU16(values, entry, value);
      }
      entry++;
    }
    if (starts !== 0) setU32(starts, i + 1, entry);
  }
  return entry;
}

function put(base: usize, scalar: u32, value: u64): void {
  setU64(base, scalar, value);
}

function fillScalars(base: usize, n: u32): void {
  const block = 100 + random.below(6_000_000);
  put(base, abi.SCALAR_CURRENT_BLOCK, block);
  put(base, abi.SCALAR_TEMPO, random.oneIn(4) ? random.edged() : 360);
  put(base, abi.SCALAR_LAST_MECHANISM_STEP_BLOCK, random.oneIn(8) ? 0 : block - random.below(100));
  put(base, abi.SCALAR_ACTIVITY_CUTOFF, 1 + random.below(200));
  put(base, abi.SCALAR_KAPPA, random.edged());
  put(base, abi.SCALAR_BONDS_PENALTY, random.edged());
  put(base, abi.SCALAR_BONDS_MOVING_AVERAGE, random.oneIn(4) ? random.below(1_200_000) : 900_000);
  put(base, abi.SCALAR_ALPHA_LOW, random.edged());
  put(base, abi.SCALAR_ALPHA_HIGH, random.edged());
  put(base, abi.SCALAR_ALPHA_SIGMOID_STEEPNESS, random.oneIn(2) ? 1000 : random.below(65536) - 32768);
  put(base, abi.SCALAR_MAX_ALLOWED_VALIDATORS, random.below(n + 2));
  put(base, abi.SCALAR_STAKE_THRESHOLD, random.oneIn(2) ? 0 : random.below(MOST_STAKE >> 4));
  put(base, abi.SCALAR_OWNER_UID, random.oneIn(3) ? random.below(n) : abi.NO_OWNER);
  put(base, abi.SCALAR_RAO_EMISSION, random.oneIn(8) ? random.next() >> 1 : random.below(1 << 40));
  put(base, abi.SCALAR_TAO_WEIGHT, random.oneIn(4) ? random.next() : 0x2e147ae147ae147a);
  put(base, abi.SCALAR_FLAGS, flags());
  put(base, abi.SCALAR_LIQUID_CONSENSUS, random.below(3));
  put(base, abi.SCALAR_BONDS_MASK, random.below(3));
}

/** Any flags, Yuma 3 with liquid alpha often, Null mode seldom. */
function flags(): u64 {
  const any = random.below(abi.FLAGS_ALL + 1) & ~(<u64>abi.FLAG_NULL_MODE);
  const often: u64 = random.oneIn(2) ? abi.FLAG_YUMA3 | abi.FLAG_LIQUID_ALPHA : 0;
  return any | often | (random.oneIn(16) ? <u64>abi.FLAG_NULL_MODE : 0);
}

function fillUids(n: u32, block: u64): void {
  const lastUpdate = epochInput(abi.INPUT_LAST_UPDATE);
  const registered = epochInput(abi.INPUT_BLOCK_AT_REGISTRATION);
  const alpha = epochInput(abi.INPUT_ALPHA_STAKE);
  const tao = epochInput(abi.INPUT_TAO_STAKE);
  const commit = epochInput(abi.INPUT_COMMIT_BLOCK);
  const permit = epochInput(abi.INPUT_VALIDATOR_PERMIT);
  const previous = epochInput(abi.INPUT_PREVIOUS_CONSENSUS);
  const equal = random.oneIn(5);
  const stake = random.below(MOST_STAKE);
  for (let i: u32 = 0; i < n; i++) {
    setU64(lastUpdate, i, block - random.below(100));
    setU64(registered, i, block - random.below(100));
    setU64(alpha, i, random.oneIn(4) ? 0 : equal ? stake : random.below(MOST_STAKE));
    setU64(tao, i, random.oneIn(2) ? 0 : random.below(MOST_STAKE));
    setU64(commit, i, random.oneIn(2) ? u64.MAX_VALUE : block - random.below(100));
    setU8(permit, i, random.oneIn(4) ? 0 : 1);
    setU16(previous, i, random.edged());
  }
}
