/** How much is minted a block at a given issuance, of TAO and, by the same curve, of each subnet's alpha. */
import { divWide } from "../fixed/wide";

/** u64 rao: 21 million, where emission ends. */
const SUPPLY: u64 = 21_000_000_000_000_000;
/** u64 rao: one a block, before the first halving. */
const FULL: u64 = 1_000_000_000;
const ONE: u64 = 1 << 32;

/**
 * u64 rao a block: ⌊10^9 / 2^r⌋ with r = ⌊log2(1 / (1 − issuance / 21·10^15))⌋, 0 from 21·10^15 rao on. Every quotient has 32
 * fraction bits and truncates. Matches block_emission.rs `get_block_emission_for_issuance`.
 *
 * Of the logarithm, only the whole part is asked for: the largest r with ⌊2^64 / left⌋ ≥ 2^(32 + r), which is left ≤ 2^(32 − r). The
 * original halves its quotient x, rounding half up, until it is below two: at least r times where x > 2^(32 + r) − 2^(r − 1). No x lies between
 * that and 2^(32 + r), since the next smaller quotient, of 2^(32 − r) + 1, is too far away.
 */
export function blockEmission(issuanceRao: u64): u64 {
  if (issuanceRao >= SUPPLY) return 0;
  // In [1, 2^32], as a fraction of 2^32.
  const left = ONE - divWide(issuanceRao >> 32, issuanceRao << 32, SUPPLY);
  return FULL >> <u64>clz(<u32>(left - 1));
}
