/**
 * ⌊(n^p·s^q / d^p)^(1/q)⌋, exactly, for p and q from 1 to 1024, two ways. `near` finds a root below 2^64 bit by bit, each
 * proved by truncated powers (mantissa.ts); it leaves the rare root open that a truncation could hide, such as a perfect
 * power. `exact` writes everything out, whatever its length: a division, and Newton's steps on twice as many bits each time.
 */
import { divide } from "./division";
import * as mantissa from "./mantissa";
import * as natural from "./natural";

/** What `near` answers. */
export const OPEN: i32 = 0;
export const FOUND: i32 = 1;
/** The root is 2^64 or more. */
export const LARGE: i32 = 2;

/** The root `near` found. */
export let found: u64 = 0;

const dividend = memory.data(24);
const divisor = memory.data(24);
const power = memory.data(24);
const scaleMantissa = memory.data(24);

/** Bits found by trial before Newton's steps begin: enough for them to converge fast under an exponent of 1024. */
const TRIAL_BITS: u64 = 16;

/** The root by truncated powers: FOUND, and in `found`, or LARGE, or OPEN. n, d: u128 above 0; scale above 0. */
export function near(n: usize, d: usize, p: u64, q: u64, scale: u64): i32 {
  mantissa.set(power, load<u64>(n), load<u64>(n, 8));
  mantissa.power(dividend, power, p);
  mantissa.set(power, scale, 0);
  mantissa.power(scaleMantissa, power, q);
  mantissa.mul(dividend, dividend, scaleMantissa);
  mantissa.set(power, load<u64>(d), load<u64>(d, 8));
  mantissa.power(divisor, power, p);
  // 2^(excess − 2) < r^q < 2^(excess + 2), truncation allowed for.
  const excess = mantissa.bitLength(dividend) - mantissa.bitLength(divisor);
  found = 0;
  if (excess - 2 >= 64 * <i64>q) return LARGE;
  if (excess + 2 < 0) return FOUND;
  const bits = <u64>(excess + 2) / q + 1;
  if (bits > 64) return OPEN;
  let root: u64 = 0;
  for (let bit = bits; bit-- > 0; ) {
    const next = root | ((<u64>1) << bit);
    mantissa.set(power, next, 0);
    mantissa.power(power, power, q);
    mantissa.mul(power, power, divisor);
    const order = mantissa.order(power, dividend);
    if (order === 0) return OPEN;
    if (order < 0) root = next;
  }
  found = root;
  return FOUND;
}

/** The root written out; the address of a natural number in the arena. n, d: u128, d above 0. */
export function exact(n: usize, d: usize, p: u64, q: u64, scale: u64): usize {
  // Of d^p, and of n^p·s^q with the q bits a trial power may be longer; products and shifts write one limb more.
  const limbs = <u32>(max(p * bitsOf(d), p * bitsOf(n) + q * (65 - clz(scale))) / 64 + 2);
  const small = natural.draw(2);
  const target = natural.draw(limbs);
  const first = natural.draw(limbs);
  const second = natural.draw(limbs);
  const spare = natural.draw(limbs);
  const rest = natural.draw(limbs);
  natural.set(small, load<u64>(n), load<u64>(n, 8));
  raise(first, small, p, spare);
  natural.set(small, scale, 0);
  raise(second, small, q, spare);
  natural.mul(target, first, second);
  natural.copy(first, target);
  natural.set(small, load<u64>(d), load<u64>(d, 8));
  raise(second, small, p, spare);
  divide(target, first, second, rest, spare);
  return q === 1 ? target : rootOf(target, q, limbs);
}

function bitsOf(a: usize): u64 {
  const high = load<u64>(a, 8);
  return high === 0 ? 64 - clz(load<u64>(a)) : 128 - clz(high);
}

/** out ← a^k for k ≥ 1; three different numbers. */
function raise(out: usize, a: usize, k: u64, spare: usize): void {
  natural.copy(out, a);
  for (let bit = 63 - clz(k); bit-- > 0; ) {
    natural.mul(spare, out, out);
    if (((k >> bit) & 1) !== 0) natural.mul(out, spare, a);
    else natural.copy(out, spare);
  }
}

let shifted: usize = 0;
let next: usize = 0;
let raised: usize = 0;
let quotient: usize = 0;
let workRest: usize = 0;
let work: usize = 0;

/** ⌊a^(1/q)⌋ for q ≥ 2: of the top bits of a by trial, then of twice as many until there are no more. */
function rootOf(a: usize, q: u64, limbs: u32): usize {
  const root = natural.draw(limbs);
  const bits = natural.bitLength(a);
  if (bits === 0) return root;
  shifted = natural.draw(limbs);
  next = natural.draw(limbs);
  raised = natural.draw(limbs);
  quotient = natural.draw(limbs);
  workRest = natural.draw(limbs);
  work = natural.draw(limbs);
  const rootBits = (bits - 1) / q + 1;
  let have = min(rootBits, TRIAL_BITS);
  let left = rootBits - have;
  natural.shiftRight(shifted, a, left * q);
  tryBits(root, q, have);
  while (left > 0) {
    const step = min(left, have);
    left -= step;
    have += step;
    natural.shiftRight(shifted, a, left * q);
    // Above the root, where Newton's steps descend and end at its floor.
    natural.set(next, 1, 0);
    natural.add(root, root, next);
    natural.shiftLeft(root, root, step);
    descend(root, q);
  }
  return root;
}

/** root ← ⌊shifted^(1/q)⌋, below 2^bits, bit by bit. */
function tryBits(root: usize, q: u64, bits: u64): void {
  let value: u64 = 0;
  for (let bit = bits; bit-- > 0; ) {
    natural.set(root, value | ((<u64>1) << bit), 0);
    raise(raised, root, q, work);
    if (natural.compare(raised, shifted) <= 0) value |= (<u64>1) << bit;
  }
  natural.set(root, value, 0);
}

/** root ← ⌊shifted^(1/q)⌋ from a root that is not below it: r ← ⌊((q−1)·r + ⌊a/r^(q−1)⌋)/q⌋ while that descends. */
function descend(root: usize, q: u64): void {
  while (true) {
    raise(raised, root, q - 1, work);
    divide(quotient, shifted, raised, workRest, work);
    natural.mulSmall(next, root, q - 1);
    natural.add(next, next, quotient);
    natural.divSmall(next, next, q);
    if (natural.compare(next, root) >= 0) return;
    natural.copy(root, next);
  }
}
