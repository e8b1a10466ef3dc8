/**
 * Bonds and dividends under both rules: what the weights say about bonds, how old and new bonds blend, what each
 * validator earns from them. Protocol K.8 to K.10.
 */
import { comparedConsensus, liquidAlphas } from "./liquid.js";
import { bondProportions, maskedBonds } from "./masks.js";
import { i32f32, i64f64, proportion, smaller } from "./real.js";
import {
  dense,
  type Matrix,
  mapRow,
  normalize,
  normalizeColumns,
  type Row,
  sparsePositive,
  upscaleColumns,
} from "./sparse.js";
import type { EpochSnapshot } from "./types.js";

export interface BondsOutcome {
  /** What is stored (before u16): Yuma 2 the blended bonds scaled to a column maximum of 1, Yuma 3 the blended bonds. */
  readonly bonds: Matrix;
  readonly dividends: bigint[];
}

/** What earlier steps of the epoch hand to the bonds. */
export interface BondsInput {
  readonly weightsForBonds: Matrix;
  readonly consensus: readonly bigint[];
  readonly incentive: readonly bigint[];
  readonly activeStake: readonly bigint[];
}

/** Between the weights (penalty 0) and the clipped weights (penalty 1); in between densified, positive, ascending. */
export function weightsForBonds(weights: Matrix, clipped: Matrix, snapshot: EpochSnapshot): Matrix {
  const ratio = proportion(snapshot.bondsPenalty);
  if (ratio === 0n) return weights;
  if (ratio === i32f32.one) return clipped;
  return weights.map((row, i) => {
    const from = dense(row, snapshot.n);
    const to = dense(clipped[i]!, snapshot.n);
    return sparsePositive(from.map((w, j) => i32f32.add(w, i32f32.mul(ratio, i32f32.sub(to[j]!, w)))));
  });
}

/** Yuma 3: bonds are proportions, blended per pair or by one alpha; dividends weigh incentive, bonds and stake. */
export function yuma3(snapshot: EpochSnapshot, input: BondsInput): BondsOutcome {
  const old = bondProportions(maskedBonds(snapshot));
  // Where the compared consensus is the previous one, the text does not say which of the two must differ from zero; our
  // reading: the one that is compared with.
  const compared = comparedConsensus(snapshot, input.consensus);
  const liquid = snapshot.liquidAlpha && compared.some((bits) => bits !== 0n);
  const bonds = liquid
    ? blendByPair(input.weightsForBonds, old, liquidAlphas(snapshot, input.weightsForBonds, old, compared))
    : blend(input.weightsForBonds, old, wrappingAlpha(snapshot), snapshot.n);
  const shares = normalizeColumns(bonds, snapshot.n);
  const dividends = shares.map((row, i) => {
    const earned = i32f32.sum(row.map(([j, bits]) => i32f32.mul(bits, input.incentive[j] ?? 0n)));
    return i32f32.mulChecked(earned, input.activeStake[i]!) ?? 0n;
  });
  return { bonds, dividends: normalize(dividends) };
}

/** Yuma 2: bonds are column shares, stake enters through the new bonds, storage wants a column maximum of 1. */
export function yuma2(snapshot: EpochSnapshot, input: BondsInput): BondsOutcome {
  const old = normalizeColumns(maskedBonds(snapshot), snapshot.n);
  const staked = input.weightsForBonds.map((row, i) => mapRow(row, (bits) => i32f32.mul(bits, input.activeStake[i]!)));
  const delta = normalizeColumns(staked, snapshot.n);
  const bonds = normalizeColumns(blend(delta, old, saturatingAlpha(snapshot), snapshot.n), snapshot.n);
  const dividends = bonds.map((row) =>
    row.reduce((sum, [j, bits]) => i32f32.add(sum, i32f32.mul(input.incentive[j] ?? 0n, bits)), 0n),
  );
  return { bonds: upscaleColumns(bonds, snapshot.n), dividends: normalize(dividends) };
}

/** 1 − average/10⁶ under Yuma 2: every conversion saturates. */
export function saturatingAlpha(snapshot: EpochSnapshot): bigint {
  const average = i64f64.safeDiv(i64f64.fromInt(BigInt(snapshot.bondsMovingAverage)), i64f64.fromInt(1_000_000n));
  return i32f32.sub(i32f32.one, i32f32.from(i64f64, average));
}

/** 1 − average/10⁶ under Yuma 3: the conversions drop high bits, so an average from 2³¹·10⁶ on differs from Yuma 2. */
export function wrappingAlpha(snapshot: EpochSnapshot): bigint {
  const average = i64f64.div(i64f64.fromIntWrapping(BigInt(snapshot.bondsMovingAverage)), i64f64.fromInt(1_000_000n));
  return i32f32.sub(i32f32.one, i32f32.fromWrapping(i64f64, average));
}

/** α·new + (1 − α)·old on dense rows; positive cells, ascending. */
function blend(fresh: Matrix, old: Matrix, alpha: bigint, n: number): Matrix {
  const rest = i32f32.sub(i32f32.one, alpha);
  return fresh.map((row, i) => {
    const cells = new Array<bigint>(n).fill(0n);
    for (const [j, bits] of row) cells[j] = i32f32.add(cells[j]!, i32f32.mul(alpha, bits));
    for (const [j, bits] of old[i]!) if (j < n) cells[j] = i32f32.add(cells[j]!, i32f32.mul(rest, bits));
    return sparsePositive(cells);
  });
}

/** min(1, (1 − α)·old + max(α·new, 0)) for the entries of the new row, in its order; an old bond alone disappears. */
function blendByPair(fresh: Matrix, old: Matrix, alphas: readonly (readonly bigint[])[]): Matrix {
  return fresh.map((row, i): Row => {
    const alpha = alphas[i]!;
    const kept = dense(old[i]!, alpha.length);
    return row
      .map(([j, bits]) => {
        const decayed = i32f32.mul(i32f32.sub(i32f32.one, alpha[j]!), kept[j]!);
        const gained = i32f32.mul(alpha[j]!, bits);
        const bond = i32f32.add(decayed, gained > 0n ? gained : 0n);
        return [j, smaller(bond, i32f32.one)] as const;
      })
      .filter(([, bits]) => bits > 0n);
  });
}
