/**
 * The pool's power ⌊scale·(n/d)^(p/q)⌋ (safe-bigmath `pow_ratio_scaled`): exact where the reduced exponent's parts are at most
 * 1024, otherwise by series. Equal weights give the exponent 1/1, hence a single division.
 */
import * as arena from "../arena";
import * as int128 from "../fixed/int128";
import { divWide, mulHigh } from "../fixed/wide";
import { POWER_WRITTEN_OUT } from "./contract";
import * as integer from "./integer";
import * as natural from "./natural";
import * as root from "./root";
import * as series from "./series";

const LARGEST_EXACT: u64 = 1024;

/** Of `compute`: an answer of 2^64 or more is wanted as no more than that. */
const CAPPED: i32 = 2;

/** Room for the answers that need no work: three limbs. */
const answer = memory.data(32);

/**
 * The address of an integer of any length (natural.ts), valid until memory is drawn again; 0 for a zero denominator. n, d:
 * u128; precision in bits, at most MAX_POWER_PRECISION. POWER_WRITTEN_OUT as `path` leaves the quick ways aside.
 */
export function scaled(n: usize, d: usize, p: u64, q: u64, precision: u32, scale: u64, path: i32): usize {
  if (int128.isZero(d) || q === 0) return 0;
  const bottom = arena.mark();
  const address = compute(n, d, p, q, precision, scale, path);
  arena.giveBack(bottom);
  return address;
}

/** The same as a u64: `above` where it is 2^64 or more, 0 where it is negative or a denominator is 0. */
export function toU64(n: usize, d: usize, p: u64, q: u64, precision: u32, scale: u64, above: u64): u64 {
  const address = scaled(n, d, p, q, precision, scale, CAPPED);
  if (address === 0 || integer.isNegative(address)) return 0;
  const limbs = natural.length(address);
  if (limbs > 1) return above;
  return limbs === 0 ? 0 : natural.limb(address, 0);
}

function compute(n: usize, d: usize, p: u64, q: u64, precision: u32, scale: u64, path: i32): usize {
  if (int128.isZero(n) || scale === 0) return small(0);
  if (p === 0) return small(scale);
  const common = greatestCommonDivisor(p, q);
  p /= common;
  q /= common;
  if (p > LARGEST_EXACT || q > LARGEST_EXACT) return series.power(n, d, p, q, precision, scale);
  if (path === POWER_WRITTEN_OUT) return root.exact(n, d, p, q, scale);
  if (int128.equal(n, d)) return small(scale);
  if (p === 1 && q === 1 && isShort(n, d, scale)) return small(quotient(load<u64>(n), load<u64>(d), scale));
  // A whole exponent is sooner written out: a division.
  const known = q > 1 ? root.near(n, d, p, q, scale) : root.OPEN;
  if (known === root.FOUND) return small(root.found);
  if (known === root.LARGE && path === CAPPED) {
    natural.set(answer, 0, 1);
    return answer;
  }
  return root.exact(n, d, p, q, scale);
}

/** Whether n·scale/d is a 128-bit number over one of 64 bits, and itself below 2^64. */
function isShort(n: usize, d: usize, scale: u64): bool {
  return (load<u64>(n, 8) | load<u64>(d, 8)) === 0 && mulHigh(load<u64>(n), scale) < load<u64>(d);
}

function quotient(n: u64, d: u64, scale: u64): u64 {
  return divWide(mulHigh(n, scale), n * scale, d);
}

function small(x: u64): usize {
  natural.set(answer, x, 0);
  return answer;
}

function greatestCommonDivisor(a: u64, b: u64): u64 {
  while (b !== 0) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}
