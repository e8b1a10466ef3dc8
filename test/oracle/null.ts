/**
 * Null mode (from spec 474): the uid with the largest raw stake alone decides what miners get, and stake alone what
 * validators get. Protocol A.6. There are no vectors; where the text is silent the reading is stated below.
 */
import { rawStake, validWeights } from "./masks.js";
import { dense } from "./sparse.js";
import type { EpochSnapshot, NullResult } from "./types.js";

const U64_MAX = (1n << 64n) - 1n;

/**
 * Where the text is silent:
 * - The sole validator is permitted by being chosen, so its row needs no stored permit; the other masks (self-weight
 *   except the owner's, outdated, committed too early, targets ≥ n) apply. Activity, the stake threshold and the owner's
 *   forced permit do not. Own reading.
 * - Without any raw stake there is no validator and no validators' pot: the whole emission goes to all uids in equal
 *   shares, as the reference's own tests have it.
 */
export function oracleNull(snapshot: EpochSnapshot): NullResult {
  const emission = BigInt(snapshot.raoEmission);
  const stake = rawStake(snapshot);
  const validator = soleValidator(stake);
  const validators = validator === null ? 0n : emission / 2n;
  const row = validator === null ? [] : dense(validWeights(snapshot)[validator]!, snapshot.n);
  const serverEmission = largestRemainder(
    emission - validators,
    row.some((bits) => bits > 0n) ? row : stake.map(() => 1n),
  );
  const validatorEmission = largestRemainder(validators, stake);
  return {
    validator,
    serverEmission: serverEmission.map(String),
    validatorEmission: validatorEmission.map(String),
    emission: serverEmission.map((rao, uid) => String(atMostU64(rao + validatorEmission[uid]!))),
    validatorPermit: stake.map((_, uid) => uid === validator),
    bonds: [...snapshot.bonds],
  };
}

/** The lowest uid among those with the largest stake, or null where all stakes are zero. */
function soleValidator(stake: readonly bigint[]): number | null {
  let best: number | null = null;
  stake.forEach((raw, uid) => {
    if (raw > (best === null ? 0n : stake[best]!)) best = uid;
  });
  return best;
}

function atMostU64(value: bigint): bigint {
  return value > U64_MAX ? U64_MAX : value;
}

/**
 * `total` shared in proportion to `parts` in whole units: ⌊total·part/Σ⌋ each, then one more to the largest remainders,
 * of equals the lowest index first. The shares add up to the total; without any positive part all are zero.
 */
export function largestRemainder(total: bigint, parts: readonly bigint[]): bigint[] {
  const sum = parts.reduce((acc, part) => acc + part, 0n);
  if (sum === 0n) return parts.map(() => 0n);
  const shares = parts.map((part) => (total * part) / sum);
  const remainders = parts.map((part) => (total * part) % sum);
  const order = parts.map((_, index) => index);
  order.sort((a, b) => (remainders[a]! > remainders[b]! ? -1 : remainders[a]! < remainders[b]! ? 1 : a - b));
  const left = Number(total - shares.reduce((acc, share) => acc + share, 0n));
  for (const index of order.slice(0, left)) shares[index]! += 1n;
  return shares;
}
