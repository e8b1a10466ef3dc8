/** K.9, K.10 The moving average of bonds with one α for all pairs. */
import { FLAG_YUMA3, SCALAR_BONDS_MOVING_AVERAGE } from "../contract";
import * as i32f32 from "../fixed/i32f32";
import { at, u16At } from "../linear/array";
import * as rowset from "../linear/rowset";
import * as sparse from "../linear/sparse";
import * as frame from "./frame";
import * as input from "./input";

const MILLION: u64 = 1000000;
/** 1,000,000 / 2^6: what must divide x for x · 2^32 / 1,000,000 to be whole. */
const ODD_PART: u64 = 15625;

/**
 * emaBonds_ij = α·fresh_ij + (1 − α)·oldBonds_ij, keeping entries > 0 in ascending order; targets ≥ n fall away.
 * Matches epoch/math.rs `mat_ema_sparse`.
 */
export function averageBonds(fresh: usize): void {
  const alpha = fixedAlpha();
  const rest = i32f32.sub(i32f32.ONE, alpha);
  const outValues = sparse.values(frame.emaBonds);
  const outUids = sparse.uids(frame.emaBonds);
  let kept: u32 = 0;
  for (let i: u32 = 0; i < input.n; i++) {
    addScaledRow(fresh, i, alpha);
    addScaledRow(frame.oldBonds, i, rest);
    kept = rowset.drain(frame.rowA, input.n, outValues, outUids, kept);
    sparse.endRow(frame.emaBonds, i, kept);
  }
}

/** The α of all pairs: 1 − bondsMovingAverage / 1,000,000, saturating. */
export function fixedAlpha(): i64 {
  return i32f32.sub(i32f32.ONE, movingAverage());
}

function addScaledRow(m: usize, i: u32, factor: i64): void {
  const values = sparse.values(m);
  const uids = sparse.uids(m);
  const end = sparse.end(m, i);
  for (let e = sparse.begin(m, i); e < end; e++) {
    const j = u16At(uids, e);
    if (j >= input.n) continue;
    rowset.add(frame.rowA, input.n, j, i32f32.mul(factor, at(values, e)));
  }
}

/**
 * bondsMovingAverage / 1,000,000 as I32F32, floored from the I64F64 quotient. Beyond the setting's range (it is at most
 * one million on the chain) Yuma 2 saturates where Yuma 3 wraps, as `compute_ema_bonds_normal_sparse` and
 * `compute_disabled_liquid_alpha` do.
 */
function movingAverage(): i64 {
  const setting = input.scalar(SCALAR_BONDS_MOVING_AVERAGE);
  if (!input.flag(FLAG_YUMA3)) {
    return setting / MILLION >= 1 << 31 ? i64.MAX_VALUE : <i64>perMillion(setting);
  }
  const signed = <i64>setting;
  if (signed >= 0) return <i64>perMillion(setting);
  const size = <u64>-signed;
  return -(<i64>perMillion(size) + (size % ODD_PART !== 0 ? 1 : 0));
}

/** floor(x · 2^32 / 1,000,000), wrapping. */
function perMillion(x: u64): u64 {
  return ((x / MILLION) << 32) + ((x % MILLION) << 32) / MILLION;
}
