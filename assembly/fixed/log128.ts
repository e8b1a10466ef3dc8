/**
 * Logarithms of the signed 128-bit formats, the method of log64.ts.
 */
import { widen } from "./exp128";
import * as fixed128 from "./fixed128";
import * as int128 from "./int128";

/** log2 e as the crate holds it: 23 fraction bits. */
const LOG2_E: u64 = 0xb8aa3b;
const LOG2_E_FRACTION = 23;

const unit = memory.data(16);
const two = memory.data(16);
const residue = memory.data(16);

/** out ← log2 a; false (the crate's error) for a ≤ 0 and where 1/a does not fit. */
export function log2(out: usize, a: usize, fraction: i32): bool {
  if (int128.isNegative(a) || int128.isZero(a)) return false;
  fixed128.one(unit, fraction);
  int128.copy(residue, a);
  const below = int128.less(a, unit, true);
  if (below && !fixed128.checkedDiv(residue, unit, a, fraction, true)) return false;
  log2Above(out, fraction);
  if (below) int128.negate(out, out);
  return true;
}

/** out ← ln a = log2 a / log2 e; false where `log2` is. */
export function ln(out: usize, a: usize, fraction: i32): bool {
  if (!log2(out, a, fraction)) return false;
  widen(unit, LOG2_E, fraction - LOG2_E_FRACTION);
  fixed128.wrappingDiv(out, out, unit, fraction, true);
  return true;
}

/** out ← log2 of `residue`, which is ≥ 1. */
function log2Above(out: usize, fraction: i32): void {
  int128.add(two, unit, unit);
  let whole: u64 = 0;
  while (!int128.less(residue, two, true)) {
    whole++;
    int128.halfRounded(residue, residue);
  }
  let bits: u64 = 0;
  if (!int128.equal(residue, unit)) {
    for (let i = 0; i < fraction; i++) {
      fixed128.wrappingMul(residue, residue, residue, fraction, true);
      bits <<= 1;
      if (int128.less(residue, two, true)) continue;
      bits |= 1;
      int128.halfRounded(residue, residue);
    }
  }
  if (fraction === 64) int128.set(out, bits, whole);
  else int128.set(out, (whole << fraction) | bits, 0);
}
