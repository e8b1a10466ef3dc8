/**
 * e^x of the signed 128-bit formats, the same truncated Taylor sum as exp64.ts with i = 2 … fraction − 1, every step
 * checked.
 */
import * as fixed128 from "./fixed128";
import * as int128 from "./int128";

/** e as the crate holds it: 23 fraction bits. */
const E: u64 = 0x15bf0a8;
const E_FRACTION = 23;

const unit = memory.data(16);
const magnitude = memory.data(16);
const term = memory.data(16);
const sum = memory.data(16);

/** out ← e^a; false (the crate's error), `out` untouched, when an intermediate does not fit. */
export function exp(out: usize, a: usize, fraction: i32): bool {
  fixed128.one(unit, fraction);
  if (int128.isZero(a)) {
    int128.copy(out, unit);
    return true;
  }
  if (int128.equal(a, unit)) {
    widen(out, E, fraction - E_FRACTION);
    return true;
  }
  const negative = int128.magnitude(magnitude, a, true);
  // −2^127 has no positive twin: the crate's checked negation refuses it.
  if (int128.isNegative(magnitude) || !series(fraction)) return false;
  return negative ? fixed128.checkedDiv(out, unit, sum, fraction, true) : copied(out);
}

/** out ← a constant of less than 32 bits shifted left by `shift` < 64. */
export function widen(out: usize, constant: u64, shift: i32): void {
  int128.set(out, constant << shift, (constant >> 1) >> (63 - shift));
}

/** sum ← Σ over `magnitude`. A zero term ends it, because all later terms are then zero. */
function series(fraction: i32): bool {
  if (!fixed128.checkedAdd(sum, magnitude, unit, true)) return false;
  int128.copy(term, magnitude);
  for (let i: i32 = 2; i < fraction; i++) {
    if (!fixed128.checkedMul(term, term, magnitude, fraction, true)) return false;
    int128.divSmall(term, term, <u64>i);
    if (int128.isZero(term)) break;
    if (!fixed128.checkedAdd(sum, sum, term, true)) return false;
  }
  return true;
}

function copied(out: usize): bool {
  int128.copy(out, sum);
  return true;
}
