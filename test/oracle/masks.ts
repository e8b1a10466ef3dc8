/**
 * Who counts: activity, stake, permits, and which weights and bonds still refer to the neuron they were set for.
 * Protocol K.1 to K.5 and the bonds mask of K.9.
 */
import { i32f32, i64f64, u96f32 } from "./real.js";
import { capabilities, privilegedUid } from "./rules.js";
import { filterEntries, type Matrix, mapRow, normalize, normalizeRows } from "./sparse.js";
import type { EpochSnapshot, StoredRow } from "./types.js";

const U64_MAX = (1n << 64n) - 1n;

/** last update + cutoff (saturating) has reached the current block. */
export function activity(snapshot: EpochSnapshot): boolean[] {
  const cutoff = BigInt(snapshot.activityCutoff);
  const now = BigInt(snapshot.currentBlock);
  return snapshot.lastUpdate.map((block) => {
    const until = BigInt(block) + cutoff;
    return (until > U64_MAX ? U64_MAX : until) >= now;
  });
}

/** alpha + tao·weight of each uid, in I64F64 bits; the weight is a quotient with 32 fraction bits. */
export function totalStake(snapshot: EpochSnapshot): bigint[] {
  const share = u96f32.safeDiv(u96f32.fromInt(BigInt(snapshot.taoWeight)), u96f32.fromInt(U64_MAX));
  const weight = i64f64.from(u96f32, share);
  return snapshot.alphaStake.map((alpha, uid) => {
    const tao = i64f64.fromInt(BigInt(snapshot.taoStake[uid]!));
    return i64f64.add(i64f64.fromInt(BigInt(alpha)), i64f64.mul(tao, weight));
  });
}

/** ⌊alpha + tao·weight⌋ as u64. */
export function rawStake(snapshot: EpochSnapshot): bigint[] {
  return totalStake(snapshot).map((bits) => i64f64.toUint(bits, 64n));
}

/** Stake below the threshold is dropped (never the owner's), the rest divided by its wrapping I64F64 sum. I32F32. */
export function normalizedStake(snapshot: EpochSnapshot): bigint[] {
  const threshold = BigInt(snapshot.stakeThreshold);
  const kept = totalStake(snapshot).map((bits, uid) =>
    uid !== snapshot.ownerUid && i64f64.toUint(bits, 64n) < threshold ? 0n : bits,
  );
  const total = i64f64.sum(kept);
  return kept.map((bits) => i32f32.from(i64f64, total === 0n ? bits : i64f64.safeDiv(bits, total)));
}

/** The stored permits, the owner's forced. */
export function currentPermits(snapshot: EpochSnapshot): boolean[] {
  const owner = privilegedUid(snapshot);
  return snapshot.validatorPermit.map((permit, uid) => permit || uid === owner);
}

/** The k largest non-zero stakes, of equals the higher uids; the owner's forced. */
export function newPermits(snapshot: EpochSnapshot, stake: readonly bigint[]): boolean[] {
  const n = stake.length;
  const ascending = stake
    .map((_, uid) => uid)
    .sort((a, b) => (stake[a]! < stake[b]! ? -1 : stake[a]! > stake[b]! ? 1 : a - b));
  const dropped = new Set(ascending.slice(0, Math.max(0, n - snapshot.maxAllowedValidators)));
  const owner = privilegedUid(snapshot);
  return stake.map((bits, uid) => (bits !== 0n && !dropped.has(uid)) || uid === owner);
}

/** Stake with inactive and unpermitted uids at zero, normalised again. */
export function activeStake(
  stake: readonly bigint[],
  active: readonly boolean[],
  permits: readonly boolean[],
): bigint[] {
  return normalize(stake.map((bits, uid) => (active[uid] && permits[uid] ? bits : 0n)));
}

/** u16 values as I32F32 integers, in stored order. */
export function storedIntegers(rows: readonly StoredRow[]): Matrix {
  return rows.map((row) => row.map(([uid, value]) => [uid, i32f32.fromInt(BigInt(value))] as const));
}

/**
 * Raw weights after every mask but the permit's: only targets below n, no self-weight (except the owner's), nothing set
 * before the target registered, nothing committed before the target registered. Integers, not normalised.
 */
export function validWeights(snapshot: EpochSnapshot): Matrix {
  const registered = snapshot.blockAtRegistration.map(BigInt);
  const updated = snapshot.lastUpdate.map(BigInt);
  const commits = snapshot.commitRevealEnabled ? snapshot.commitBlocks : null;
  const committed = (i: number) => BigInt(commits?.[i] ?? U64_MAX);
  const owner = privilegedUid(snapshot);
  return filterEntries(
    storedIntegers(snapshot.weights),
    (i, j) =>
      j < snapshot.n && (i !== j || i === owner) && updated[i]! > registered[j]! && committed(i) >= registered[j]!,
  );
}

/** The weights of K.5: valid, from permitted rows, row-normalised. */
export function maskedWeights(snapshot: EpochSnapshot, permits: readonly boolean[]): Matrix {
  return normalizeRows(validWeights(snapshot).map((row, uid) => (permits[uid] ? row : [])));
}

/**
 * Stored bonds as I32F32 integers without those to neurons that registered since the last epoch; before that rule: since
 * one tempo ago, or since the row's last update. A target ≥ n counts as
 * registered at block 0, so it stays unless the last epoch was at block 0 too.
 */
export function maskedBonds(snapshot: EpochSnapshot): Matrix {
  const lastStep = BigInt(snapshot.lastMechanismStepBlock);
  const now = BigInt(snapshot.currentBlock);
  const tempo = BigInt(snapshot.tempo);
  const tempoAgo = now > tempo ? now - tempo : 0n;
  const afterLastStep = lastStep === 0n ? tempoAgo : lastStep === U64_MAX ? U64_MAX : lastStep + 1n;
  const { bondsMask } = capabilities(snapshot);
  const since = (i: number) =>
    ({ lastEpoch: afterLastStep, tempo: tempoAgo, lastUpdate: BigInt(snapshot.lastUpdate[i]!) })[bondsMask];
  return filterEntries(
    storedIntegers(snapshot.bonds),
    (i, j) => since(i) > BigInt(snapshot.blockAtRegistration[j] ?? 0),
  );
}

/** The same bonds as proportions of 65535. */
export function bondProportions(bonds: Matrix): Matrix {
  return bonds.map((row) => mapRow(row, (bits) => i32f32.safeDiv(bits, i32f32.fromInt(65535n))));
}
