/**
 * Logarithms of I32F32 as the crate takes them: halving with a rounded shift, then one squaring for each fraction bit.
 */
import { checkedDiv, mul, ONE, wrappingDiv } from "./i32f32";

const TWO: i64 = 2 << 32;
/** log2 e as the crate holds it, 23 fraction bits, widened to 32. */
const LOG2_E: i64 = 0xb8aa3b << 9;
const FRACTION_BITS: i32 = 32;

const slot = memory.data(8);

/** Stores log2 x at `out`; false (the crate's error) for x ≤ 0 and where 1/x does not fit, below 3·2^−32. */
export function log2(out: usize, x: i64): bool {
  if (x <= 0) return false;
  if (x >= ONE) {
    store<i64>(out, log2Above(x));
    return true;
  }
  if (!checkedDiv(slot, ONE, x)) return false;
  store<i64>(out, -log2Above(load<i64>(slot)));
  return true;
}

/** Stores ln x = log2 x / log2 e at `out`; false where `log2` is. */
export function ln(out: usize, x: i64): bool {
  if (!log2(slot, x)) return false;
  store<i64>(out, wrappingDiv(load<i64>(slot), LOG2_E));
  return true;
}

/** ln x, or 0 where it is undefined (epoch/math.rs `safe_ln`). */
export function safeLn(x: i64): i64 {
  return ln(slot, x) ? load<i64>(slot) : 0;
}

/** log2 x for x ≥ 1. */
function log2Above(x: i64): i64 {
  let result: i64 = 0;
  while (x >= TWO) {
    result++;
    x = halve(x);
  }
  if (x === ONE) return result << FRACTION_BITS;
  for (let i = 0; i < FRACTION_BITS; i++) {
    x = mul(x, x);
    result <<= 1;
    if (x >= TWO) {
      result |= 1;
      x = halve(x);
    }
  }
  return result;
}

/** x / 2 rounded half up, the crate's `rs`. */
function halve(x: i64): i64 {
  return (x >> 1) + (x & 1);
}
