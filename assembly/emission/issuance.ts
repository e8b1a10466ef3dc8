/**
 * The issuance curve: the block emission halves each time half of what is left of the supply has been issued.
 * Matches coinbase/block_emission.rs `get_block_emission_for_issuance`.
 */
import * as i96f32 from "../fixed/i96f32";

/** TAO supply, in rao. */
const SUPPLY_RAO: u64 = 21_000_000_000_000_000;
/** Emission of a block before the first halving: one TAO. */
const FIRST_EMISSION_RAO: u64 = 1_000_000_000;

// I96F32 scratch.
const ONE = memory.data(16);
const SUPPLY = memory.data(16);
const LEFT = memory.data(16);

i96f32.one(ONE);
i96f32.fromU64(SUPPLY, SUPPLY_RAO);

/**
 * ⌊10^9 / 2^r⌋ rao with r = ⌊log2(1 / (1 − issuance / supply))⌋, every quotient truncated to I96F32; 0 once the supply is
 * issued. r is 32 at most, where 1 / 2^r is exact.
 */
export function blockEmission(issuanceRao: u64): u64 {
  if (issuanceRao >= SUPPLY_RAO) return 0;
  i96f32.fromU64(LEFT, issuanceRao);
  i96f32.div(LEFT, LEFT, SUPPLY);
  i96f32.sub(LEFT, ONE, LEFT);
  i96f32.div(LEFT, ONE, LEFT);
  i96f32.log2(LEFT, LEFT);
  return FIRST_EMISSION_RAO >> i96f32.toU64(LEFT);
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
