/** Liquid alpha of one pair: how fast the bond follows the weight, and why just so fast. */
import type { BitsRow } from "../../types.js";
import { agree, mul, real, short } from "./quantity.js";
import type { Step } from "./types.js";
import type { View } from "./view.js";

const ONE = 1n << 32n;
/** e as the reference keeps it: 23 fraction bits. */
const E = 22_802_600n << 9n;
const LAST_TERM = 31n;
const MOST_EXPONENT = 20n << 32n;

/** The numbers between weight and alpha. I32F32. */
interface Sigmoid {
  readonly difference: bigint;
  readonly exponent: bigint;
  readonly sigmoid: bigint;
  readonly alpha: bigint;
}

/** The step for a pair with a weight; throws INTERNAL unless it comes to the kernel's own alpha. */
export function alphaStep(view: View, uid: number, target: number): Step {
  const { alphaLow, alphaHigh, alphaSigmoidSteepness } = view.input.settings;
  const [low, high] = [alphaLow, alphaHigh].map((u16) => (BigInt(u16) << 32n) / 65535n) as [bigint, bigint];
  const slope = (BigInt(alphaSigmoidSteepness) << 32n) / -100n;
  const weight = seen(view.bondWeights.row(uid), target);
  const old = seen(view.oldBonds.row(uid), target);
  const consensus = view.liquidConsensus[target] ?? 0n;
  const told = sigmoidOf(weight >= old ? weight - consensus : old - weight, slope, low, high);
  agree(`the alpha of uid ${uid} on ${target}`, told.alpha, view.alphas.at(uid, target) ?? 0n);
  return {
    sentence: `${
      weight >= old
        ? `On uid ${target} the weight is no less than the old bond, so what counts is how far it exceeds consensus`
        : `On uid ${target} the weight is less than the old bond, so what counts is how far it fell`
    }: ${short(told.difference)}, which makes alpha ${short(told.alpha)}.`,
    formula:
      "alpha = low + (high − low) / (1 + e^x), x = −steepness/100 · (difference − ½), difference from 0 to 1, x from −20 to 20",
    quantities: [
      real("weight", weight),
      real("old bond", old),
      real("consensus", consensus),
      real("difference", told.difference),
      real("x", told.exponent),
      real("1 / (1 + e^x)", told.sigmoid),
      real("low", low),
      real("high", high),
      real("alpha", told.alpha),
    ],
  };
}

function sigmoidOf(gap: bigint, slope: bigint, low: bigint, high: bigint): Sigmoid {
  const difference = between(gap, 0n, ONE);
  const exponent = between(mul(slope, difference - ONE / 2n), -MOST_EXPONENT, MOST_EXPONENT);
  const sigmoid = (ONE << 32n) / (ONE + exp(exponent));
  return { difference, exponent, sigmoid, alpha: between(low + mul(sigmoid, high - low), low, high) };
}

/** e^x as the reference computes it: a sum of 31 terms, each cut off; of a negative x one over it. x from −20 to 20. */
function exp(x: bigint): bigint {
  if (x === ONE) return E;
  const power = x < 0n ? -x : x;
  let term = power;
  let sum = ONE + power;
  for (let i = 2n; i <= LAST_TERM; i++) {
    term = mul(term, power) / i;
    sum += term;
  }
  return x < 0n ? (ONE << 32n) / sum : sum;
}

/** At most `high`, then at least `low`, which is the answer where both cannot be. */
function between(value: bigint, low: bigint, high: bigint): bigint {
  const cut = value > high ? high : value;
  return cut < low ? low : cut;
}

/** What the sigmoid sees of a row: an entry behind a larger uid is passed over, as the reference's cursor does. */
function seen(row: BitsRow, target: number): bigint {
  let reached = -1;
  for (const [uid, value] of row) {
    if (uid === target) return uid > reached ? value : 0n;
    reached = Math.max(reached, uid);
  }
  return 0n;
}
