/** ⌊a/b⌋ of natural numbers of any length: digits of 64 bits, each guessed from the top of a divisor whose highest bit is set. */
import { ERROR_INTERNAL } from "../contract";
import { divWide, mulHigh } from "../fixed/wide";
import { check } from "../trap";
import * as natural from "./natural";

/**
 * out ← ⌊a/b⌋ for b > 0. `rest` and `divisor` are scratch with one limb more than a and b; no two of the five are the same.
 */
export function divide(out: usize, a: usize, b: usize, rest: usize, divisor: usize): void {
  const m = natural.length(b);
  const n = natural.length(a);
  check(m > 0, ERROR_INTERNAL, n);
  if (n < m) {
    natural.set(out, 0, 0);
    return;
  }
  if (m === 1) {
    natural.divSmall(out, a, natural.limb(b, 0));
    return;
  }
  const shift = clz(natural.limb(b, m - 1));
  natural.shiftLeft(divisor, b, shift);
  // Writes the limb above the number too, 0 or not.
  natural.shiftLeft(rest, a, shift);
  for (let k = n - m + 1; k-- > 0; ) {
    const guess = guessDigit(rest, divisor, k, m);
    natural.setLimb(out, k, takeOff(rest, divisor, k, m, guess));
  }
  natural.trim(out, n - m + 1);
}

/** The digit at k, or one more than it. */
function guessDigit(rest: usize, divisor: usize, k: u32, m: u32): u64 {
  const d1 = natural.limb(divisor, m - 1);
  const d0 = natural.limb(divisor, m - 2);
  const high = natural.limb(rest, k + m);
  const low = natural.limb(rest, k + m - 1);
  const next = natural.limb(rest, k + m - 2);
  let digit = u64.MAX_VALUE;
  let left = low + d1;
  let exceeds = left < d1;
  if (high < d1) {
    digit = divWide(high, low, d1);
    left = low - digit * d1;
    exceeds = false;
  }
  while (!exceeds) {
    const top = mulHigh(digit, d0);
    if (top < left || (top === left && digit * d0 <= next)) break;
    digit--;
    left += d1;
    exceeds = left < d1;
  }
  return digit;
}

/**
 * Takes digit·divisor·2^(64k) off the rest, the digit one less where that is too much; returns the digit taken. What is left has m
 * limbs: the one above them is not read again, and stays as it is.
 */
function takeOff(rest: usize, divisor: usize, k: u32, m: u32, digit: u64): u64 {
  let carry: u64 = 0;
  let borrow: u64 = 0;
  for (let i: u32 = 0; i < m; i++) {
    const each = natural.limb(divisor, i);
    const low = each * digit + carry;
    carry = mulHigh(each, digit) + u64(low < carry);
    const from = natural.limb(rest, k + i);
    const difference = from - low;
    natural.setLimb(rest, k + i, difference - borrow);
    borrow = u64(from < low) | u64(difference < borrow);
  }
  const top = natural.limb(rest, k + m);
  if (top >= carry && top - carry >= borrow) return digit;
  addBack(rest, divisor, k, m);
  return digit - 1;
}

function addBack(rest: usize, divisor: usize, k: u32, m: u32): void {
  let carry: u64 = 0;
  for (let i: u32 = 0; i < m; i++) {
    const each = natural.limb(divisor, i);
    const sum = natural.limb(rest, k + i) + each;
    const whole = sum + carry;
    carry = u64(sum < each) | u64(whole < sum);
    natural.setLimb(rest, k + i, whole);
  }
}
