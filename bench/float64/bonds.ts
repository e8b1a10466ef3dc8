/** The new bonds of one column where they are more than one blend: an α a pair, or shares under Yuma 2. */

/** Scratch of one column, R entries each. */
export interface Column {
  /** Masked, normalised weights; then the weights for bonds. */
  readonly weights: Float64Array;
  /** 1 where a weight for bonds exists, be it zero. */
  readonly present: Uint8Array;
  /** Old bonds, as stored integers. */
  readonly old: Float64Array;
  /** The moving average. */
  readonly fresh: Float64Array;
}

/** How a column's α is found: low and high, and the slope of the sigmoid. */
export interface Sigmoid {
  readonly low: number;
  readonly high: number;
  readonly slope: number;
}

const U16 = 65535;

/** Yuma 3, an α a pair: a bond without a fresh weight is gone. Returns Σ fresh. */
export function blendLiquid(column: Column, rows: number, consensus: number, { low, high, slope }: Sigmoid): number {
  const { weights, present, old, fresh } = column;
  const span = high - low;
  let sum = 0;
  for (let r = 0; r < rows; r++) {
    if (present[r] === 0) {
      fresh[r] = 0;
      continue;
    }
    const weight = weights[r]!;
    const bond = old[r]! / U16;
    const gap = weight >= bond ? weight - consensus : bond - weight;
    const difference = gap < 0 ? 0 : gap > 1 ? 1 : gap;
    let alpha = low + span / (1 + Math.exp(slope * (0.5 - difference)));
    if (alpha > high) alpha = high;
    if (alpha < low) alpha = low;
    const next = (1 - alpha) * bond + alpha * weight;
    const kept = next > 1 ? 1 : next;
    fresh[r] = kept;
    sum += kept;
  }
  return sum;
}

/** Yuma 2: shares of old bonds and of weight · stake, blended. Returns Σ fresh. */
export function blendShares(
  { weights, old, fresh }: Column,
  rows: number,
  alpha: number,
  stakes: Float64Array,
): number {
  let newSum = 0;
  let oldSum = 0;
  for (let r = 0; r < rows; r++) {
    const staked = weights[r]! * stakes[r]!;
    fresh[r] = staked;
    newSum += staked;
    oldSum += old[r]!;
  }
  const gain = newSum > 0 ? alpha / newSum : 0;
  const keep = oldSum > 0 ? (1 - alpha) / oldSum : 0;
  let sum = 0;
  for (let r = 0; r < rows; r++) {
    const share = gain * fresh[r]! + keep * old[r]!;
    fresh[r] = share;
    sum += share;
  }
  return sum;
}
