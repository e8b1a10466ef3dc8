/** How much is minted a block at a given issuance, of TAO and, by the same curve, of each subnet's alpha. */
import { divWide } from "../fixed/wide";

/** u64 rao: 21 million, where emission ends. */
const SUPPLY: u64 = 21_000_000_000_000_000;
/** u64 rao: one a block, before the first halving. */
const FULL: u64 = 1_000_000_000;
const ONE: u64 = 1 << 32;
const TWO: u64 = 1 << 33;

/**
 * u64 rao a block: ⌊10^9 / 2^r⌋ with r = ⌊log2(1 / (1 − issuance / 21·10^15))⌋, 0 from 21·10^15 rao on. Every quotient has 32
 * fraction bits and truncates. Of the logarithm, only the whole part is asked for: how often the number can be halved,
 * rounding half up, before it falls below two. Matches block_emission.rs `get_block_emission_for_issuance`.
 */
export function blockEmission(issuanceRao: u64): u64 {
  if (issuanceRao >= SUPPLY) return 0;
  // In [1, 2^32], as a fraction of 2^32.
  const left = ONE - divWide(issuanceRao >> 32, issuanceRao << 32, SUPPLY);
  // 2^64 / 1 does not fit; after 32 halvings nothing is left anyway.
  if (left === 1) return 0;
  let halvings: u64 = 0;
  for (let x = divWide(1, 0, left); x >= TWO; x = (x >> 1) + (x & 1)) halvings++;
  return FULL >> halvings;
}
